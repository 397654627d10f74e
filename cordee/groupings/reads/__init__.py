"""What one sees of groupings."""

from cordee.groupings.reads.book import SENTENCES, Names
from cordee.groupings.reads.invitation import Guest, InvitationPage, invitation_page
from cordee.groupings.reads.pages import (
    GroupingPage,
    Member,
    Membership,
    MyGroupings,
    Step,
    actor_for,
    grouping_page,
    invitation_of,
    kind_word,
    membership,
    my_companies,
    my_groupings,
    my_seats,
    rope,
    seat_of,
    substitutes,
    voices_of,
)

__all__ = [
    "SENTENCES",
    "GroupingPage",
    "Guest",
    "InvitationPage",
    "Member",
    "Membership",
    "MyGroupings",
    "Names",
    "Step",
    "actor_for",
    "grouping_page",
    "invitation_of",
    "invitation_page",
    "kind_word",
    "membership",
    "my_companies",
    "my_groupings",
    "my_seats",
    "rope",
    "seat_of",
    "substitutes",
    "voices_of",
]
