"""Projects as their participants see them: where it stands, what is still to decide, the budget, the measures."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.governance.models import Ballot
from cordee.ground.kit.money import figure
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Office, Seat
from cordee.groupings.reads import Membership, membership
from cordee.projects import permissions
from cordee.projects.kinds import Kind, every_kind
from cordee.projects.kinds.base import Ask, Choice, Indicator, Paper, Step, Words
from cordee.projects.models import BudgetLine, Checkpoint, Measure, Participant, Project, ProjectRole
from cordee.projects.reads.stages import Fact, facts_of
from cordee.projects.reads.votes import last_calls


@dataclass(frozen=True, slots=True)
class Check:
    """A decision or a document of the playbook: whether it holds, and where it was settled.

    `state`: "todo", "voting" (a vote is open), "refused" (it was voted down) or "done".
    """

    wanted: Choice | Paper
    state: str
    said: str = ""
    ballot: Ballot | None = None

    @property
    def holds(self) -> bool:
        return self.state == "done"

    @property
    def is_choice(self) -> bool:
        return isinstance(self.wanted, Choice)


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the playbook: "done", "now" or nothing when it is ahead, with what it asks for."""

    step: Step
    state: str
    checks: tuple[Check, ...]
    usual: datetime | None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator with what was measured, the last one first in sight."""

    indicator: Indicator
    measures: tuple[Measure, ...]

    @property
    def last(self) -> Measure | None:
        return self.measures[-1] if self.measures else None

    @property
    def shown(self) -> str:
        """The last value, as a person writes it."""
        return figure(self.measures[-1].hundredths) if self.measures else ""

    @property
    def change(self) -> int:
        """From the last but one to the last, in hundredths; 0 where there are not two."""
        return self.measures[-1].hundredths - self.measures[-2].hundredths if len(self.measures) > 1 else 0

    @property
    def improved(self) -> bool | None:
        """Whether it went the right way; None where it did not move."""
        if not self.change:
            return None
        return (self.change > 0) == (self.indicator.better == "up")


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project in a list: outsiders to it see that it exists, and may join while they can."""

    project: Project
    companies: tuple[Seat, ...]
    takes_part: bool
    may_join: bool

    @property
    def may_apply(self) -> bool:
        """Whether one may ask for a licence of its brand, though one is not in it."""
        return "brand" in self.project.tools and not self.takes_part and self.project.ended_at is None

    @property
    def stage(self) -> Words:
        return self.project.kind_data.step(self.project.stage).label


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project, as one participant sees it."""

    project: Project
    me: Membership
    kind: Kind
    stages: tuple[StageLine, ...]
    participants: tuple[Participant, ...]
    roles: tuple[tuple[str, Words, ProjectRole | None], ...]
    budget: tuple[BudgetLine, ...]
    followed: tuple[Followed, ...]
    warnings: tuple[Words, ...]
    leads: bool

    @property
    def total(self) -> int:
        return sum(line.cents for line in self.budget)

    @property
    def now(self) -> StageLine:
        return next(stage for stage in self.stages if stage.state == "now")

    @property
    def next(self) -> StageLine | None:
        place = [stage.state for stage in self.stages].index("now") + 1
        return self.stages[place] if place < len(self.stages) else None

    @property
    def todo(self) -> tuple[Check, ...]:
        """What the next stage still asks for."""
        return tuple(check for check in self.next.checks if not check.holds) if self.next else ()

    @property
    def open(self) -> bool:
        return self.project.ended_at is None

    @property
    def told(self) -> list[tuple[Words, Any]]:
        """The particulars, each with its label; what is empty is left out."""
        asks, values = self.kind.asks or {}, self.project.told
        rows = [(ask, getattr(values, name)) for name, ask in asks.items()]
        return [(ask.label, _told(ask, value)) for ask, value in rows if value != ""]


def _told(ask: Ask, value: Any) -> str:
    """One of the particulars, as a person writes it."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, int):
        return figure(value * 100)
    if ask.day:
        with suppress(ValueError):  # what was written before days had a calendar
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return str(value)


def projects_of(grouping: Grouping, seat: Seat) -> list[ProjectLine]:
    """The projects of a grouping, the living ones first: two queries."""
    found = list(Project.objects.filter(grouping=grouping).prefetch_related("participants__seat__company"))
    lines = []
    for project in sorted(found, key=lambda each: each.ended_at is not None):
        seats = tuple(each.seat for each in project.participants.all() if each.left_at is None)
        mine = any(each.pk == seat.pk for each in seats)
        joins = not mine and project.ended_at is None and permissions.may_join(project)
        lines.append(ProjectLine(project, seats, mine, joins))
    return lines


def project_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Project, Membership]:
    """A project, reached through a seat that takes part in it; anybody else finds nothing."""
    project = Project.objects.select_related("grouping").filter(public_id=public_id).first()
    if project is None:
        raise NotYours
    return project, as_partner(project, person, voice=voice)


def as_partner(project: Project, person: Person, *, voice: str = "") -> Membership:
    """The seat through which somebody takes part in a project. NotYours for anybody else."""
    me = membership(person, project.grouping.public_id, voice=voice)
    taking_part = {seat.pk for seat in partners_of(project)}
    mine = [seat for seat in me.seats if seat.pk in taking_part and (not voice or seat.public_id == voice)]
    if not mine:
        raise NotYours
    return me if me.seat in mine else membership(person, project.grouping.public_id, voice=mine[0].public_id)


