"""What the layout needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, Any]:
    """The help line; the rest of the frame is read lazily by the templates."""
    return {"help_name": settings.HELP_NAME, "help_phone": settings.HELP_PHONE}
