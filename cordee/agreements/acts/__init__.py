"""What one does with an agreement."""

from cordee.agreements.acts.advice import TooFewAnswers, keep_advice
from cordee.agreements.acts.changes import (
    NoSuchChange,
    NotInForce,
    TooSoon,
    notice_ending,
    prepare_change,
)
from cordee.agreements.acts.dates import note_date, note_unsigned
from cordee.agreements.acts.documents import answer_questions, mark_reviewed, note_signed, prepare_agreement
from cordee.agreements.acts.drafts import NoPower, NoSuchDocument, NotADraft, NotReady
from cordee.agreements.acts.papers import keep_on_paper
from cordee.agreements.acts.parties import NotParties, choose_parties
from cordee.agreements.acts.powers import NotAPower, revoke_delegation, write_delegation
from cordee.agreements.acts.sending import TIME_TO_SIGN, Outsider, Sending, send_to_sign, take_back

__all__ = [
    "TIME_TO_SIGN",
    "NoPower",
    "NoSuchChange",
    "NoSuchDocument",
    "NotADraft",
    "NotAPower",
    "NotInForce",
    "NotParties",
    "NotReady",
    "Outsider",
    "Sending",
    "TooFewAnswers",
    "TooSoon",
    "answer_questions",
    "choose_parties",
    "keep_advice",
    "keep_on_paper",
    "mark_reviewed",
    "note_date",
    "note_signed",
    "note_unsigned",
    "notice_ending",
    "prepare_agreement",
    "prepare_change",
    "revoke_delegation",
    "send_to_sign",
    "take_back",
    "write_delegation",
]
