"""Which letters one wants; and the mailbox of the demo, where every mail handed over is shown instead of sent."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.messages import acts, reads
from cordee.ground.messages.models import MailboxItem
from cordee.ground.people.models import Actor

# The mail's own page: its inline styles may show, nothing may run or be fetched, and only our page may frame it.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups"
)


def _only_where_open() -> None:
    if not settings.MAILBOX_OPEN:
        raise Http404


@open_door
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_where_open()
    wanted = request.GET.get("to", "").strip()
    mails = MailboxItem.objects.order_by("-pk").defer("text", "html")
    page = Paginator(mails.filter(to__icontains=wanted) if wanted else mails, 40).get_page(request.GET.get("page"))
    return render(request, "letters/mailbox.html", {"page": page, "wanted": wanted})


@open_door
def mail(request: HttpRequest, number: int) -> HttpResponse:
    _only_where_open()
    return render(request, "letters/mail.html", {"mail": get_object_or_404(MailboxItem, pk=number)})


@open_door
def mail_page(request: HttpRequest, number: int) -> HttpResponse:
    """The HTML part alone, for the frame."""
    _only_where_open()
    answer = HttpResponse(get_object_or_404(MailboxItem, pk=number).html)
    answer["Content-Security-Policy"] = MAIL_POLICY
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Which letters one wants."""
    if request.method == "POST":
        wanted = {name: name in request.POST for name in ("talk", "reminders", "digest", "sms")}
        acts.choose_letters(request.user, **wanted, by=Actor(request.user), at=request.at)
        messages.success(request, _("C’est noté."))
        return redirect("letters:preferences")
    return render(
        request,
        "letters/preferences.html",
        {"wants": reads.preferences_of(request.user), "texts": bool(settings.SMS_BACKEND)},
    )


@csrf_exempt
@open_door
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What a mail program posts to by itself, or the button of the page: GET shows, only the POST stops."""
    person, group = reads.read_stop(token)
    if request.method == "POST":
        acts.choose_letters(person, **{group: False}, by=Actor(person), at=request.at)
    wants = reads.preferences_of(person)
    return render(request, "letters/stop.html", {"group": group, "stopped": not getattr(wants, group)})
