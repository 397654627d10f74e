"""Doors: who is asking. What they may see is decided by each room's permissions, inside its queries."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for a person who is signed in; anybody else is led to the sign-in page and back."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    door.door = "signed_in"  # type: ignore[attr-defined]
    return door


def open_door(view: View) -> View:
    """Open to everybody, on purpose: a public page, or a page that a signed link opens."""
    view.door = "open"  # type: ignore[attr-defined]
    return view
