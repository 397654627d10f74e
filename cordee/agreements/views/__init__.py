"""The pages of agreements."""

from cordee.agreements.views.advice import (
    advice,
    ask_form,
)
from cordee.agreements.views.changes import (
    amend,
    dates,
    delegation_paper,
    end,
    join,
    powers,
    revoke,
)
from cordee.agreements.views.documents import (
    agreement,
    agreements,
    answer,
    docx,
    evidence,
    parties,
    pdf,
    prepare,
    preview,
    review,
    send,
    take_back,
    to_my_link,
    versions,
)
from cordee.agreements.views.sending import (
    more_time,
    on_paper,
    paper,
    remind,
    sending,
)

__all__ = [
    "advice",
    "agreement",
    "agreements",
    "amend",
    "answer",
    "ask_form",
    "dates",
    "delegation_paper",
    "docx",
    "end",
    "evidence",
    "join",
    "more_time",
    "on_paper",
    "paper",
    "parties",
    "pdf",
    "powers",
    "prepare",
    "preview",
    "remind",
    "review",
    "revoke",
    "send",
    "sending",
    "take_back",
    "to_my_link",
    "versions",
]
