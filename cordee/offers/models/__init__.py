"""Needs, joint bids and their prices, what companies can show, guarantees, volumes, the radar."""

from cordee.offers.models.bids import (
    Bid,
    BidMember,
    BidPart,
    BidQuestion,
    BidRequirement,
    BidStep,
    ClientMessage,
    CompetitionNote,
    InformationExchange,
    PriceLine,
    PriceRead,
    Subcontract,
    label_of,
)
from cordee.offers.models.book import BookLine, Package, PackageLine, PackagePrice, ProjectBid
from cordee.offers.models.companies import Guarantee, Paper, Reference, YearFigure
from cordee.offers.models.needs import Need, NeedLot, Pursuit, TeamSearch
from cordee.offers.models.private import CatalogueItem, Variant, VolumePledge, VolumePool
from cordee.offers.models.radar import Award, RadarHit, RadarNotice, RadarProfile, RadarSweep, SweepSlice
from cordee.offers.models.room import RoomMember, RoomPiece, RoomRead, RoomRelease

__all__ = [
    "Award",
    "Bid",
    "BidMember",
    "BidPart",
    "BidQuestion",
    "BidRequirement",
    "BidStep",
    "BookLine",
    "CatalogueItem",
    "ClientMessage",
    "CompetitionNote",
    "Guarantee",
    "InformationExchange",
    "Need",
    "NeedLot",
    "Package",
    "PackageLine",
    "PackagePrice",
    "Paper",
    "PriceLine",
    "PriceRead",
    "ProjectBid",
    "Pursuit",
    "RadarHit",
    "RadarNotice",
    "RadarProfile",
    "RadarSweep",
    "Reference",
    "RoomMember",
    "RoomPiece",
    "RoomRead",
    "RoomRelease",
    "Subcontract",
    "SweepSlice",
    "TeamSearch",
    "Variant",
    "VolumePledge",
    "VolumePool",
    "YearFigure",
    "label_of",
]
