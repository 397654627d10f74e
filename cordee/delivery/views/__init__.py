"""The pages of delivery."""

from cordee.delivery.views.board import (
    blocker_do,
    board,
    item,
    item_do,
    item_new,
    lot,
    lot_new,
    lot_take,
    sprint,
    sprint_do,
    sprint_new,
)
from cordee.delivery.views.client import client, client_do, client_on, file, prices
from cordee.delivery.views.failing import failing, failing_do, failing_on, handing, leave
from cordee.delivery.views.lists import deliveries, join, new
from cordee.delivery.views.portal import portal, portal_do, portal_file, portal_on

__all__ = [
    "blocker_do",
    "board",
    "client",
    "client_do",
    "client_on",
    "deliveries",
    "failing",
    "failing_do",
    "failing_on",
    "file",
    "handing",
    "item",
    "item_do",
    "item_new",
    "join",
    "leave",
    "lot",
    "lot_new",
    "lot_take",
    "new",
    "portal",
    "portal_do",
    "portal_file",
    "portal_on",
    "prices",
    "sprint",
    "sprint_do",
    "sprint_new",
]
