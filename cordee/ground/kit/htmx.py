"""One source for a page and its fragments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page; where htmx asked, render the fragment that the page itself includes.

    "room/ballot.html" with the header HX-Target "tally" gives "room/_tally.html".
    """
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.target and not htmx.boosted:
        folder, _slash, _page = template.rpartition("/")
        return render(request, f"{folder}/_{htmx.target.replace('-', '_')}.html", context, status=status)
    return render(request, template, context, status=status)


def done(request: HttpRequest, address: str) -> HttpResponse:
    """After an act: htmx follows to the address, a plain form is redirected."""
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)
