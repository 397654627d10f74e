"""Groupings, their seats, the turns of their life, who acts for a seat, what came in from before."""

from cordee.groupings.models.arrivals import Arrival, OpeningBalance
from cordee.groupings.models.groupings import (
    Departure,
    Exemption,
    FinalStatement,
    Grouping,
    Holding,
    Invitation,
    JoinRequest,
    Motive,
    Office,
    PurposeChange,
    Review,
    ReviewAnswer,
    Seat,
    Settling,
)
from cordee.groupings.models.mandates import Guest, GuestConsent, Mandate, WritingAsked

__all__ = [
    "Arrival",
    "Departure",
    "Exemption",
    "FinalStatement",
    "Grouping",
    "Guest",
    "GuestConsent",
    "Holding",
    "Invitation",
    "JoinRequest",
    "Mandate",
    "Motive",
    "Office",
    "OpeningBalance",
    "PurposeChange",
    "Review",
    "ReviewAnswer",
    "Seat",
    "Settling",
    "WritingAsked",
]
