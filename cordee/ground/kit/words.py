"""Whom a sentence is for: the language of the page being made."""

from typing import Literal

from django.utils.translation import get_language


def language() -> Literal["fr", "en"]:
    """The language an engine should speak to whoever reads this page."""
    return "en" if get_language() == "en" else "fr"
