"""What meetings and decisions to carry out do by themselves: dates asked, notices, reminders, signed minutes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.calendar import add_business_days, is_business_day, reminder_moments
from cordee.governance.acts import note_follow_reminder, note_meeting_reminder, note_minutes_signed
from cordee.governance.models import Attendance, DateAnswer, FollowUp, Meeting
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Seat
from cordee.groupings.tasks import members_of

CLOCK = Clockwork()


def _meeting(entry: Entry) -> Meeting:
    return Meeting.objects.select_related("grouping", "called_by__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )


def _url(meeting: Meeting, seat: Seat) -> str:
    return f"{settings.SITE_URL}{reverse('governance:meeting', args=[meeting.public_id])}?voix={seat.public_id}"


def _draft(
    meeting: Meeting,
    seat: Seat,
    *,
    kind: str,
    subject: str,
    lines: Sequence[str],
    button: str,
    calendar: bool = False,
    group: str = "",
) -> Draft:
    words = {"title": meeting.title, "company": seat.company, "grouping": meeting.grouping.name}
    figures = [(_("Quand"), moment(meeting.starts_at))] if meeting.starts_at else []
    figures += [(_("Où"), meeting.place)] if meeting.place else []
    calendar_page = reverse("governance:meeting_calendar", args=[meeting.public_id])
    return Draft(
        to=seat.holder,
        kind=f"governance.{kind}.{seat.public_id}",
        subject=subject % words,
        lines=tuple(line % words for line in lines),
        figures=tuple(figures),
        button=button,
        url=_url(meeting, seat),
        other=_("Ajouter à mon agenda") if calendar else "",
        other_url=settings.SITE_URL + calendar_page if calendar else "",
        group=group,
        why=_("Vous recevez ce message car vous représentez %(company)s dans %(grouping)s.") % words,
    )


def tell_planned(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Dates to choose from: to every member but the one who proposes them."""
    meeting = _meeting(entry)
    if meeting.state != Meeting.State.POLLING:
        return
    for seat in members_of(meeting.grouping):
        if seat.pk == meeting.called_by_id:
            continue
        with translation.override(seat.holder.language):
            dates = [moment(each.starts_at) for each in meeting.dates.all()]
            yield _draft(
                meeting,
                seat,
                kind="dates",
                subject=_("Quelle date pour : %(title)s"),
                lines=(_("Dites lesquelles de ces dates vous conviennent."), " · ".join(dates)),
                button=_("Répondre"),
            )


