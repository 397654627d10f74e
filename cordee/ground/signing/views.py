"""The page that a signing link opens: read, receive a code, sign, decline or hand over, keep the sealed file."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Clockwork
from cordee.ground.signing import acts, reads, tasks
from cordee.ground.signing.forms import DeclineForm, ForwardForm, SignForm
from cordee.ground.signing.models import Ceremony


def _show(request: HttpRequest, token: str, status: int = 200, **forms: object) -> HttpResponse:
    page = reads.signing_page(token, at=request.at)
    context = {
        "page": page,
        "token": token,
        "form": SignForm(outside=page.signatory.is_outside),
        "decline_form": DeclineForm(),
        "forward_form": ForwardForm(others=page.others),
        **forms,
    }
    return render(request, "signing/sign.html", context, status=status)


def _from_where(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@open_door
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the text and who signs; only the POST, with the code, signs."""
    if request.method != "POST":
        return _show(request, token)
    page = reads.signing_page(token, at=request.at)
    form = SignForm(request.POST, outside=page.signatory.is_outside)
    if not form.is_valid():
        return _show(request, token, status=422, form=form)
    code, consent = form.cleaned_data["code"], str(form.fields["consent"].label)
    try:
        signed = acts.sign(page.opened.link, code=code, consent=consent, at=request.at, where=_from_where(request))
    except acts.WrongCode as wrong:
        form.add_error("code", f"{wrong.what} {wrong.do}")
        return _show(request, token, status=422, form=form)
    ceremony = Ceremony.objects.get(pk=signed.ceremony_id)
    if ceremony.state == Ceremony.State.SIGNED:
        with suppress(acts.CeremonyOver, acts.TimeNotStamped):  # the ticker seals what is left
            acts.seal_ceremony(ceremony, by=Clockwork(), at=request.at)
    return redirect("signing:sign", token)


@open_door
@require_POST
def send_code(request: HttpRequest, token: str) -> HttpResponse:
    means = request.POST.get("means", "email")
    sent = acts.send_code(reads.signing_page(token, at=request.at).opened.link, means=means, at=request.at)
    if sent.code_by == "sms":
        tasks.text_code(sent)
    return redirect("signing:sign", token)


@open_door
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    page = reads.signing_page(token, at=request.at)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, token, status=422, decline_form=form)
    code, reason = form.cleaned_data["code"], form.cleaned_data["reason"]
    try:
        acts.decline(page.opened.link, code=code, reason=reason, at=request.at, where=_from_where(request))
    except acts.WrongCode as wrong:
        form.add_error("code", f"{wrong.what} {wrong.do}")
        return _show(request, token, status=422, decline_form=form)
    return redirect("signing:sign", token)


@open_door
@require_POST
def forward(request: HttpRequest, token: str) -> HttpResponse:
    page = reads.signing_page(token, at=request.at)
    form = ForwardForm(request.POST, others=page.others)
    if not form.is_valid():
        return _show(request, token, status=422, forward_form=form)
    now_with = acts.forward(page.opened.link, to=form.cleaned_data["to"], at=request.at)
    return render(request, "signing/forwarded.html", {"signatory": now_with})


@open_door
def text(request: HttpRequest, token: str) -> HttpResponse:
    """The very file that is signed; once sealed, the sealed one."""
    page = reads.signing_page(token, at=request.at)
    if not page.may_read:
        raise NotAllowed(
            _("Ce lien ne donne plus ce document."), do=_("S’il vous concerne, connectez-vous pour le retrouver.")
        )
    return hand_over(page.ceremony.sealed or page.ceremony.text)


@open_door
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """The sealed file, to somebody who received a copy and signed nothing."""
    sealed = reads.copy_of(token, at=request.at).ceremony.sealed
    assert sealed is not None  # copy_of refuses otherwise
    return hand_over(sealed)
