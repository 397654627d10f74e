"""What one does with an agreement."""

from cordee.agreements.acts.documents import (
    TIME_TO_SIGN,
    NoPower,
    NotADraft,
    NotReady,
    answer_questions,
    note_signed,
    prepare_agreement,
    send_to_sign,
    take_back,
)

__all__ = [
    "TIME_TO_SIGN",
    "NoPower",
    "NotADraft",
    "NotReady",
    "answer_questions",
    "note_signed",
    "prepare_agreement",
    "send_to_sign",
    "take_back",
]
