"""Meetings: a date found together, the notice, who is there, what is decided, the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines import lifecycle
from cordee.governance import permissions
from cordee.governance.models import AgendaItem, Attendance, DateAnswer, Meeting, MeetingDate
from cordee.governance.reads import meeting_rule, minutes_of
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.templatetags.cordee import day
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat

MOST_DATES, MOST_ITEMS = 8, 30
CHANGING = (Meeting.State.POLLING, Meeting.State.CALLED)


class NoticeTooShort(Refusal):
    """The rules give members more time before a meeting."""


class NotThatMoment(Refusal):
    """The meeting is not at that point of its life."""


class TooManyProxies(Refusal):
    """Somebody carries as many proxies as the rule allows."""


def plan_meeting(
    grouping: Grouping, *, title: str, dates: Sequence[datetime], by: Actor, at: datetime, place: str = "",
    link: str = "", length: int = 90,
) -> Meeting:  # fmt: skip
    """Propose dates for a meeting; everybody says which suit.

    Allowed       any member of the grouping.
    Refused when  there is no date, too many, or one is past.
    Tells         governance.meeting.planned: how many dates.
    """
    kept = sorted(set(dates))
    if not kept or len(kept) > MOST_DATES or kept[0] <= at:
        raise Refusal(_("Proposez entre une et %(most)s dates à venir.") % {"most": MOST_DATES})
    with act("governance.meeting.planned", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        meeting = Meeting.objects.create(
            grouping=grouping,
            title=title[:160],
            place=place[:200],
            link=link,
            length=length,
            called_by=seat,
            made_at=at,
        )
        MeetingDate.objects.bulk_create([MeetingDate(meeting=meeting, starts_at=date) for date in kept])
        facts.on = address(meeting)
        facts["dates"] = len(kept)
    return meeting


def answer_dates(meeting: Meeting, *, answers: Mapping[int, str], by: Actor, at: datetime) -> Meeting:
    """Say which of the dates suit; it can be changed until the date is chosen.

    Allowed       the holder or the substitute of a seat.
    Refused when  the date is chosen already.
    Tells         governance.date.answered.
    """
    with act("governance.date.answered", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _at(meeting, Meeting.State.POLLING)
        seat = acting_seat(fresh.grouping, by)
        for date in fresh.dates.all():
            if answers.get(date.pk) in DateAnswer.Answer.values:
                DateAnswer.objects.update_or_create(date=date, seat=seat, defaults={"answer": answers[date.pk]})
        facts["seat"] = seat.public_id
    return fresh


def add_item(
    meeting: Meeting, *, title: str, kind: str, by: Actor, at: datetime, text: str = "", decision_type: str = "ordinary"
) -> AgendaItem:
    """Add a point to the agenda. Once the notice has left, nothing more is put up for decision.

    Allowed       any member of the grouping.
    Refused when  the meeting has begun; a decision is added after the notice; the agenda is full.
    Tells         governance.agenda.added: its number, what kind.
    """
    with act("governance.agenda.added", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _at(meeting, *CHANGING)
        acting_seat(fresh.grouping, by)
        if fresh.state == Meeting.State.CALLED and kind == AgendaItem.Kind.DECIDE:
            raise NotThatMoment(
                _("La convocation est partie : on n’ajoute plus de décision."),
                do=_("Ajoutez-la comme discussion, ou ouvrez un vote hors réunion."),
            )
        number = fresh.items.count() + 1
        if number > MOST_ITEMS or not title.strip():
            raise Refusal(_("Ce point ne peut pas s’ajouter."), do=_("Donnez-lui un titre, trente points au plus."))
        item = AgendaItem.objects.create(
            meeting=fresh, number=number, title=title.strip()[:160], kind=kind, text=text, decision_type=decision_type
        )
        facts |= {"number": number, "kind": kind}
    return item


def call_meeting(meeting: Meeting, *, starts_at: datetime, by: Actor, at: datetime, urgent: bool = False) -> Meeting:
    """Send the notice: date, place, agenda. The house rules say how many days before.

    Allowed       who planned it, facilitates or coordinates.
    Refused when  the date is none of those proposed; it is too soon for the rules.
    Tells         governance.meeting.called: when, urgent or not, how many points.
    """
    with act("governance.meeting.called", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _at(meeting, Meeting.State.POLLING)
        _leads(fresh, by)
        if not fresh.dates.filter(starts_at=starts_at).exists():
            raise Refusal(_("Choisissez une des dates proposées."))
        rule = meeting_rule(fresh)
        first = lifecycle.earliest_meeting(localtime(at).date(), rule, urgent=urgent)
        if localtime(starts_at).date() < first:
            days = rule.urgent_notice_days if urgent else rule.notice_days
            raise NoticeTooShort(
                _("C’est trop tôt : le règlement demande %(days)s jours entre la convocation et la réunion.")
                % {"days": days},
                why=_("Envoyée aujourd’hui, elle permet de se réunir à partir du %(day)s.") % {"day": day(first)},
                do=_("Choisissez une autre date, ou convoquez en urgence si le règlement le permet."),
            )
        fresh.starts_at, fresh.called_at, fresh.urgent, fresh.state = starts_at, at, urgent, Meeting.State.CALLED
        fresh.version += 1
        fresh.save()
        seats = Seat.objects.filter(grouping=fresh.grouping, state=Seat.State.MEMBER)
        Attendance.objects.bulk_create([Attendance(meeting=fresh, seat=seat) for seat in seats])
        facts |= {"starts_at": starts_at.isoformat(), "urgent": urgent, "items": fresh.items.count()}
    return fresh


def answer_call(meeting: Meeting, *, coming: bool, by: Actor, at: datetime, proxy_to: Seat | None = None) -> Attendance:
    """Say whether one comes, is excused, or gives one's voice to another member for the whole meeting.

    Allowed       the holder or the substitute of a seat.
    Refused when  the meeting is over; the proxy goes to nobody on the sheet, or to somebody who carries enough.
    Tells         governance.attendance.answered: coming, excused or represented.
    """
    with act("governance.attendance.answered", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _at(meeting, Meeting.State.CALLED, Meeting.State.OPEN)
        seat = acting_seat(fresh.grouping, by)
        line = _line(fresh, seat)
        if proxy_to is not None and not coming:
            _may_carry(fresh, seat, proxy_to)
        line.proxy_to = None if coming else proxy_to
        states = Attendance.State
        line.state = states.COMING if coming else states.REPRESENTED if proxy_to else states.EXCUSED
        line.save()
        facts |= {"seat": seat.public_id, "state": str(line.state)}
    return line


def open_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Begin: the attendance sheet is open; who opens it holds the pen, unless a secretary is named.

    Allowed       who called it, facilitates or coordinates.
    Refused when  it was not called, or has begun.
    Tells         governance.meeting.opened.
    """
    with act("governance.meeting.opened", book=meeting.grouping.book, by=by, at=at, on=meeting):
        fresh = _at(meeting, Meeting.State.CALLED)
        seat = _leads(fresh, by)
        fresh.state, fresh.opened_at = Meeting.State.OPEN, at
        fresh.secretary = permissions.secretary_of(fresh.grouping) or seat
        fresh.save()
    return fresh


