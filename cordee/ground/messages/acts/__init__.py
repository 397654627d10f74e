"""Letters told from the books and sent once; conversations; what each person wants to be written."""

from cordee.ground.messages.acts.incoming import Automatic, NotForUs, NothingNew, Stranger, take_mail
from cordee.ground.messages.acts.letters import (
    LONGEST_SENDING,
    LONGEST_SUBJECT,
    MOST_TRIES,
    Draft,
    Teller,
    send_due,
    tell,
    write_letter,
)
from cordee.ground.messages.acts.preferences import choose_letters
from cordee.ground.messages.acts.talk import MOST_FILES, EmptyMessage, TooManyFiles, thread_about, write_message

__all__ = [
    "LONGEST_SENDING",
    "LONGEST_SUBJECT",
    "MOST_FILES",
    "MOST_TRIES",
    "Automatic",
    "Draft",
    "EmptyMessage",
    "NotForUs",
    "NothingNew",
    "Stranger",
    "Teller",
    "TooManyFiles",
    "choose_letters",
    "send_due",
    "take_mail",
    "tell",
    "thread_about",
    "write_letter",
    "write_message",
]
