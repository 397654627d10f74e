"""What the layout needs on every page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cordee.desk.reads import Waiting, waiting_for
from cordee.ground.people.reads import theme_of

MENU_KEPT = 60  # seconds


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
        known = _counted(request, at) if counted else Waiting(0, "")
        remember(request, known)
    return known


def _counted(request: HttpRequest, at: datetime) -> Waiting:
    """The figures of the menu: counted again when anybody has done anything, and each minute, for what time closes.

    To count takes as long as many a page does. Whoever acts has the figures counted after the act.
    """
    if request.method != "GET" or not hasattr(request.user, "last_seal"):
        return waiting_for(request.user, at=at)
    key = f"menu-{request.user.pk}-{at:%Y%m%d%H%M}-{request.user.last_seal}"
    known = cache.get(key)
    if not isinstance(known, Waiting):
        known = waiting_for(request.user, at=at)
        cache.set(key, known, MENU_KEPT)
    return known