def note_presence(meeting: Meeting, *, seat: Seat, present: bool, by: Actor, at: datetime) -> Attendance:
    """Sign the attendance sheet on arriving, or on leaving; who holds the pen notes it for others.

    Allowed       the seat itself; who called the meeting, facilitates, coordinates or holds the pen.
    Refused when  the meeting is not open.
    Tells         governance.attendance.noted: there or gone, by whom.
    """
    with act("governance.attendance.noted", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _at(meeting, Meeting.State.OPEN)
        clerk = acting_seat(fresh.grouping, by)
        if clerk.pk != seat.pk:
            _leads(fresh, by)
        line = _line(fresh, seat)
        if present:
            line.state, line.proxy_to, line.noted_by = Attendance.State.PRESENT, None, clerk
            line.arrived_at, line.left_at = line.arrived_at or at, None
        else:
            line.left_at = at
        line.save()
        facts |= {"seat": seat.public_id, "present": present, "itself": clerk.pk == seat.pk}
    return line


def note_outcome(item: AgendaItem, *, said: str, by: Actor, at: datetime) -> AgendaItem:
    """Write what came out of a point, in a sentence or two.

    Allowed       who called the meeting, facilitates, coordinates or holds the pen.
    Refused when  the meeting is not open.
    Tells         governance.agenda.noted: its number.
    """
    with act("governance.agenda.noted", book=item.meeting.grouping.book, by=by, at=at, on=item.meeting) as facts:
        fresh = _at(item.meeting, Meeting.State.OPEN)
        _leads(fresh, by)
        item.said = said.strip()
        item.save(update_fields=["said"])
        facts["number"] = item.number
    return item


def close_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """End the meeting; the minutes are written from what happened, to be read again.

    Allowed       who called it, facilitates, coordinates or holds the pen.
    Refused when  a vote opened in the meeting is not closed.
    Tells         governance.meeting.closed: how many were there.
    """
    with act("governance.meeting.closed", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _at(meeting, Meeting.State.OPEN)
        _leads(fresh, by)
        if fresh.items.filter(ballot__isnull=False, ballot__closed_at=None).exists():
            raise NotThatMoment(_("Un vote est encore ouvert."), do=_("Closez-le, puis levez la séance."))
        fresh.state, fresh.closed_at, fresh.minutes_state = Meeting.State.HELD, at, Meeting.Minutes.DRAFT
        fresh.minutes = minutes_of(fresh)
        fresh.save()
        facts["present"] = fresh.attendances.filter(state=Attendance.State.PRESENT).count()
    return fresh


def cancel_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off.

    Allowed       who planned it, facilitates or coordinates.
    Refused when  it has begun.
    Tells         governance.meeting.cancelled.
    """
    with act("governance.meeting.cancelled", book=meeting.grouping.book, by=by, at=at, on=meeting):
        fresh = _at(meeting, *CHANGING)
        _leads(fresh, by)
        fresh.state = Meeting.State.CANCELLED
        fresh.version += 1
        fresh.save()
    return fresh


def _at(meeting: Meeting, *states: str) -> Meeting:
    """Re-read a meeting inside the lock, at one of these points of its life."""
    fresh = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("grouping", "called_by", "secretary")
        .get(pk=meeting.pk)
    )
    if fresh.state not in states:
        raise NotThatMoment(
            _("La réunion n’en est pas là : %(state)s.") % {"state": str(fresh.get_state_display()).lower()},
            do=_("Rechargez la page."),
        )
    return fresh


def _leads(meeting: Meeting, by: Actor) -> Seat:
    seat = acting_seat(meeting.grouping, by)
    if not permissions.may_run(meeting, seat):
        raise NotAllowed(_("C’est à qui a convoqué, à l’animation, au mandataire ou au secrétariat de le faire."))
    return seat


def _line(meeting: Meeting, seat: Seat) -> Attendance:
    line = meeting.attendances.filter(seat=seat).first()
    if line is None:
        raise NotYours
    return line


def _may_carry(meeting: Meeting, giver: Seat, holder: Seat) -> None:
    limit = meeting_rule(meeting).proxies
    carried = meeting.attendances.filter(proxy_to=holder).exclude(seat=giver).count()
    if giver.pk == holder.pk or not meeting.attendances.filter(seat=holder).exists():
        raise Refusal(_("Ce pouvoir ne peut pas aller à cette entreprise."), do=_("Choisissez un autre membre."))
    if carried >= limit:
        raise TooManyProxies(
            _("%(company)s porte déjà autant de pouvoirs que le règlement permet.") % {"company": holder.company},
            do=_("Choisissez un autre membre."),
        )


def note_meeting_reminder(meeting: Meeting, *, count: int, by: By, at: datetime) -> Meeting:
    """Note that those who have not answered are reminded for the `count`-th time; the letters follow.

    Allowed       Cordée itself.
    Refused when  this reminder was noted already, or the meeting is past asking.
    Tells         governance.meeting.reminded.
    """
    with act("governance.meeting.reminded", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        due = Meeting.objects.filter(pk=meeting.pk, state__in=CHANGING, reminded__lt=count).update(reminded=count)
        if not due:
            raise NotThatMoment(_("Ce rappel est déjà parti."))
        facts["count"] = count
    return meeting
