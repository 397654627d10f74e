"""Shared employees: who they are, what is needed and wished, the timetable worked out and changed by hand."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.engines.staffing import explain, plan
from cordee.engines.staffing.result import LevelName
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import KnowWhat, my_tool, same_version
from cordee.projects.models import (
    PersonLeave,
    Project,
    SharedPerson,
    TimeApart,
    TimeShare,
    Timetable,
    TimetableVisit,
    TimeWish,
)
from cordee.projects.reads import asked_of, partners_of

SECONDS, MOST_WEEKS, MOST_PEOPLE, MOST_WISHES = 20.0, 13, 20, 200
WEEK = 14


class NotReady(Refusal):
    """Somebody shared, or a need, is missing; or the timetable is not there yet."""


def add_person(
    project: Project,
    *,
    name: str,
    contract: int,
    overtime: int = 0,
    available: Iterable[int] = range(10),
    by: Actor,
    at: datetime,
) -> SharedPerson:
    """Add somebody who works for several companies of the project.

    Units         contract and overtime accepted: minutes a week; available: half-days of an ordinary week.
    Allowed       any participant.
    Refused when  the tool is put away, no name or no hour is given, or more than 48 h a week.
    Tells         projects.shared_person.added: the hours of the contract.
    """
    with act("projects.shared_person.added", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "timetable")
        halves = sorted(set(available) & set(range(WEEK)))
        if not name.strip() or contract <= 0 or not halves:
            raise KnowWhat(_("Il manque le nom, les heures ou les jours de cette personne."))
        if contract + overtime > 48 * 60:
            raise Refusal(_("Personne ne travaille plus de 48 heures par semaine, toutes entreprises confondues."))
        if SharedPerson.objects.filter(project=fresh, left_at=None).count() >= MOST_PEOPLE:
            raise Refusal(_("Vingt personnes au plus se partagent ici."))
        row = SharedPerson.objects.create(
            project=fresh, name=name.strip()[:80], contract=contract, overtime=overtime, available=halves
        )
        facts["minutes"] = contract
    return row


def end_person(person: SharedPerson, *, by: Actor, at: datetime) -> SharedPerson:
    """Say that somebody is not shared any more; what was planned and worked stays.

    Allowed       any participant.
    Refused when  the tool is put away.
    Tells         projects.shared_person.left.
    """
    with act("projects.shared_person.left", book=person.project.grouping.book, by=by, at=at, on=person) as facts:
        my_tool(person.project, by, "timetable")
        row = SharedPerson.objects.select_for_update().get(pk=person.pk)
        row.left_at = at
        row.save(update_fields=["left_at"])
        facts["person"] = row.public_id
    return row


def note_leave(person: SharedPerson, *, first: date, last: date, by: Actor, at: datetime) -> PersonLeave:
    """Note days on which a shared person is away.

    Allowed       any participant.
    Refused when  the tool is put away, or the last day comes before the first.
    Tells         projects.leave.noted: how many days; never why.
    """
    with act("projects.leave.noted", book=person.project.grouping.book, by=by, at=at, on=person) as facts:
        my_tool(person.project, by, "timetable")
        if not first <= last:
            raise KnowWhat(_("Le dernier jour vient avant le premier."))
        row = PersonLeave.objects.create(person=person, first=first, last=last)
        facts["days"] = (last - first).days + 1
    return row


def agree_share(
    project: Project, *, halves: int, open_on: Iterable[int] = range(10), by: Actor, at: datetime
) -> TimeShare:
    """Say how many half-days a week one's company needs, and when it receives somebody; none takes it out.

    Allowed       any participant, for its own company.
    Refused when  the tool is put away, or more half-days are asked for than a week has.
    Tells         projects.time_share.agreed: half-days a week.
    """
    with act("projects.time_share.agreed", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "timetable")
        days = sorted(set(open_on) & set(range(WEEK)))
        if not 0 <= halves <= 60 or not days:
            raise KnowWhat(_("Dites combien de demi-journées par semaine, et quand vous recevez."))
        row, _made = TimeShare.objects.update_or_create(
            project=fresh, seat=seat, defaults={"halves": halves, "open": days}
        )
        facts["halves"] = halves
    return row


def keep_apart(project: Project, *, other: Seat, wanted: bool, by: Actor, at: datetime) -> None:
    """Say that one's company and another never share the same person, or that they may again.

    Allowed       any participant, about its own company.
    Refused when  the tool is put away, or the other company does not take part.
    Tells         projects.companies.kept_apart: the other seat, apart or not.
    """
    with act("projects.companies.kept_apart", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "timetable")
        if other.pk == seat.pk or other.pk not in [each.pk for each in partners_of(fresh)]:
            raise NotYours
        one, two = sorted((seat, other), key=lambda each: each.pk)
        if wanted:
            TimeApart.objects.get_or_create(project=fresh, one=one, other=two)
        else:
            TimeApart.objects.filter(project=fresh, one=one, other=two).delete()
        facts |= {"other": other.public_id, "apart": wanted}


def add_time_wish(
    project: Project,
    *,
    kind: str,
    half: int,
    on: date | None = None,
    person: SharedPerson | None = None,
    seat: Seat | None = None,
    firm: bool = False,
    by: Actor,
    at: datetime,
) -> TimeWish:
    """Ask something of the timetable, for one day or for every week; firm, or if it can be.

    Allowed       any participant; a need is said by the company that has it.
    Refused when  the tool is put away; nothing says who or where; the day is not that half-day's; there are 200.
    Tells         projects.time_wish.added: the kind, firm or not.
    """
    with act("projects.time_wish.added", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, mine = my_tool(project, by, "timetable")
        kinds = TimeWish.Kind
        if kind not in kinds.values or not 0 <= half < WEEK:
            raise NotYours
        if (kind != kinds.NEED and person is None) or (kind in (kinds.AT, kinds.AVOID) and seat is None):
            raise KnowWhat(_("Dites qui, et dans quelle entreprise."))
        if (person and person.project_id != fresh.pk) or (seat and seat.pk not in {s.pk for s in partners_of(fresh)}):
            raise NotYours
        if TimeWish.objects.filter(project=fresh).count() >= MOST_WISHES:
            raise Refusal(_("Deux cents souhaits suffisent : enlevez ceux qui ont passé."))
        row = TimeWish.objects.create(
            project=fresh,
            kind=kind,
            person=None if kind == kinds.NEED else person,
            seat=mine if kind == kinds.NEED else None if kind == kinds.FREE else seat,
            on=on,
            half=half if on is None else 2 * on.weekday() + half % 2,
            firm=firm,
            said_by=mine,
        )
        facts |= {"kind": kind, "firm": firm}
    return row


def drop_time_wish(wish: TimeWish, *, by: Actor, at: datetime) -> None:
    """Take a wish back.

    Allowed       the company that said it.
    Refused when  the tool is put away.
    Tells         projects.time_wish.dropped: the kind.
    """
    project = wish.project
    with act("projects.time_wish.dropped", book=project.grouping.book, by=by, at=at, on=project) as facts:
        _fresh, seat = my_tool(project, by, "timetable")
        if wish.said_by_id != seat.pk:
            raise NotAllowed(_("Chaque entreprise retire les souhaits qu’elle a écrits."))
        TimeWish.objects.filter(pk=wish.pk).delete()
        facts["kind"] = wish.kind


def ask_timetable(project: Project, *, start: date, weeks: int, by: Actor, at: datetime) -> Timetable:
    """Ask for a timetable. It is worked out aside; its page says how far it is.

    Allowed       any participant.
    Refused when  the tool is put away; it does not start on a Monday; nobody is shared or nothing is needed; more
                  than thirteen weeks.
    Tells         projects.timetable.asked: the first Monday, how many weeks.
    """
    row = Timetable(public_id=new_public_id(), project=project, start=start, weeks=weeks, asked_at=at)
    with act("projects.timetable.asked", book=project.grouping.book, by=by, at=at, on=address(row)) as facts:
        fresh, seat = my_tool(project, by, "timetable")
        if start.weekday() != 0 or not 1 <= weeks <= MOST_WEEKS:
            raise KnowWhat(_("Un planning commence un lundi et dure de une à treize semaines."))
        if not SharedPerson.objects.filter(project=fresh, left_at=None).exists():
            raise NotReady(_("Il manque la personne à partager."))
        if not TimeShare.objects.filter(project=fresh, halves__gt=0).exists():
            raise NotReady(
                _("Aucune entreprise n’a encore dit ce qu’il lui faut."),
                do=_("Chacune écrit ses demi-journées par semaine."),
            )
        row.asked_by = seat
        row.save()
        facts |= {"start": start.isoformat(), "weeks": weeks}
    return row


def solve_timetable(timetable: Timetable, *, at: datetime) -> Timetable:
    """Work a timetable out. Done twice, it happens once: whoever takes it first does it.

    Allowed       Cordée itself.
    Refused when  never: one that was already taken is left as it is.
    Tells         projects.timetable.solved: half-days placed, whether it is proven, whether wishes clash.
    """
    waiting = Timetable.objects.filter(pk=timetable.pk, state=Timetable.State.WAITING)
    if not waiting.update(state=Timetable.State.RUNNING, started_at=at):
        return Timetable.objects.get(pk=timetable.pk)
    taken = Timetable.objects.select_related("project__grouping").get(pk=timetable.pk)
    asked, found, problem = None, None, ""

    def told(level: LevelName) -> None:
        Timetable.objects.filter(pk=taken.pk).update(step=level)

    try:
        asked = asked_of(taken)
        found = plan(asked.problem, seconds=SECONDS, told=told)
    except ValueError as wrong:
        problem = str(wrong)[:200]
    with act("projects.timetable.solved", book=taken.project.grouping.book, by=Clockwork(), at=at, on=taken) as facts:
        fresh = Timetable.objects.select_for_update().get(pk=taken.pk)
        fresh.state = Timetable.State.DONE if found else Timetable.State.FAILED
        fresh.finished_at, fresh.problem = at, problem
        if asked and found:
            fresh.said = {lang: list(explain(asked.problem, found, lang)) for lang in ("fr", "en")}
            fresh.proven, fresh.clash = found.proven, bool(found.clashes)
            TimetableVisit.objects.bulk_create(
                [
                    TimetableVisit(
                        timetable=fresh, person=asked.people[one.employee], seat=asked.seats[one.company], slot=one.slot
                    )
                    for one in found.visits
                ]
            )
        fresh.save()
        facts |= {"halves": len(found.visits) if found else 0, "proven": fresh.proven, "clash": fresh.clash}
    return fresh


def give_up_timetable(timetable: Timetable, *, at: datetime) -> Timetable:
    """Say that a timetable stopped half-way, so that its page offers to ask again.

    Allowed       Cordée itself.
    Refused when  it has ended.
    Tells         projects.timetable.stopped.
    """
    with act(
        "projects.timetable.stopped", book=timetable.project.grouping.book, by=Clockwork(), at=at, on=timetable
    ) as facts:
        fresh = Timetable.objects.select_for_update().get(pk=timetable.pk)
        if fresh.state not in (Timetable.State.WAITING, Timetable.State.RUNNING):
            raise Refusal(_("Ce planning est terminé."))
        facts["was"] = fresh.state
        fresh.state, fresh.problem, fresh.finished_at = Timetable.State.FAILED, "stopped", at
        fresh.save(update_fields=["state", "problem", "finished_at"])
    return fresh


def set_half(
    timetable: Timetable, *, person: SharedPerson, slot: int, seat: Seat | None, version: int, by: Actor, at: datetime
) -> Timetable:
    """Take a person to one's own company for a free half-day, or give one's own up; what this breaks is named.

    Allowed       any participant, for its own company.
    Refused when  the timetable is not ready, somebody changed it in between, the half-day lies outside it, or another
                  company has it.
    Tells         projects.timetable.changed: taken or given up; neither when nor where.
    """
    project = timetable.project
    with act("projects.timetable.changed", book=project.grouping.book, by=by, at=at, on=timetable) as facts:
        fresh, mine = _to_change(timetable, by, version, person, (slot,))
        if seat is not None and seat.pk != mine.pk:
            raise NotYours
        _not_taken(fresh, person, (slot,), mine)
        TimetableVisit.objects.filter(timetable=fresh, person=person, slot=slot).delete()
        if seat is not None:
            TimetableVisit.objects.create(timetable=fresh, person=person, slot=slot, seat=seat)
        facts["taken"] = seat is not None
    return fresh


def move_half(
    timetable: Timetable, *, person: SharedPerson, slot: int, to: int, version: int, by: Actor, at: datetime
) -> Timetable:
    """Move a half-day of a person at one's own company to another; what this breaks is named on the page.

    Allowed       any participant, for its own company.
    Refused when  the timetable is not ready, somebody changed it in between, a half-day lies outside it, or another
                  company has it: nobody moves the hours of others.
    Tells         projects.timetable.moved; neither from when nor to when.
    """
    with act("projects.timetable.moved", book=timetable.project.grouping.book, by=by, at=at, on=timetable):
        fresh, mine = _to_change(timetable, by, version, person, (slot, to))
        _not_taken(fresh, person, (slot, to), mine)
        rows = TimetableVisit.objects.filter(timetable=fresh, person=person, slot__in=(slot, to))
        moved = [(slot + to - row.slot, row.seat_id) for row in rows]
        rows.delete()
        TimetableVisit.objects.bulk_create(
            [TimetableVisit(timetable=fresh, person=person, slot=there, seat_id=seat) for there, seat in moved]
        )
    return fresh


def _not_taken(timetable: Timetable, person: SharedPerson, slots: tuple[int, ...], mine: Seat) -> None:
    """Refused where another company has one of these half-days."""
    if TimetableVisit.objects.filter(timetable=timetable, person=person, slot__in=slots).exclude(seat=mine).exists():
        raise NotAllowed(
            _("Cette demi-journée est prise."),
            why=_("Chaque entreprise ne déplace que les siennes."),
            do=_("Prenez une demi-journée libre, ou écrivez un souhait et demandez un nouveau planning."),
        )


def _to_change(
    timetable: Timetable, by: Actor, version: int, person: SharedPerson, slots: tuple[int, ...]
) -> tuple[Timetable, Seat]:
    """The timetable re-read and marked as changed by hand, and the seat that acts."""
    _project, mine = my_tool(timetable.project, by, "timetable")
    fresh = Timetable.objects.select_for_update().get(pk=timetable.pk)
    if fresh.state != Timetable.State.DONE:
        raise NotReady(_("Ce planning n’est pas prêt."))
    same_version(fresh.version, version, now={}, wanted={})
    if person.project_id != fresh.project_id or any(not 0 <= slot < WEEK * fresh.weeks for slot in slots):
        raise NotYours
    fresh.changed, fresh.version = True, fresh.version + 1
    fresh.save(update_fields=["changed", "version"])
    return fresh, mine
