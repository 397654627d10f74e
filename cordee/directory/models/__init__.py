"""Every table of the directory: one name for callers, one module per noun."""

from cordee.directory.models.companies import (
    CIRCLES,
    FIELDS,
    Certificate,
    Company,
    CompanyTrade,
    Hiding,
    NameWord,
    Place,
    Representative,
    note_words,
    searched,
)
from cordee.directory.models.contracts import PublicContract
from cordee.directory.models.imports import ImportRun
from cordee.directory.models.ties import Event, Introduction, Presence, Tie

__all__ = [
    "CIRCLES",
    "FIELDS",
    "Certificate",
    "Company",
    "CompanyTrade",
    "Event",
    "Hiding",
    "ImportRun",
    "Introduction",
    "NameWord",
    "Place",
    "Presence",
    "PublicContract",
    "Representative",
    "Tie",
    "note_words",
    "searched",
]
