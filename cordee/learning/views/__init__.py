"""The pages of this room."""

from cordee.learning.views.measures import (
    answers,
    balance,
    board,
    board_pdf,
    board_sheet,
    learn,
)
from cordee.learning.views.sessions import action, session, session_new
from cordee.learning.views.shown import (
    case,
    case_new,
    library,
    page_close,
    page_new,
    page_open,
    pages,
    photo,
    public,
    public_card,
    testimony,
)

__all__ = [
    "action",
    "answers",
    "balance",
    "board",
    "board_pdf",
    "board_sheet",
    "case",
    "case_new",
    "learn",
    "library",
    "page_close",
    "page_new",
    "page_open",
    "pages",
    "photo",
    "public",
    "public_card",
    "session",
    "session_new",
    "testimony",
]
