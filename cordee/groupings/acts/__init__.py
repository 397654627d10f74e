"""What one does in a grouping: open it, invite, answer, hold a seat, hand it over, leave."""

from cordee.groupings.acts.exchange import (
    Invitee,
    change_purpose,
    name_company,
    open_exchange,
    pause,
    resume,
    write_in_conversation,
)
from cordee.groupings.acts.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
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
    "open_exchange",
    "pause",
    "resume",
    "send_invitation",
    "withdraw_invitation",
    "write_in_conversation",
]
