"""What one does in a grouping: open it, invite, answer, hold a seat, hand it over, leave."""

from cordee.groupings.acts.arrivals import DeclaredMember, declare_member
from cordee.groupings.acts.closing import accept_statement, settle_item
from cordee.groupings.acts.companies import name_company
from cordee.groupings.acts.exchange import (
    change_purpose,
    open_exchange,
    pause,
    resume,
    write_in_conversation,
)
from cordee.groupings.acts.guests import answer_guest, ask_guest, end_guest
from cordee.groupings.acts.independence import declare_holding, end_holding, exempt
from cordee.groupings.acts.invitations import (
    Invitee,
    accept_invitation,
    decline_invitation,
    invite,
    note_invitation,
    send_invitation,
    withdraw_invitation,
)
from cordee.groupings.acts.joining import ask_to_join, decline_request, open_door, shut_door, withdraw_request
from cordee.groupings.acts.mandates import begin_mandate, end_mandate, give_mandate
from cordee.groupings.acts.review import answer_review, close_review, open_review
from cordee.groupings.acts.seats import give_office, hand_over_seat, leave, name_substitute
from cordee.groupings.acts.writing import WRITING, ask_for_writing, decline_writing, give_writing

__all__ = [
    "WRITING",
    "DeclaredMember",
    "Invitee",
    "accept_invitation",
    "accept_statement",
    "answer_guest",
    "answer_review",
    "ask_for_writing",
    "ask_guest",
    "ask_to_join",
    "begin_mandate",
    "change_purpose",
    "close_review",
    "declare_holding",
    "declare_member",
    "decline_invitation",
    "decline_request",
    "decline_writing",
    "end_guest",
    "end_holding",
    "end_mandate",
    "exempt",
    "give_mandate",
    "give_office",
    "give_writing",
    "hand_over_seat",
    "invite",
    "leave",
    "name_company",
    "name_substitute",
    "note_invitation",
    "open_door",
    "open_exchange",
    "open_review",
    "pause",
    "resume",
    "send_invitation",
    "settle_item",
    "shut_door",
    "withdraw_invitation",
    "withdraw_request",
    "write_in_conversation",
]
