"""What one does with an agreement."""

from cordee.agreements.acts.advice import TooFewAnswers, keep_advice
from cordee.agreements.acts.changes import (
    NoSuchChange,
    NotInForce,
    TooSoon,
    notice_ending,
    prepare_change,
)
from cordee.agreements.acts.dates import note_date
from cordee.agreements.acts.documents import (
    TIME_TO_SIGN,
    NoPower,
    NoSuchDocument,
    NotADraft,
    NotReady,
    Sending,
    answer_questions,
    mark_reviewed,
    note_signed,
    prepare_agreement,
    send_to_sign,
    take_back,
)
from cordee.agreements.acts.papers import keep_on_paper
from cordee.agreements.acts.powers import NotAPower, revoke_delegation, write_delegation

__all__ = [
    "TIME_TO_SIGN",
    "NoPower",
    "NoSuchChange",
    "NoSuchDocument",
    "NotADraft",
    "NotAPower",
    "NotInForce",
    "NotReady",
    "Sending",
    "TooFewAnswers",
    "TooSoon",
    "answer_questions",
    "keep_advice",
    "keep_on_paper",
    "mark_reviewed",
    "note_date",
    "note_signed",
    "notice_ending",
    "prepare_agreement",
    "prepare_change",
    "revoke_delegation",
    "send_to_sign",
    "take_back",
    "write_delegation",
]
