"""The pages of occasions and of joint bids."""

from cordee.offers.views import bids, book, private, radar, room
from cordee.offers.views.needs import drop, file, find, lot, need, needs, new, open_exchange, share, teams, write

__all__ = [
    "bids",
    "book",
    "drop",
    "file",
    "find",
    "lot",
    "need",
    "needs",
    "new",
    "open_exchange",
    "private",
    "radar",
    "room",
    "share",
    "teams",
    "write",
]
