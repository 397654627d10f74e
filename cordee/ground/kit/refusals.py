"""Three kinds of no: an outcome is a result, a refusal is worded for the person, a fault is never caught."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class Refusal(Exception):
    """An anticipated no: what, why, and what to do next. Shown to the person as it stands."""

    status = 409

    def __init__(self, what: str, *, why: str = "", do: str = "", back: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.do, self.back = what, why, do, back


class NotAllowed(Refusal):
    """The person may see this, but somebody else may do it: say who."""

    status = 403


class NotYours(Refusal):
    """Nothing here for this person: a stranger must not learn that it exists."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Cette page n’existe pas, ou ne vous est pas ouverte."))


class Stale(Refusal):
    """Somebody changed the same thing in between: show both values, lose neither."""

    def __init__(self, what: str, *, theirs: dict[str, str], yours: dict[str, str], back: str = "") -> None:
        super().__init__(what, do=_("Reprenez à partir de la version actuelle."), back=back)
        self.differences = [
            (name, theirs.get(name, ""), value) for name, value in yours.items() if theirs.get(name, "") != value
        ]


class RefusalMiddleware:
    """Turn a refusal into a page, or into a fragment where htmx asked for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "kit/_refusal.html" if getattr(request, "htmx", False) else "kit/refusal.html"
        back = exception.back or ("" if exception.status == NotYours.status else page_before(request))
        return render(request, template, {"refusal": exception, "back": back}, status=exception.status)


def page_before(request: HttpRequest) -> str:
    """The page of this site that one came from: the way out of a no that names none."""
    before = urlsplit(request.headers.get("Referer", ""))
    here = before.netloc == request.get_host() and before.path.startswith("/")
    if not here or (before.path == request.path and request.method == "GET"):
        return ""
    return before.path + (f"?{before.query}" if before.query else "")