def partners_of(project: Project) -> list[Seat]:
    """The companies that take part: read once for each reading of the project."""
    return [each.seat for each in participants_of(project)]


def participants_of(project: Project) -> list[Participant]:
    """Who takes part, with what each brings: read once for each reading of the project."""
    known: list[Participant] | None = project.__dict__.get("_participants")
    if known is None:
        office = Office.objects.filter(seat=OuterRef("seat"), role=Office.Role.COORDINATOR, until=None)
        here = project.participants.filter(left_at=None).select_related("seat__company", "seat__holder")
        known = list(here.annotate(coordinates=Exists(office)))
        project.__dict__["_participants"] = known
    return list(known)


def decisions_of(project: Project, *slugs: str) -> dict[str, Check]:
    """Some of its decisions, as far as its playbook asks for them: two queries at most."""
    wanted = [each for each in project.kind_data.choices if each.slug in slugs]
    noted = {each.slug: each for each in Checkpoint.objects.filter(project=project, slug__in=slugs)} if wanted else {}
    ballots = last_calls(each.ballot for each in noted.values())
    points = [(each, noted.get(each.slug)) for each in wanted]
    return {
        each.slug: _check(each, point, ballots.get(point.ballot) if point else None, set()) for each, point in points
    }


def checks_of(project: Project) -> dict[str, Check]:
    """Every decision and document of the playbook, with what was settled: three queries."""
    kind = project.kind_data
    noted = {each.slug: each for each in Checkpoint.objects.filter(project=project)}
    ballots = last_calls(each.ballot for each in noted.values())
    signed = set(
        Agreement.objects.filter(grouping=project.grouping_id, state=Agreement.State.SIGNED).values_list(
            "kind", flat=True
        )
    )
    found: dict[str, Check] = {}
    for wanted in kind.asked:
        point = noted.get(wanted.slug)
        ballot = ballots.get(point.ballot) if point else None
        found[wanted.slug] = _check(wanted, point, ballot, signed)
    return found


def _check(wanted: Choice | Paper, point: Checkpoint | None, ballot: Ballot | None, signed: set[str]) -> Check:
    if isinstance(wanted, Paper) and wanted.type and wanted.type in signed:
        return Check(wanted, "done", _("Signé dans Cordée."))
    if ballot is not None:
        if ballot.closed_at is None:
            return Check(wanted, "voting", _("Au vote."), ballot)
        return Check(wanted, "done" if ballot.went_through else "refused", str(ballot.get_outcome_display()), ballot)
    if point is not None:
        return Check(wanted, "done", point.note)
    return Check(wanted, "todo")


def missing_for(project: Project, step: Step) -> list[Check]:
    """What a stage asks for that does not hold yet."""
    checks = checks_of(project)
    return [checks[slug] for slug in step.asks if not checks[slug].holds]


def project_page(project: Project, me: Membership) -> ProjectPage:
    """The page of a project."""
    kind, checks, facts = project.kind_data, checks_of(project), facts_of(project, me)
    order = [step.slug for step in kind.stages]
    here = order.index(project.stage)
    stages = tuple(
        StageLine(
            step,
            "done" if place < here else "now" if place == here else "",
            tuple(checks[slug] for slug in step.asks),
            _usual(project, step),
            facts.get(step.slug, ()),
        )
        for place, step in enumerate(kind.stages)
    )
    held = {role.role: role for role in project.roles.filter(until=None).select_related("seat__company")}
    measured = list(project.measures.all())
    participants = tuple(participants_of(project))
    return ProjectPage(
        project,
        me,
        kind,
        stages,
        participants,
        tuple((slug, label, held.get(slug)) for slug, label in kind.roles),
        tuple(project.budget.all()),
        tuple(Followed(each, _of(each, measured)) for each in kind.indicators),
        kind.warnings(project.told),
        permissions.leads_with(
            project,
            me.seat,
            lead=held["lead"].seat_id if "lead" in held else None,
            coordinates=any(one.seat_id == me.seat.pk and one.__dict__["coordinates"] for one in participants),
        ),
    )


def _of(indicator: Indicator, measured: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(each for each in measured if each.indicator == indicator.slug)


def _usual(project: Project, step: Step) -> datetime | None:
    """When a stage usually comes, where the kind counts from a day and that day is known."""
    day = getattr(project.told, "opens_on", "")
    if step.months is None or not day:
        return None
    try:
        return datetime.fromisoformat(f"{day}T12:00:00+00:00") + timedelta(days=30 * step.months)
    except ValueError:
        return None


def budget_of(kind: Kind, particulars: dict[str, Any]) -> list[tuple[str, Words, int]]:
    """What a project of this kind would cost, before anything is written: slug, label, cents."""
    return kind.budget(particulars)


def kind_page(slug: str) -> Kind:
    """The playbook of a kind. NotYours where there is none of this name."""
    found = next((kind for kind in every_kind() if kind.slug == slug), None)
    if found is None:
        raise NotYours
    return found
