"""What one sees of occasions, and the teams that a search found."""

from cordee.offers.reads.lots import find_place, trade_choices, trade_label
from cordee.offers.reads.needs import (
    NEED_SENTENCES,
    NeedLine,
    NeedList,
    NeedPage,
    Occasion,
    file_of,
    lot_of,
    my_needs,
    need_of,
    need_page,
    occasion_of,
)
from cordee.offers.reads.teams import TeamCard, TeamsPage, search_of, teams_page
from cordee.offers.reads.told import BID_SENTENCES

SENTENCES = {**NEED_SENTENCES, **BID_SENTENCES}
"""What a book says of this room's acts."""

__all__ = [
    "SENTENCES",
    "NeedLine",
    "NeedList",
    "NeedPage",
    "Occasion",
    "TeamCard",
    "TeamsPage",
    "file_of",
    "find_place",
    "lot_of",
    "my_needs",
    "need_of",
    "need_page",
    "occasion_of",
    "search_of",
    "teams_page",
    "trade_choices",
    "trade_label",
]
