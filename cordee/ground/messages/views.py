"""The mailbox of the demo: every mail that was handed over, shown instead of sent."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cordee.ground.kit.access import open_door
from cordee.ground.messages.models import MailboxItem

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
