"""The tables of delivery."""

from cordee.delivery.models.board import Blocker, RetroNote, Sprint, TeamNote, WorkItem, WorkLot
from cordee.delivery.models.client import (
    BillingPart,
    ChangePrice,
    ChangeRequest,
    Deliverable,
    PortalMessage,
    Reception,
    Reserve,
    ReservePhoto,
)
from cordee.delivery.models.deliveries import ClientVerdict, Delivery, DeliveryMember, MemberVerdict
from cordee.delivery.models.failing import MemberDefault, SubstituteRank
from cordee.delivery.models.handing import ContactTurn, HandOver

__all__ = [
    "BillingPart",
    "Blocker",
    "ChangePrice",
    "ChangeRequest",
    "ClientVerdict",
    "ContactTurn",
    "Deliverable",
    "Delivery",
    "DeliveryMember",
    "HandOver",
    "MemberDefault",
    "MemberVerdict",
    "PortalMessage",
    "Reception",
    "Reserve",
    "ReservePhoto",
    "RetroNote",
    "Sprint",
    "SubstituteRank",
    "TeamNote",
    "WorkItem",
    "WorkLot",
]
