"""What one sees of deliveries."""

from cordee.delivery.reads.board import Board, Week, board_of, sprint_page, week_of
from cordee.delivery.reads.book import SENTENCES
from cordee.delivery.reads.deliveries import (
    ClientSide,
    DeliveryList,
    client_side,
    deliveries_of,
    delivery_of,
    file_of,
    to_invoice,
)
from cordee.delivery.reads.failing import DefaultCard, defaults_of, next_substitute
from cordee.delivery.reads.portal import Portal, portal_link_of, portal_page

__all__ = [
    "SENTENCES",
    "Board",
    "ClientSide",
    "DefaultCard",
    "DeliveryList",
    "Portal",
    "Week",
    "board_of",
    "client_side",
    "defaults_of",
    "deliveries_of",
    "delivery_of",
    "file_of",
    "next_substitute",
    "portal_link_of",
    "portal_page",
    "sprint_page",
    "to_invoice",
    "week_of",
]
