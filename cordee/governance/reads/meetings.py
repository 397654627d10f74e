"""Meetings as the members see them: the dates, the sheet, the agenda, the votes, the minutes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines import ics, lifecycle, voting
from cordee.governance.models import AgendaItem, Attendance, DateAnswer, DecisionType, Meeting, MeetingDate
from cordee.governance.permissions import may_run
from cordee.governance.reads.votes import rule_and_weights
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import my_seats


def meeting_rule(meeting: Meeting) -> voting.Rule:
    """The strictest notice of all that is to be decided; everyday matters where nothing is."""
    kinds = set(meeting.items.filter(kind=AgendaItem.Kind.DECIDE).values_list("decision_type", flat=True))
    rules = [rule_and_weights(meeting.grouping, kind)[0] for kind in sorted(kinds or {DecisionType.ORDINARY.value})]
    return max(rules, key=lambda rule: (rule.notice_days, rule.urgent_notice_days, -rule.proxies))


@dataclass(frozen=True, slots=True)
class DateLine:
    """One possible date, and what everybody says of it."""

    date: MeetingDate
    mine: str
    yes: int
    maybe: int
    no: int
    best: bool
    soonest: bool  # the rules allow it if the notice leaves today
    who: tuple[tuple[Seat, str], ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the attendance sheet."""

    attendance: Attendance
    is_me: bool

    @property
    def here(self) -> bool:
        return self.attendance.state == Attendance.State.PRESENT and self.attendance.left_at is None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting, as one seat sees it."""

    meeting: Meeting
    seat: Seat
    runs: bool
    dates: tuple[DateLine, ...]
    first_day: date
    sheet: tuple[SheetLine, ...]
    items: tuple[AgendaItem, ...]
    quorum: int

    @property
    def mine(self) -> Attendance | None:
        return next((line.attendance for line in self.sheet if line.is_me), None)

    @property
    def here(self) -> int:
        return sum(line.here for line in self.sheet)

    @property
    def represented(self) -> int:
        return sum(line.attendance.state == Attendance.State.REPRESENTED for line in self.sheet)

    @property
    def counted(self) -> int:
        return self.here + self.represented

    @property
    def others(self) -> list[Seat]:
        return [line.attendance.seat for line in self.sheet if not line.is_me]


def my_meetings(person: Person) -> QuerySet[Meeting]:
    """The meetings of this person’s groupings: the next one first, past ones after."""
    seats = my_seats(person)
    found = Meeting.objects.filter(grouping__in=seats.values("grouping")).select_related("grouping")
    return found.order_by(F("closed_at").desc(nulls_first=True), F("starts_at").asc(nulls_first=True), "-id")


def meetings_of(grouping: Grouping) -> QuerySet[Meeting]:
    """The meetings of a grouping, the latest first."""
    return Meeting.objects.filter(grouping=grouping).select_related("grouping").order_by("-made_at", "-id")


def meeting_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Meeting, Seat]:
    """A meeting, reached through a seat of its grouping; a stranger finds nothing."""
    meeting = (
        Meeting.objects.select_related("grouping", "called_by__company", "secretary__company", "ceremony")
        .filter(public_id=public_id)
        .first()
    )
    if meeting is None:
        raise NotYours
    seats = list(my_seats(person).filter(grouping=meeting.grouping_id))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return meeting, chosen[0]


def meeting_page(meeting: Meeting, seat: Seat, *, at: datetime) -> MeetingPage:
    """One meeting in full, for one seat."""
    sheet = meeting.attendances.select_related(
        "seat__company", "seat__holder", "proxy_to__company", "noted_by__company"
    )
    items = meeting.items.select_related("ballot__resolution")
    rule = meeting_rule(meeting)
    lines = tuple(SheetLine(each, each.seat_id == seat.pk) for each in sheet)
    first = lifecycle.earliest_meeting(localtime(at).date(), rule)
    return MeetingPage(
        meeting=meeting,
        seat=seat,
        runs=may_run(meeting, seat),
        dates=_dates(meeting, seat, first) if meeting.state == Meeting.State.POLLING else (),
        first_day=first,
        sheet=lines,
        items=tuple(items),
        quorum=-(-rule.quorum.numerator * len(lines) // rule.quorum.denominator),
    )


def _dates(meeting: Meeting, seat: Seat, first: date) -> tuple[DateLine, ...]:
    answers: dict[int, list[DateAnswer]] = {}
    for each in DateAnswer.objects.filter(date__meeting=meeting).select_related("seat__company"):
        answers.setdefault(each.date_id, []).append(each)
    found = []
    for possible in meeting.dates.all():
        given = answers.get(possible.pk, [])
        yes, maybe, no = (sum(each.answer == value for each in given) for value in ("yes", "maybe", "no"))
        mine = next((each.answer for each in given if each.seat_id == seat.pk), "")
        who = tuple((each.seat, str(each.get_answer_display())) for each in given)
        allowed = localtime(possible.starts_at).date() >= first
        found.append(DateLine(possible, mine, yes, maybe, no, False, allowed, who))
    top = max(((line.yes, line.maybe) for line in found if line.yes), default=None)
    return tuple(replace(line, best=(line.yes, line.maybe) == top) for line in found)


def event_of(meeting: Meeting) -> ics.Event:
    """A meeting as a calendar takes it."""
    assert meeting.starts_at is not None
    host = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    agenda = "\n".join(f"{item.number}. {item.title}" for item in meeting.items.all())
    return ics.Event(
        uid=f"{meeting.public_id}@{host}",
        start=meeting.starts_at,
        minutes=meeting.length,
        title=f"{meeting.grouping.name} : {meeting.title}",
        place=meeting.place or meeting.link,
        text="\n".join(part for part in (agenda, meeting.link) if part),
        url=settings.SITE_URL + reverse("governance:meeting", args=[meeting.public_id]),
        sequence=meeting.version,
        cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def calendar_of(meeting: Meeting, *, at: datetime) -> str:
    """The calendar file of one meeting; NotYours while its date is not found."""
    if meeting.starts_at is None:
        raise NotYours
    return ics.calendar([event_of(meeting)], stamp=at)


def when(meeting: Meeting) -> str:
    """« mardi 17 mars, 18 h 30 », or that the date is still to be found."""
    return moment(meeting.starts_at) if meeting.starts_at else _("date à trouver")
