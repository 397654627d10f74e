"""Whom a sentence is for: the language of the page being made, or the one of the papers that all share."""

from contextlib import AbstractContextManager
from typing import Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language


def language() -> Literal["fr", "en"]:
    """The language an engine should speak to whoever reads this page."""
    return "en" if get_language() == "en" else "fr"


def for_the_papers() -> AbstractContextManager[None]:
    """What is voted or signed by all is written in the language of the house, whoever asks for it."""
    return translation.override(settings.LANGUAGE_CODE)
