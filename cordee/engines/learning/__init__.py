"""What helps leaders to step back: questions asked, answers compared without names, a first step, a report."""

from cordee.engines.learning.compare import FEWEST, Compared, compare
from cordee.engines.learning.questions import BAROMETER, PRACTICES, Question, quarter_of
from cordee.engines.learning.report import Sheet, as_card, as_pdf, as_spreadsheet
from cordee.engines.learning.selftest import QUESTIONS, Advice, advise

__all__ = [
    "BAROMETER",
    "FEWEST",
    "PRACTICES",
    "QUESTIONS",
    "Advice",
    "Compared",
    "Question",
    "Sheet",
    "advise",
    "as_card",
    "as_pdf",
    "as_spreadsheet",
    "compare",
    "quarter_of",
]
