"""What happens in a signing ceremony."""

from cordee.ground.signing.acts.ceremonies import (
    Called,
    CeremonyOver,
    TimeNotStamped,
    cancel_ceremony,
    copy_link,
    link_of,
    move_deadline,
    note_reminder,
    open_ceremony,
    seal_ceremony,
)
from cordee.ground.signing.acts.papers import keep_paper
from cordee.ground.signing.acts.signatures import (
    AlreadyAnswered,
    NoPowerLeft,
    NotYourTurn,
    TextChanged,
    TooManyCodes,
    WrongCode,
    decline,
    forward,
    send_code,
    sign,
    try_code,
)

__all__ = [
    "AlreadyAnswered",
    "Called",
    "CeremonyOver",
    "NoPowerLeft",
    "NotYourTurn",
    "TextChanged",
    "TimeNotStamped",
    "TooManyCodes",
    "WrongCode",
    "cancel_ceremony",
    "copy_link",
    "decline",
    "forward",
    "keep_paper",
    "link_of",
    "move_deadline",
    "note_reminder",
    "open_ceremony",
    "seal_ceremony",
    "send_code",
    "sign",
    "try_code",
]
