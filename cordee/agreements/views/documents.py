"""Agreements: the list, one document and its interview, its PDF, sending it to be signed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.agreements import acts, reads
from cordee.agreements.forms import InterviewForm, KindForm, PartiesForm, ReviewForm
from cordee.agreements.models import Agreement
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.reads import link_address
from cordee.ground.signing.acts import link_of
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, my_seats, seat_of


@signed_in
def agreements(request: HttpRequest) -> HttpResponse:
    context = {
        "agreements": reads.my_agreements(request.user)[:100],
        "to_sign": reads.papers_to_sign(request.user, at=request.at),
        "seats": my_seats(request.user),
        "area": "agreements:list",
    }
    return show(request, "agreements/agreements.html", context)


@signed_in
def prepare(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    seats = reads.members_of(seat.grouping)
    form = KindForm(request.POST or None, seats=seats)
    if request.method == "POST" and form.is_valid():
        made = acts.prepare_agreement(
            seat.grouping,
            kind=form.cleaned_data["kind"],
            parties=form.cleaned_data["parties"],
            by=actor_for(request.user, seat),
            at=request.at,
        )
        return redirect(address_of(made, seat))
    context = {"seat": seat, "kinds": reads.kinds(), "seats": seats, "form": form, "area": "agreements:list"}
    return show(request, "agreements/prepare.html", context, status=422 if form.errors else 200)


def address_of(agreement: Agreement, seat: Seat) -> str:
    return f"{reverse('agreements:agreement', args=[agreement.public_id])}?voix={seat.public_id}"


def _interview(page: reads.AgreementPage, data: object = None) -> InterviewForm:
    initial = {"version": page.agreement.version}
    return InterviewForm(
        data, questions=page.missing, known=page.answered, lots=page.lots, parties=page.parties, initial=initial
    )


@signed_in
def agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return _show(request, found, seat)


def _show(
    request: HttpRequest,
    found: Agreement,
    seat: Seat,
    form: InterviewForm | None = None,
    review_form: ReviewForm | None = None,
) -> HttpResponse:
    page = reads.agreement_page(found, seat, at=request.at)
    draft = found.state == Agreement.State.DRAFT
    context = {
        "page": page,
        "form": form or (_interview(page) if draft else None),
        "review_form": review_form or ReviewForm(),
        "report": reads.report_of(found, at=request.at) if found.state == Agreement.State.SIGNED else None,
        "life": reads.life_of(found, seat, at=request.at, everybody=page.everybody)
        if found.in_force and not found.change
        else None,
        "area": "agreements:list",
    }
    form = form or review_form  # type: ignore[assignment]
    return show(request, "agreements/agreement.html", context, status=422 if form else 200)


@signed_in
@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    form = _interview(reads.agreement_page(found, seat, at=request.at), request.POST)
    if not form.is_valid():
        return _show(request, found, seat, form)
    version, by = form.cleaned_data["version"], actor_for(request.user, seat)
    acts.answer_questions(found, answers=form.answers(), version=version, by=by, at=request.at)
    return redirect(address_of(found, seat))


@signed_in
def parties(request: HttpRequest, public_id: str) -> HttpResponse:
    """Between which members the document is."""
    given = request.POST if request.method == "POST" else request.GET
    found, seat = reads.agreement_of(request.user, public_id, voice=given.get("voix", ""))
    seats = reads.members_of(found.grouping)
    chosen = reads.parties_of(found) or [one.public_id for one in seats]
    form = PartiesForm(request.POST or None, seats=seats, chosen=chosen, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        by = actor_for(request.user, seat)
        acts.choose_parties(found, parties=data["parties"], version=data["version"], by=by, at=request.at)
        return redirect(address_of(found, seat))
    context = {"agreement": found, "seat": seat, "form": form, "area": "agreements:list"}
    return show(request, "agreements/parties.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """How the document would read with what is typed now: shown, never saved."""
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    if found.state != Agreement.State.DRAFT:
        return redirect(address_of(found, seat))
    form = _interview(reads.agreement_page(found, seat, at=request.at), request.POST)
    form.full_clean()
    page = reads.agreement_page(found, seat, at=request.at, answers=form.answers())
    return render(request, "agreements/_text.html", {"page": page, "typed": True})


@signed_in
@require_POST
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, found, seat, review_form=form)
    acts.mark_reviewed(found, reviewer=form.cleaned_data["reviewer"], by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté. Si un mot change, le texte sera de nouveau à relire."))
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.send_to_sign(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le document est parti. Chaque représentant reçoit un lien pour lire et signer."))
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.take_back(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le document est de nouveau en préparation."))
    return redirect(address_of(found, seat))


@signed_in
def pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft as it stands, the text being signed, or the sealed file."""
    found, _seat = reads.agreement_of(request.user, public_id)
    if found.state == Agreement.State.PAPER:
        return redirect("agreements:paper", found.public_id)
    if found.ceremony is not None:
        return hand_over(found.ceremony.sealed or found.ceremony.text)
    made = HttpResponse(reads.pdf_of(found, at=request.at), content_type="application/pdf")
    made["Content-Disposition"] = 'attachment; filename="projet.pdf"'
    made["X-Content-Type-Options"] = "nosniff"
    return made


@signed_in
def docx(request: HttpRequest, public_id: str) -> HttpResponse:
    """For the lawyer, who writes in it; what is signed is the PDF."""
    found, _seat = reads.agreement_of(request.user, public_id)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    made = HttpResponse(reads.docx_of(found, at=request.at), content_type=kind)
    made["Content-Disposition"] = 'attachment; filename="projet.docx"'
    made["X-Content-Type-Options"] = "nosniff"
    return made


@signed_in
def versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """What changed between two versions."""
    found, seat = reads.agreement_of(request.user, public_id, voice=request.GET.get("voix", ""))
    page = reads.versions_page(found, request.GET.get("avant", ""), request.GET.get("apres", ""))
    context = {"page": page, "agreement": found, "seat": seat, "area": "agreements:list"}
    return show(request, "agreements/versions.html", context)


@signed_in
def evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who signed, when, what they saw, how they were known."""
    found, _seat = reads.agreement_of(request.user, public_id)
    data = reads.evidence_of(found)
    made = HttpResponse(data, content_type="application/json")
    made["Content-Disposition"] = 'attachment; filename="preuve.json"'
    return made


@signed_in
@require_POST
def to_my_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """From one's own page to one's own signing link; the code is asked there, as from the mail."""
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    mine = reads.agreement_page(found, seat, at=request.at).my_signature
    if mine is None or mine.person_id != request.user.pk:
        raise NotYours
    return redirect(link_address(link_of(mine, at=request.at), "signing:sign"))
