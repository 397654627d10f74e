"""What the layout needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cordee.directory.models import Representative

THEMES = ("light", "dark", "auto")


def layout(request: HttpRequest) -> dict[str, Any]:
    """The help line, the theme, the company one acts for: read only where a template asks."""
    theme = request.COOKIES.get("cordee_theme", "auto")
    return {
        "help_name": settings.HELP_NAME,
        "help_phone": settings.HELP_PHONE,
        "source_url": settings.SOURCE_URL,
        "mailbox_open": settings.MAILBOX_OPEN,
        "theme": theme if theme in THEMES else "auto",
        "acting_company": SimpleLazyObject(lambda: _company_name(request)),
    }


def _company_name(request: HttpRequest) -> str:
    """The first company this person may act for; nothing for the others."""
    if not request.user.is_authenticated:
        return ""
    acting = (
        Representative.objects.filter(person=request.user, until=None).select_related("company").order_by("id").first()
    )
    return str(acting.company) if acting else ""
