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
from cordee.delivery.views.client import client, client_do, client_on, failing, failing_do, failing_on, file
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
    "item",
    "item_do",
    "item_new",
    "join",
    "lot",
    "lot_new",
    "lot_take",
    "new",
    "portal",
    "portal_do",
    "portal_file",
    "portal_on",
    "sprint",
    "sprint_do",
    "sprint_new",
]