def tell_called(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The notice: date, place, agenda, to everybody on the sheet."""
    meeting = _meeting(entry)
    if meeting.state != Meeting.State.CALLED:
        return
    items = list(meeting.items.all())
    for seat in members_of(meeting.grouping):
        with translation.override(seat.holder.language):
            agenda = [f"{item.number}. {item.title} ({str(item.get_kind_display()).lower()})" for item in items]
            agenda = [each.replace("%", "%%") for each in agenda]
            yield _draft(
                meeting,
                seat,
                kind="notice",
                subject=_("Convocation : %(title)s"),
                lines=(
                    _("%(grouping)s se réunit. Voici l’ordre du jour."),
                    *(each.replace("%", "%%") for each in agenda),
                ),
                button=_("Dire si je viens"),
                calendar=True,
            )


def tell_reminded(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Only to those who have said nothing yet."""
    meeting = _meeting(entry)
    if meeting.state not in (Meeting.State.POLLING, Meeting.State.CALLED):
        return
    silent = _silent(meeting)
    for seat in members_of(meeting.grouping):
        if seat.pk not in silent:
            continue
        with translation.override(seat.holder.language):
            yield _draft(
                meeting,
                seat,
                kind="meeting_reminder",
                subject=_("Votre réponse est attendue : %(title)s"),
                lines=(_("Les autres attendent votre réponse pour s’organiser."),),
                button=_("Répondre"),
                group="reminders",
            )


def _silent(meeting: Meeting) -> set[int]:
    if meeting.state == Meeting.State.CALLED:
        asked = meeting.attendances.filter(state=Attendance.State.ASKED)
        return set(asked.values_list("seat_id", flat=True))
    said = DateAnswer.objects.filter(date__meeting=meeting).values_list("seat_id", flat=True)
    members = {seat.pk for seat in members_of(meeting.grouping)}
    return members - set(said) - {meeting.called_by_id}


def tell_cancelled(entry: Entry, at: datetime) -> Iterable[Draft]:
    """It will not take place: to every member."""
    meeting = _meeting(entry)
    for seat in members_of(meeting.grouping):
        with translation.override(seat.holder.language):
            yield _draft(
                meeting,
                seat,
                kind="cancelled",
                subject=_("Réunion annulée : %(title)s"),
                lines=(_("La réunion n’aura pas lieu."),),
                button=_("Voir la réunion"),
            )


def tell_minutes(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The minutes can be read: to every member."""
    meeting = _meeting(entry)
    for seat in members_of(meeting.grouping):
        with translation.override(seat.holder.language):
            yield _draft(
                meeting,
                seat,
                kind="minutes",
                subject=_("Compte rendu : %(title)s"),
                lines=(_("Le compte rendu est approuvé. Il dit ce qui est décidé, et qui fait quoi."),),
                button=_("Lire le compte rendu"),
            )


def tell_owner(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the one in charge of a decision: at first, then when its date comes near."""
    follow = (
        FollowUp.objects.select_related("owner__holder", "owner__company", "resolution", "grouping")
        .filter(resolution__public_id=entry.subject.rpartition("/")[2], done_at=None)
        .first()
    )
    if follow is None or follow.owner.state != Seat.State.MEMBER:
        return
    person = follow.owner.holder
    if person.pseudonym == entry.by.partition(" ")[0]:
        return
    with translation.override(person.language):
        words = {"title": follow.resolution.title, "company": follow.owner.company, "grouping": follow.grouping.name}
        yield Draft(
            to=person,
            kind=f"governance.owner.{follow.owner.public_id}",
            subject=_("À faire : %(title)s") % words,
            lines=(_("%(company)s est chargée de cette décision de %(grouping)s.") % words,),
            figures=((_("Pour le"), day(follow.due_on)),) if follow.due_on else (),
            button=_("Dire où cela en est"),
            url=f"{settings.SITE_URL}{reverse('governance:decided', args=[follow.grouping.public_id])}"
            f"?voix={follow.owner.public_id}",
            why=_("Vous recevez ce message car vous représentez %(company)s dans %(grouping)s.") % words,
        )


LETTERS: dict[str, Teller] = {
    "governance.meeting.planned": tell_planned,
    "governance.meeting.called": tell_called,
    "governance.meeting.reminded": tell_reminded,
    "governance.meeting.cancelled": tell_cancelled,
    "governance.minutes.approved": tell_minutes,
    "governance.decision.followed": tell_owner,
    "governance.decision.reminded": tell_owner,
}


def remind_meetings(*, at: datetime) -> int:
    """Note the reminders of meetings that are due: for the dates, then for the notice; never at week-ends."""
    if not is_business_day(localtime(at).date()):
        return 0
    late = []
    waiting = Meeting.objects.filter(state__in=[Meeting.State.POLLING, Meeting.State.CALLED]).select_related("grouping")
    for meeting in waiting.prefetch_related("dates"):
        if meeting.state == Meeting.State.POLLING:
            since, until = meeting.made_at, min((each.starts_at for each in meeting.dates.all()), default=at)
            before = 0
        else:
            since, until, before = meeting.called_at or meeting.made_at, meeting.starts_at or at, 2
        if until <= at:
            continue
        moments = reminder_moments(localtime(since), localtime(until))
        due = before + sum(1 for each in moments if each <= at)
        if due > max(before, meeting.reminded) and _silent(meeting):
            late.append((meeting, due))
    return each_apart(late, lambda each: note_meeting_reminder(each[0], count=each[1], by=CLOCK, at=at))


def remind_owners(*, at: datetime) -> int:
    """Note the reminders of decisions to carry out: two working days before their date, then on the one after it."""
    today = localtime(at).date()
    if not is_business_day(today):
        return 0
    late = []
    for follow in FollowUp.objects.filter(done_at=None, due_on__isnull=False, reminded__lt=2).select_related(
        "grouping"
    ):
        assert follow.due_on is not None
        due = (today >= add_business_days(follow.due_on, -2)) + (today > follow.due_on)
        if due > follow.reminded:
            late.append((follow, due))
    return each_apart(late, lambda each: note_follow_reminder(each[0], count=each[1], by=CLOCK, at=at))


def follow_minutes(*, at: datetime) -> int:
    """Note every set of minutes whose signing has ended."""
    over = (Ceremony.State.SEALED, Ceremony.State.DECLINED, Ceremony.State.CANCELLED)
    due = Meeting.objects.filter(minutes_state=Meeting.Minutes.SIGNING, ceremony__state__in=over)
    return each_apart(list(due.select_related("grouping")), lambda each: note_minutes_signed(each, by=CLOCK, at=at))
