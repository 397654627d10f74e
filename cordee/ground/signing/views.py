"""The page that a signing link opens: read, receive a code, sign or decline, keep the sealed file."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Clockwork
from cordee.ground.signing import acts, reads
from cordee.ground.signing.forms import DeclineForm, SignForm
from cordee.ground.signing.models import Ceremony


def _show(request: HttpRequest, token: str, form: SignForm | None = None, status: int = 200) -> HttpResponse:
    page = reads.signing_page(token, at=request.at)
    context = {"page": page, "token": token, "form": form or SignForm(), "decline_form": DeclineForm()}
    return render(request, "signing/sign.html", context, status=status)


@open_door
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the text and who signs; only the POST, with the code, signs."""
    if request.method != "POST":
        return _show(request, token)
    form = SignForm(request.POST)
    page = reads.signing_page(token, at=request.at)
    if not form.is_valid():
        return _show(request, token, form, status=422)
    try:
        signed = acts.sign(
            page.opened.link,
            code=form.cleaned_data["code"],
            consent=str(SignForm.base_fields["consent"].label),
            at=request.at,
        )
    except acts.WrongCode as wrong:
        form.add_error("code", f"{wrong.what} {wrong.do}")
        return _show(request, token, form, status=422)
    ceremony = Ceremony.objects.get(pk=signed.ceremony_id)
    if ceremony.state == Ceremony.State.SIGNED:
        with suppress(acts.CeremonyOver):  # the ticker may have sealed it a moment ago
            acts.seal_ceremony(ceremony, by=Clockwork(), at=request.at)
    return redirect("signing:sign", token)


@open_door
@require_POST
def send_code(request: HttpRequest, token: str) -> HttpResponse:
    acts.send_code(reads.signing_page(token, at=request.at).opened.link, at=request.at)
    return redirect("signing:sign", token)


@open_door
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    page = reads.signing_page(token, at=request.at)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, token, status=422)
    acts.decline(page.opened.link, reason=form.cleaned_data["reason"], at=request.at)
    return redirect("signing:sign", token)


@open_door
def text(request: HttpRequest, token: str) -> HttpResponse:
    """The very file that is signed; once sealed, the sealed one."""
    page = reads.signing_page(token, at=request.at)
    if not page.may_read:
        raise NotAllowed(
            _("Ce lien ne donne plus ce document."), do=_("S’il vous concerne, connectez-vous pour le retrouver.")
        )
    return hand_over(page.ceremony.sealed or page.ceremony.text)
