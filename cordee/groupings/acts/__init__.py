"""What one does in a grouping: open it, invite, answer, hold a seat, hand it over, leave."""

from cordee.groupings.acts.companies import name_company
from cordee.groupings.acts.exchange import (
    change_purpose,
    open_exchange,
    pause,
    resume,
    write_in_conversation,
)
from cordee.groupings.acts.invitations import (
    Invitee,
    accept_invitation,
    decline_invitation,
    invite,
    note_invitation,
    send_invitation,
    withdraw_invitation,
)
from cordee.groupings.acts.seats import give_office, hand_over_seat, leave, name_substitute

__all__ = [
    "Invitee",
    "accept_invitation",
    "change_purpose",
    "decline_invitation",
    "give_office",
    "hand_over_seat",
    "invite",
    "leave",
    "name_company",
    "name_substitute",
    "note_invitation",
    "open_exchange",
    "pause",
    "resume",
    "send_invitation",
    "withdraw_invitation",
    "write_in_conversation",
]
