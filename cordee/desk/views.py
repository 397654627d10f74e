"""Pages that cross rooms."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery.reads import week_of
from cordee.desk import reads
from cordee.desk.context import remember
from cordee.desk.forms import EraseForm, HookForm, KeyForm
from cordee.desk.reads import home
from cordee.desk.templatetags.gallery import examples
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.acts import close_hook, open_hook
from cordee.ground.people.acts import make_key, make_link, revoke_key
from cordee.ground.people.models import AccessKey, Actor
from cordee.ground.people.reads import link_address
from cordee.ground.register.acts import address
from cordee.ground.register.reads import export, signed_head
from cordee.groupings.reads import books_of, membership, unanswered
from cordee.journeys.acts import erase_company, erase_person


@open_door
def today(request: HttpRequest) -> HttpResponse:
    """What awaits me; for a stranger, what Cordée is for."""
    if not request.user.is_authenticated:
        told = {"steps": home.steps(), "safe": home.safe(), "together": home.together()}
        return render(request, "desk/home.html", told)
    found = reads.today(request.user, at=request.at)
    remember(request, found.waiting)
    hello = reads.greeting(request.user, len(found.items))
    return show(request, "desk/today.html", {"today": found, "hello": hello, "date": reads.date_line(request.at)})


@signed_in
def week(request: HttpRequest) -> HttpResponse:
    """What I took on in every room: the boards, decisions, my own plan, one question."""
    context = {"week": week_of(request.user, at=request.at), "mine": reads.my_week(request.user, at=request.at)}
    return show(request, "desk/week.html", {**context, "area": "delivery:week"})


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
def self_test(request: HttpRequest) -> HttpResponse:
    """Seven questions, an answer, a first step; the answers stand in the address and nowhere else."""
    return render(request, "desk/selftest.html", {"test": reads.self_test(request.GET.dict())})


@open_door
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/about.html", {})


# --- « Mes données »: what is opened to programs, what one leaves with, what one erases ---


def _data(request: HttpRequest, public_id: str) -> reads.MyData:
    found = reads.my_data(request.user, public_id)
    if found is None:
        raise NotYours
    return found


def _my_data(request: HttpRequest, page: reads.MyData | None, **more: object) -> HttpResponse:
    context = {
        "page": page,
        "key_form": KeyForm(),
        "hook_form": HookForm(),
        "erase_form": EraseForm(prefix="person"),
        "company_form": EraseForm(prefix="company"),
        **more,
    }
    wrong = any(getattr(value, "errors", None) for value in more.values())
    return show(request, "desk/my_data.html", context, status=422 if wrong else 200)


def _to_my_data(request: HttpRequest, page: reads.MyData, said: str) -> HttpResponse:
    messages.success(request, said)
    return done(request, f"{reverse('desk:my_data')}?entreprise={page.company.public_id}")


@signed_in
def my_data(request: HttpRequest) -> HttpResponse:
    return _my_data(request, reads.my_data(request.user, request.GET.get("entreprise", "")))


@signed_in
@require_POST
def new_key(request: HttpRequest, public_id: str) -> HttpResponse:
    """The secret is on the page that answers, and nowhere else."""
    page, form = _data(request, public_id), KeyForm(request.POST)
    if not form.is_valid():
        return _my_data(request, page, key_form=form)
    life = form.life()
    key, secret = make_key(
        address(page.company),
        page.company.book,
        name=form.cleaned_data["name"],
        scopes=form.cleaned_data["scopes"],
        expires_at=request.at + life if life else None,
        by=Actor(request.user),
        at=request.at,
    )
    return _my_data(request, reads.my_data(request.user, public_id), made=key, secret=secret)


@signed_in
@require_POST
def new_feed(request: HttpRequest, public_id: str) -> HttpResponse:
    page = _data(request, public_id)
    key, secret = make_key(
        address(page.company),
        page.company.book,
        name=_("Agenda"),
        scopes=[AccessKey.Scope.CALENDAR],
        by=Actor(request.user),
        at=request.at,
    )
    feed_at = settings.SITE_URL + reverse("desk:feed", args=[secret])
    return _my_data(request, reads.my_data(request.user, public_id), made=key, feed_at=feed_at)


@signed_in
@require_POST
def drop_key(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    page = _data(request, public_id)
    found = next((each for each in [*page.keys, *page.feeds] if each.public_id == key), None)
    if found is None:
        raise NotYours
    revoke_key(found, page.company.book, by=Actor(request.user), at=request.at)
    return _to_my_data(request, page, _("C’est retiré : plus rien ne s’ouvre avec."))


@signed_in
@require_POST
def new_hook(request: HttpRequest, public_id: str) -> HttpResponse:
    page, form = _data(request, public_id), HookForm(request.POST)
    if not form.is_valid():
        return _my_data(request, page, hook_form=form)
    hook = open_hook(
        address(page.company),
        page.company.book,
        address_=form.cleaned_data["address"],
        acts=form.cleaned_data["acts"],
        books=books_of(address(page.company)),
        by=Actor(request.user),
        at=request.at,
    )
    return _my_data(request, reads.my_data(request.user, public_id), hook=hook)


@signed_in
@require_POST
def drop_hook(request: HttpRequest, public_id: str, hook: str) -> HttpResponse:
    page = _data(request, public_id)
    found = next((each for each in page.hooks if each.public_id == hook), None)
    if found is None:
        raise NotYours
    close_hook(found, page.company.book, by=Actor(request.user), at=request.at)
    return _to_my_data(request, page, _("Cette adresse n’est plus prévenue."))


@signed_in
def company_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    answer = HttpResponse(reads.company_archive(request.user, public_id, at=request.at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="mes-donnees-{public_id}.zip"'
    return answer


@signed_in
@require_POST
def wipe_company(request: HttpRequest, public_id: str) -> HttpResponse:
    page, form = _data(request, public_id), EraseForm(request.POST, prefix="company")
    if not form.is_valid():
        return _my_data(request, page, company_form=form)
    erase_company(page.company, by=Actor(request.user), at=request.at)
    return _to_my_data(request, page, _("La fiche est effacée."))


@signed_in
@require_POST
def wipe_person(request: HttpRequest) -> HttpResponse:
    """After it, nobody can enter with these addresses any more."""
    form = EraseForm(request.POST, prefix="person")
    if not form.is_valid():
        return _my_data(request, reads.my_data(request.user), erase_form=form)
    erase_person(request.user, by=Actor(request.user), at=request.at)
    logout(request)
    return render(request, "desk/erased.html", {})


@open_door
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A calendar at its secret address: whoever has the address has the dates, until it is withdrawn."""
    return HttpResponse(reads.feed(secret, at=request.at), content_type="text/calendar; charset=utf-8")


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
    me = membership(request.user, public_id, voice=request.GET.get("voix", ""))
    found = me.grouping
    answer = HttpResponse(reads.whole_archive(me, at=request.at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="archive-{found.public_id}.zip"'
    return answer


@signed_in
def book_head(request: HttpRequest, public_id: str) -> HttpResponse:
    """The last seal of the book, signed: kept apart, it shows later whether the book was cut or rewritten."""
    found = membership(request.user, public_id).grouping
    answer = JsonResponse(signed_head(found.book, at=request.at))
    answer["Content-Disposition"] = f'attachment; filename="tete-{found.public_id}.json"'
    return answer
