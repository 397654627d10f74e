"""What decisions do by themselves: letters from the register, reminders, closing at the hour."""

from cordee.governance.tasks import ballots, meetings, talk
from cordee.governance.tasks.ballots import close_due, remind
from cordee.governance.tasks.digest import open_digest, tell_digest
from cordee.governance.tasks.meetings import follow_minutes, remind_meetings, remind_owners
from cordee.ground.messages.acts import Teller

LETTERS: dict[str, Teller] = {
    **ballots.LETTERS,
    **meetings.LETTERS,
    **talk.LETTERS,
    "governance.digest.opened": tell_digest,
}

__all__ = [
    "LETTERS",
    "close_due",
    "follow_minutes",
    "open_digest",
    "remind",
    "remind_meetings",
    "remind_owners",
    "tell_digest",
]
