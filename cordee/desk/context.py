"""What the layout needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cordee.desk.reads import Waiting, waiting_for
from cordee.ground.people.reads import theme_of


def layout(request: HttpRequest) -> dict[str, Any]:
    """The help line, the theme, the company one acts for, what awaits: read only where a template asks."""
    return {
        "help_name": settings.HELP_NAME,
        "help_phone": settings.HELP_PHONE,
        "source_url": settings.SOURCE_URL,
        "mailbox_address": reverse("letters:mailbox") if settings.MAILBOX_OPEN else "",
        "theme": theme_of(request.COOKIES),
        "acting_company": SimpleLazyObject(lambda: _waiting(request).company),
        "awaited_count": SimpleLazyObject(lambda: _waiting(request).count),
    }


def remember(request: HttpRequest, waiting: Waiting) -> None:
    """Spare the menu its query, on a page that has counted already."""
    request.waiting = waiting  # type: ignore[attr-defined]


def _waiting(request: HttpRequest) -> Waiting:
    known: Waiting | None = getattr(request, "waiting", None)
    if known is None:
        at = getattr(request, "at", None)  # none where the request was refused before it got its time
        counted = at is not None and request.user.is_authenticated
        known = waiting_for(request.user, at=at) if counted else Waiting(0, "")
        remember(request, known)
    return known
