"""Letters told from the books and sent once; conversations; what each person wants to be written."""

from cordee.ground.messages.acts.hooks import (
    GIVE_UP_AFTER,
    HookRefused,
    claim_hook,
    close_hook,
    due_hooks,
    news_for,
    open_hook,
    signature,
    tell_hook,
)
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
    "GIVE_UP_AFTER",
    "LONGEST_SENDING",
    "LONGEST_SUBJECT",
    "MOST_FILES",
    "MOST_TRIES",
    "Automatic",
    "Draft",
    "EmptyMessage",
    "HookRefused",
    "NotForUs",
    "NothingNew",
    "Stranger",
    "Teller",
    "TooManyFiles",
    "choose_letters",
    "claim_hook",
    "close_hook",
    "due_hooks",
    "news_for",
    "open_hook",
    "send_due",
    "signature",
    "take_mail",
    "tell",
    "tell_hook",
    "thread_about",
    "write_letter",
    "write_message",
]
