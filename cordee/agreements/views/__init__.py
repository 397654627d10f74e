"""The pages of agreements."""

from cordee.agreements.views.documents import (
    agreement,
    agreements,
    answer,
    evidence,
    pdf,
    prepare,
    send,
    take_back,
    to_my_link,
)

__all__ = [
    "agreement",
    "agreements",
    "answer",
    "evidence",
    "pdf",
    "prepare",
    "send",
    "take_back",
    "to_my_link",
]
