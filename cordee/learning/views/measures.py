"""The dashboard, one's own balance, the questionnaires."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Actor
from cordee.groupings.reads import Membership, membership, my_companies
from cordee.learning import acts, reads
from cordee.learning.forms import AnswersForm
from cordee.learning.models import Answering


def me_of(request: HttpRequest, public_id: str) -> Membership:
    """Through which seat this page is seen."""
    voice = request.POST.get("voix", "") or request.GET.get("voix", "")
    return membership(request.user, public_id, voice=voice)


def _board(request: HttpRequest, public_id: str) -> reads.Dashboard:
    return reads.dashboard(me_of(request, public_id), at=request.at)


@signed_in
def board(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _board(request, public_id)
    context = {"board": found, "me": found.me, "grouping": found.me.grouping, "acting_company": found.me.seat.company}
    return show(request, "learning/board.html", context)


@signed_in
def board_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    answer = HttpResponse(reads.pdf_of(_board(request, public_id)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tableau-de-bord-{public_id}.pdf"'
    return answer


@signed_in
def board_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(reads.workbook_of(_board(request, public_id)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="tableau-de-bord-{public_id}.xlsx"'
    return answer


def _company(request: HttpRequest) -> tuple[Company, list[Company]]:
    """The company one looks at: the one in the address, else the first."""
    mine = my_companies(request.user)
    wanted = request.POST.get("entreprise", "") or request.GET.get("entreprise", "")
    found = [one for one in mine if one.public_id == wanted] if wanted else mine
    if not found:
        raise NotYours
    return found[0], mine


@signed_in
def learn(request: HttpRequest) -> HttpResponse:
    """Where a leader steps back: the balance, the questionnaires, the sessions of each grouping."""
    mine = my_companies(request.user)
    return show(request, "learning/learn.html", {"companies": mine, "lines": reads.my_learning(request.user)})


@signed_in
def balance(request: HttpRequest) -> HttpResponse:
    company, mine = _company(request)
    return show(request, "learning/balance.html", {"balance": reads.balance(company, at=request.at), "companies": mine})


@signed_in
def answers(request: HttpRequest, kind: str) -> HttpResponse:
    company, mine = _company(request)
    page = reads.answers_page(company, kind, at=request.at)
    start = {line.slug: str(line.mine) for line in page.lines if line.mine}
    asked = {line.slug: line.asked for line in page.lines}
    form = AnswersForm(request.POST or None, kind=kind, asked=asked, initial=start)
    if request.method == "POST" and form.is_valid():
        by = Actor(request.user)
        acts.give_answers(company, kind=kind, period=page.period, answers=form.answers(), by=by, at=request.at)
        messages.success(request, _("Merci. Personne d’autre ne voit vos réponses."))
        return done(request, f"{reverse(f'learning:{kind}')}?entreprise={company.public_id}")
    context = {"page": page, "form": form, "companies": mine, "barometer": kind == Answering.Kind.BAROMETER}
    return show(request, "learning/answers.html", context, status=422 if form.errors else 200)
