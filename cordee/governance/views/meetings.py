"""Meetings: the list, a new one, the page of one from its dates to its signed minutes."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.governance import acts, reads
from cordee.governance.forms import ItemForm, MeetingForm
from cordee.governance.models import AgendaItem, DateAnswer, Meeting
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Actor
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, membership

Deed = Callable[[HttpRequest, Meeting, Actor], str]


@signed_in
def meetings(request: HttpRequest, public_id: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.GET.get("voix", ""))
    context = {"me": me, "grouping": me.grouping, "meetings": reads.meetings_of(me.grouping)[:60]}
    return show(request, "governance/meetings.html", {**context, "area": "governance:list"})


@signed_in
def new_meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.GET.get("voix", ""))
    days = reads.rule_for(me.grouping, "ordinary").notice_days
    form = MeetingForm(request.POST if request.method == "POST" else None, at=request.at, days=days)
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("title", "place", "link", "length")}
        meeting = acts.plan_meeting(me.grouping, dates=form.dates(), **asked, by=me.actor, at=request.at)
        for point in form.points():
            acts.add_item(meeting, title=point, kind=AgendaItem.Kind.DISCUSS, by=me.actor, at=request.at)
        messages.success(request, _("Les dates sont proposées. Chacun reçoit un lien pour répondre."))
        return done(request, reverse("governance:meeting", args=[meeting.public_id]) + me.voice)
    context = {"me": me, "grouping": me.grouping, "form": form, "area": "governance:list"}
    return show(request, "governance/new_meeting.html", context, status=422 if form.errors else 200)


@signed_in
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.meeting_of(request.user, public_id, voice=request.GET.get("voix", ""))
    page = reads.meeting_page(found, seat, at=request.at)
    context = {
        "page": page,
        "meeting": found,
        "seat": seat,
        "item_form": ItemForm(),
        "answers": DateAnswer.Answer.choices,
    }
    context["area"] = "governance:list"
    return show(request, "governance/meeting.html", context)


@signed_in
def meeting_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    found, _seat = reads.meeting_of(request.user, public_id)
    answer = HttpResponse(reads.calendar_of(found, at=request.at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reunion-{found.public_id}.ics"'
    return answer


@signed_in
def minutes_file(request: HttpRequest, public_id: str) -> HttpResponse:
    found, _seat = reads.meeting_of(request.user, public_id)
    if found.ceremony is not None:
        return hand_over(found.ceremony.sealed or found.ceremony.text)
    if not found.minutes:
        raise NotYours
    pdf, _fingerprint = reads.minutes_pdf(found, at=found.closed_at or request.at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="compte-rendu-{found.public_id}.pdf"'
    return answer


@signed_in
@require_POST
def meeting_deed(request: HttpRequest, public_id: str, do: str) -> HttpResponse:
    """One act of a meeting, named by the address."""
    found, seat = reads.meeting_of(request.user, public_id, voice=request.POST.get("voix", ""))
    if do not in DEEDS:
        raise NotYours
    said = DEEDS[do](request, found, actor_for(request.user, seat))
    if said:
        messages.success(request, said)
    return redirect(reverse("governance:meeting", args=[public_id]) + f"?voix={seat.public_id}")


def _seat(meeting: Meeting, public_id: str) -> Seat:
    seat = Seat.objects.filter(grouping=meeting.grouping, public_id=public_id, state=Seat.State.MEMBER).first()
    if seat is None:
        raise NotYours
    return seat


def _item(meeting: Meeting, number: str) -> AgendaItem:
    known = meeting.items.select_related("meeting__grouping")
    item = (
        known.filter(number=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 4 else None
    )
    if item is None:
        raise NotYours
    return item


def _dates(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    answers = {date.pk: request.POST.get(f"date-{date.pk}", "") for date in meeting.dates.all()}
    acts.answer_dates(meeting, answers=answers, by=by, at=request.at)
    return _("C’est noté. Vous pouvez changer jusqu’à ce que la date soit choisie.")


def _add(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    form = ItemForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Donnez un titre à ce point."))
        return ""
    data = {**form.cleaned_data, "decision_type": form.cleaned_data["decision_type"] or "ordinary"}
    acts.add_item(meeting, **data, by=by, at=request.at)
    return _("Le point est à l’ordre du jour.")


def _call(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    chosen: datetime | None = parse_datetime(request.POST.get("date", ""))
    if chosen is None:
        raise NotYours
    acts.call_meeting(meeting, starts_at=chosen, urgent="urgent" in request.POST, by=by, at=request.at)
    return _("La convocation part, avec l’ordre du jour.")


def _answer(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    holder = request.POST.get("pouvoir", "")
    proxy_to = _seat(meeting, holder) if holder else None
    acts.answer_call(meeting, coming=request.POST.get("je") == "viens", proxy_to=proxy_to, by=by, at=request.at)
    return _("C’est noté.")


def _open(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    acts.open_meeting(meeting, by=by, at=request.at)
    return _("La séance est ouverte. Chacun signe la feuille de présence.")


def _presence(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    seat = _seat(meeting, request.POST.get("qui", ""))
    acts.note_presence(meeting, seat=seat, present=request.POST.get("est") == "la", by=by, at=request.at)
    return ""


def _vote(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    acts.open_item_vote(_item(meeting, request.POST.get("point", "")), by=by, at=request.at)
    return _("Le vote est ouvert : chacun vote sur son téléphone.")


def _said(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    item = _item(meeting, request.POST.get("point", ""))
    acts.note_outcome(item, said=request.POST.get("dit", ""), by=by, at=request.at)
    return ""


def _close(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    acts.close_meeting(meeting, by=by, at=request.at)
    return _("La séance est levée. Relisez le compte rendu.")


def _cancel(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    acts.cancel_meeting(meeting, by=by, at=request.at)
    return _("La réunion est annulée.")


def _correct(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    version = request.POST.get("version", "")
    if not version.isascii() or not version.isdigit() or len(version) > 8:
        raise NotYours
    acts.correct_minutes(meeting, text=request.POST.get("text", ""), version=int(version), by=by, at=request.at)
    return _("Le compte rendu est corrigé.")


def _approve(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    acts.approve_minutes(meeting, by=by, at=request.at)
    return _("Le compte rendu est approuvé : son texte ne change plus.")


def _sign(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    acts.sign_minutes(meeting, by=by, at=request.at)
    return _("Le compte rendu part à la signature.")


DEEDS: dict[str, Deed] = {
    "dates": _dates,
    "point": _add,
    "convoquer": _call,
    "repondre": _answer,
    "ouvrir": _open,
    "presence": _presence,
    "voter": _vote,
    "noter": _said,
    "lever": _close,
    "annuler": _cancel,
    "corriger": _correct,
    "approuver": _approve,
    "signer": _sign,
}
