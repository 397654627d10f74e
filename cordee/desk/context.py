"""What the layout needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cordee.directory.models import Representative
from cordee.ground.people.reads import theme_of


def layout(request: HttpRequest) -> dict[str, Any]:
    """The help line, the theme, the company one acts for: read only where a template asks."""
    return {
        "help_name": settings.HELP_NAME,
        "help_phone": settings.HELP_PHONE,
        "source_url": settings.SOURCE_URL,
        "mailbox_address": reverse("letters:mailbox") if settings.MAILBOX_OPEN else "",
        "theme": theme_of(request.COOKIES),
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
