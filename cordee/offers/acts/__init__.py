"""What one does with an occasion: bring it, correct it, put it away, look for teams, open an exchange."""

from cordee.offers.acts.needs import (
    HandLot,
    NoticeRefused,
    bring_notice,
    change_lot,
    drop_need,
    write_need,
)
from cordee.offers.acts.teams import ask_for_teams, find_teams_now, give_up_search, open_exchange_with

__all__ = [
    "HandLot",
    "NoticeRefused",
    "ask_for_teams",
    "bring_notice",
    "change_lot",
    "drop_need",
    "find_teams_now",
    "give_up_search",
    "open_exchange_with",
    "write_need",
]
