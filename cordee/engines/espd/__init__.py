"""The European Single Procurement Document (ESPD, « DUME »): write one company's answer, check any file.

`response` writes the answer of one company for one lot as XML of the ESPD data model 4.1.0. `check` reads a request
or an answer and says, rule by rule, what is wrong with it: the same rules as the official ones, written here.
"""

from cordee.engines.espd.check import MAX_BYTES, Finding, NotAnEspd, Report, check
from cordee.engines.espd.model import Buyer, Operator, Reference, Response, Role, YearFigure
from cordee.engines.espd.taxonomy import criteria
from cordee.engines.espd.words import sentence
from cordee.engines.espd.write import response

__all__ = [
    "MAX_BYTES",
    "Buyer",
    "Finding",
    "NotAnEspd",
    "Operator",
    "Reference",
    "Report",
    "Response",
    "Role",
    "YearFigure",
    "check",
    "criteria",
    "response",
    "sentence",
]
