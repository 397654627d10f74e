"""Reading tender notices: eForms, TED R2.0.9, BOAMP and OCDS, into one and the same Notice.

>>> read_notice(b"")
Traceback (most recent call last):
cordee.engines.notices.problems.NotANotice: the file is empty; give the XML file of a tender notice.
"""

from cordee.engines.notices.as_json import SCHEMA, notice_as_json
from cordee.engines.notices.model import (
    Award,
    Criterion,
    Duration,
    Groupings,
    Lot,
    Member,
    Moment,
    Money,
    Notice,
    Organisation,
    Requirement,
)
from cordee.engines.notices.problems import MAX_BYTES, NotANotice
from cordee.engines.notices.read import read_notice

__all__ = [
    "MAX_BYTES",
    "SCHEMA",
    "Award",
    "Criterion",
    "Duration",
    "Groupings",
    "Lot",
    "Member",
    "Moment",
    "Money",
    "NotANotice",
    "Notice",
    "Organisation",
    "Requirement",
    "notice_as_json",
    "read_notice",
]
