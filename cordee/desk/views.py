"""Pages that cross rooms."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from cordee.desk import reads
from cordee.desk.context import remember
from cordee.desk.reads import home
from cordee.desk.templatetags.gallery import examples
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import link_address
from cordee.ground.register.reads import export, signed_head
from cordee.groupings.reads import membership, unanswered


@open_door
def today(request: HttpRequest) -> HttpResponse:
    """What awaits me; for a stranger, what Cordée is for."""
    if not request.user.is_authenticated:
        return render(request, "desk/home.html", {"steps": home.steps(), "safe": home.safe()})
    found = reads.today(request.user, at=request.at)
    remember(request, found.waiting)
    hello = reads.greeting(request.user, len(found.items))
    return show(request, "desk/today.html", {"today": found, "hello": hello, "date": reads.date_line(request.at)})


@signed_in
@require_POST
def invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """From one's own page to an invitation whose mail is not written yet."""
    found = get_object_or_404(unanswered(request.user, at=request.at), public_id=public_id)
    link = make_link(request.user, purpose="invitation", subject=found, at=request.at, expires_at=found.expires_at)
    return redirect(link_address(link, "groupings:invitation"))


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Everything I may see, by a few words."""
    answer = reads.search_everything(request.GET.get("q", ""), request.user)
    return show(request, "desk/search.html", {"answer": answer})


@open_door
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/about.html", {})


@open_door
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches over the server: 200 when all is well, 503 when not, and what is not."""
    found = reads.health(at=request.at)
    answer = JsonResponse(found, status=200 if found["ok"] else 503)
    answer["Cache-Control"] = "no-store"
    return answer


@open_door
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, in light and dark; only where a developer or a demo looks."""
    if not (settings.DEBUG or settings.MAILBOX_OPEN):
        raise Http404
    return render(request, "desk/gallery.html", examples(request.at))


def _error(request: HttpRequest, code: int) -> HttpResponse:
    if getattr(request, "htmx", False):
        return render(request, "desk/_error.html", {"code": code}, status=code)
    return render(request, "desk/error.html", {"code": code}, status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was left open too long, or came from elsewhere."""
    return render(request, "desk/stale_form.html", {}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Written without the request, the person or the database: any of them may be what failed."""
    help_line = {"help_name": settings.HELP_NAME, "help_phone": settings.HELP_PHONE}
    return HttpResponse(render_to_string("desk/broken.html", help_line), status=500)


@signed_in
def grouping(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.overview(request.user, public_id, at=request.at, voice=request.GET.get("voix", ""))
    context = {"overview": found, "page": found.page, "me": found.page.me, "grouping": found.page.grouping}
    context["acting_company"] = found.page.me.seat.company
    return show(request, "desk/grouping.html", context)


@signed_in
def books(request: HttpRequest) -> HttpResponse:
    return show(request, "desk/books.html", {"books": reads.my_books(request.user)})


@signed_in
def book(request: HttpRequest, public_id: str) -> HttpResponse:
    before = request.GET.get("avant", "")
    page = reads.book_page(
        request.user,
        public_id,
        at=request.at,
        before=int(before) if before.isdecimal() and len(before) < 16 else 0,
        voice=request.GET.get("voix", ""),
    )
    return show(
        request,
        "desk/book.html",
        {"page": page, "grouping": page.grouping, "me": page.me, "acting_company": page.me.seat.company},
    )


@signed_in
def book_export(request: HttpRequest, public_id: str) -> HttpResponseBase:
    found = membership(request.user, public_id).grouping
    answer = StreamingHttpResponse(export(found.book, at=request.at), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="registre-{found.public_id}.jsonl"'
    return answer


@signed_in
def book_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    found = membership(request.user, public_id).grouping
    answer = HttpResponse(reads.archive(found, at=request.at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="registre-{found.public_id}.zip"'
    return answer


@signed_in
def whole_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that the grouping leaves, in one file."""
    found = membership(request.user, public_id).grouping
    answer = HttpResponse(reads.whole_archive(found, at=request.at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="archive-{found.public_id}.zip"'
    return answer


@signed_in
def book_head(request: HttpRequest, public_id: str) -> HttpResponse:
    """The last seal of the book, signed: kept apart, it shows later whether the book was cut or rewritten."""
    found = membership(request.user, public_id).grouping
    answer = JsonResponse(signed_head(found.book, at=request.at))
    answer["Content-Disposition"] = f'attachment; filename="tete-{found.public_id}.json"'
    return answer
