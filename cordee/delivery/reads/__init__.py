"""What one sees of deliveries."""

from cordee.delivery.reads.board import Board, Week, board_of, sprint_page, week_of
from cordee.delivery.reads.book import SENTENCES
from cordee.delivery.reads.deliveries import (
    ClientSide,
    DeliveryList,
    PriceSide,
    client_side,
    deliveries_of,
    delivery_of,
    file_of,
    price_side,
    to_invoice,
)
from cordee.delivery.reads.failing import DefaultCard, TakingOver, next_substitute, taking_over
from cordee.delivery.reads.portal import Portal, portal_link_of, portal_page

__all__ = [
    "SENTENCES",
    "Board",
    "ClientSide",
    "DefaultCard",
    "DeliveryList",
    "Portal",
    "PriceSide",
    "TakingOver",
    "Week",
    "board_of",
    "client_side",
    "deliveries_of",
    "delivery_of",
    "file_of",
    "next_substitute",
    "portal_link_of",
    "portal_page",
    "price_side",
    "sprint_page",
    "taking_over",
    "to_invoice",
    "week_of",
]
