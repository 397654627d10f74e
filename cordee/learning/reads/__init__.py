"""What one sees of what was learnt."""

from cordee.learning.reads.answers import AnswersPage, answers_page, period_of, questions_of
from cordee.learning.reads.balance import Balance, balance
from cordee.learning.reads.dashboard import Dashboard, dashboard, pdf_of, workbook_of
from cordee.learning.reads.library import Library, library, tellable
from cordee.learning.reads.pages import (
    PagesPage,
    Shown,
    card_of,
    pages_page,
    public_page,
    shown_testimony,
    testimony_of,
    voted,
)
from cordee.learning.reads.sessions import (
    STEPS,
    LearningLine,
    SessionPage,
    my_actions,
    my_learning,
    session_of,
    session_page,
    sessions_of,
)
from cordee.learning.reads.told import SENTENCES

__all__ = [
    "SENTENCES",
    "STEPS",
    "AnswersPage",
    "Balance",
    "Dashboard",
    "LearningLine",
    "Library",
    "PagesPage",
    "SessionPage",
    "Shown",
    "answers_page",
    "balance",
    "card_of",
    "dashboard",
    "library",
    "my_actions",
    "my_learning",
    "pages_page",
    "pdf_of",
    "period_of",
    "public_page",
    "questions_of",
    "session_of",
    "session_page",
    "sessions_of",
    "shown_testimony",
    "tellable",
    "testimony_of",
    "voted",
    "workbook_of",
]
