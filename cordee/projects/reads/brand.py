"""The brand, as those who use it or ask for it see it: rules, licences, files, calendar; one licence; one audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from cordee.engines.brand import facts, next_step
from cordee.engines.lifecycle.delays import add_months
from cordee.governance.models import Ballot
from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, membership
from cordee.projects import permissions
from cordee.projects.models import (
    AuditPoint,
    Brand,
    BrandAsset,
    BrandAudit,
    BrandDate,
    BrandFile,
    BrandLicence,
    BrandPaper,
    BrandRules,
    BrandSanction,
    Project,
)
from cordee.projects.reads.votes import last_calls


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of the mark in the reader's language."""

    day: BrandDate
    label: str


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """A company that uses the brand or asks for it: its last closed audit, the open one, what is under way."""

    licence: BrandLicence
    mine: bool
    last: BrandAudit | None
    running: BrandAudit | None
    due: date | None
    sanction: BrandSanction | None


@dataclass(frozen=True, slots=True)
class BrandPage:
    """The brand of a project, for one participant."""

    project: Project
    me: Membership
    rules: BrandRules | None
    proposed: BrandRules | None
    licences: tuple[LicenceLine, ...]
    ended: tuple[BrandLicence, ...]

    @property
    def mine(self) -> LicenceLine | None:
        return next((line for line in self.licences if line.mine), None)

    @property
    def ready(self) -> tuple[LicenceLine, ...]:
        """Applicants that somebody looked at."""
        return tuple(line for line in self.licences if line.licence.state == "asked" and line.last)


def brand_page(project: Project, me: Membership) -> BrandPage:
    """The first page of the brand: who uses it, who asks."""
    rules, proposed = _rules(project)
    licences = list(
        project.licences.select_related("seat__company").prefetch_related("audits", "sanctions").order_by("id")
    )
    lines = tuple(_line(one, me.seat, rules) for one in licences if one.state in LIVING)
    return BrandPage(
        project=project,
        me=me,
        rules=rules,
        proposed=proposed,
        licences=lines,
        ended=tuple(one for one in licences if one.state not in LIVING),
    )


def _rules(project: Project) -> tuple[BrandRules | None, BrandRules | None]:
    """The rules in force, and those that are being voted."""
    by_state = {one.state: one for one in project.brand_rules.all()}
    return by_state.get(BrandRules.State.IN_FORCE), by_state.get(BrandRules.State.VOTING)


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules of use with their checklist, and the vote on others."""

    project: Project
    me: Membership
    rules: BrandRules | None
    proposed: BrandRules | None
    ballot: Ballot | None


def rules_page(project: Project, me: Membership) -> RulesPage:
    """The page of the rules."""
    rules, proposed = _rules(project)
    ballot = last_calls([proposed.ballot]).get(proposed.ballot) if proposed else None
    return RulesPage(project, me, rules, proposed, ballot)


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The library; `uses`: whether this company may download today."""

    project: Project
    me: Membership
    assets: tuple[BrandAsset, ...]
    uses: bool


def files_page(project: Project, me: Membership) -> FilesPage:
    """The page of the library."""
    return FilesPage(project, me, tuple(project.brand_assets.prefetch_related("versions")), _uses(project, me))


def _uses(project: Project, me: Membership) -> bool:
    return project.licences.filter(seat=me.seat, state=BrandLicence.State.HELD).exists()


@dataclass(frozen=True, slots=True)
class SignPage:
    """What the brand is, and its calendar; `known_on`: the day on which the delays of the law were noted."""

    project: Project
    me: Membership
    brand: Brand | None
    dates: tuple[DateLine, ...]
    known_on: date


def sign_page(project: Project, me: Membership) -> SignPage:
    """The page of the sign and its dates."""
    _rows, known_on, _checked = facts()
    dates = tuple(DateLine(one, label_of(one)) for one in project.brand_dates.select_related("done_by__company"))
    return SignPage(project, me, Brand.objects.filter(project=project).first(), dates, known_on)


LIVING = ("asked", "voting", "held", "suspended")


def label_of(day: BrandDate) -> str:
    """What is to do, in the reader's language where it was counted from the law."""
    rows, _known_on, _checked = facts()
    words = next((one.words for one in rows if one.code == day.code), None)
    return words[language() == "en"] if words else day.label


def _line(licence: BrandLicence, seat: Seat, rules: BrandRules | None) -> LicenceLine:
    audits = list(licence.audits.all())
    closed = [one for one in audits if one.closed_at is not None]
    running = next((one for one in audits if one.closed_at is None), None)
    open_ones = [one for one in licence.sanctions.all() if one.state in ("hearing", "voting", "appeal")]
    last = closed[-1] if closed else None
    return LicenceLine(
        licence,
        licence.seat_id == seat.pk,
        last,
        running,
        due_audit(licence, rules),
        open_ones[-1] if open_ones else None,
    )


def due_audit(licence: BrandLicence, rules: BrandRules | None) -> date | None:
    """When somebody looks next: the day agreed after a failed audit, else so many months after the last one."""
    audits = list(licence.audits.all())
    if not licence.living or rules is None or any(one.closed_at is None for one in audits):
        return None
    last = audits[-1] if audits else None
    if last is not None and last.again_on is not None:
        return last.again_on
    since = last.closed_at.date() if last and last.closed_at else licence.starts
    return add_months(since, rules.every) if since else None


# --- One licence ---


@dataclass(frozen=True, slots=True)
class SanctionLine:
    """A sanction with its votes."""

    sanction: BrandSanction
    ballot: Ballot | None
    appeal: Ballot | None


@dataclass(frozen=True, slots=True)
class LicencePage:
    """One licence or application, for a participant or for the company itself."""

    licence: BrandLicence
    me: Membership
    mine: bool
    takes_part: bool
    papers: tuple[BrandPaper, ...]
    audits: tuple[BrandAudit, ...]
    fixes: tuple[AuditPoint, ...]
    sanctions: tuple[SanctionLine, ...]
    ballot: Ballot | None
    rules: BrandRules | None
    guards: bool
    step: str

    @property
    def running(self) -> BrandAudit | None:
        return next((one for one in self.audits if one.closed_at is None), None)

    @property
    def last(self) -> BrandAudit | None:
        closed = [one for one in self.audits if one.closed_at is not None]
        return closed[-1] if closed else None

    @property
    def may_audit(self) -> bool:
        open_states = ("asked", "held", "suspended")
        return (
            self.takes_part and not self.mine and self.rules is not None and self.running is None
            and self.licence.state in open_states and self.licence.project.ended_at is None
        )  # fmt: skip

    @property
    def under_way(self) -> bool:
        return any(one.sanction.state in ("hearing", "voting", "appeal") for one in self.sanctions)


def licence_of(person: Person, public_id: str, *, voice: str = "") -> tuple[BrandLicence, Membership]:
    """A licence, through a seat that takes part in the project, or through the very company that asked for it."""
    known = BrandLicence.objects.select_related("project__grouping", "seat__company")
    licence = known.filter(public_id=public_id).first()
    if licence is None:
        raise NotYours
    return licence, seen_by(person, licence, voice)


def seen_by(person: Person, licence: BrandLicence, voice: str) -> Membership:
    project = licence.project
    me = membership(person, project.grouping.public_id, voice=voice)
    own = [seat for seat in me.seats if seat.pk == licence.seat_id and (not voice or seat.public_id == voice)]
    if own:
        return membership(person, project.grouping.public_id, voice=own[0].public_id) if me.seat != own[0] else me
    parts = set(project.participants.filter(left_at=None).values_list("seat_id", flat=True))
    mine = [seat for seat in me.seats if seat.pk in parts and (not voice or seat.public_id == voice)]
    if not mine:
        raise NotYours
    return me if me.seat in mine else membership(person, project.grouping.public_id, voice=mine[0].public_id)


def licence_page(licence: BrandLicence, me: Membership) -> LicencePage:
    """The page of one licence."""
    project = licence.project
    audits = tuple(licence.audits.select_related("auditor__company", "rules"))
    sanctions = list(licence.sanctions.select_related("opened_by__company"))
    calls = last_calls([licence.ballot, *(one.ballot for one in sanctions), *(one.appeal_ballot for one in sanctions)])
    closed = [one for one in audits if one.closed_at is not None]
    fixes: tuple[AuditPoint, ...] = ()
    if closed:
        wrong = AuditPoint.objects.filter(audit=closed[-1]).exclude(fix="")
        fixes = tuple(wrong.select_related("criterion", "photo", "fixed_photo"))
    mine = licence.seat_id == me.seat.pk
    standing = [one.step for one in sanctions if one.state in BrandSanction.STANDING]
    return LicencePage(
        licence=licence,
        me=me,
        mine=mine,
        takes_part=not mine or permissions.takes_part(project, me.seat),
        papers=tuple(licence.papers.select_related("document")),
        audits=audits,
        fixes=fixes,
        sanctions=tuple(SanctionLine(one, calls.get(one.ballot), calls.get(one.appeal_ballot)) for one in sanctions),
        ballot=calls.get(licence.ballot),
        rules=project.brand_rules.filter(state=BrandRules.State.IN_FORCE).first(),
        guards=not mine and permissions.may_guard(project, me.seat),
        step=next_step(standing) or "",
    )


def paper_of(licence: BrandLicence, public_id: str) -> Document:
    """A document that this very applicant joined."""
    found = licence.papers.select_related("document").filter(public_id=public_id).first()
    return found.document if found else nothing()


def sanction_of(person: Person, public_id: str, *, voice: str = "") -> tuple[BrandSanction, Membership]:
    """A sanction, to whoever sees its licence."""
    known = BrandSanction.objects.select_related("licence__project__grouping", "licence__seat__company")
    found = known.filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found, seen_by(person, found.licence, voice)


def brand_file_of(project: Project, me: Membership, public_id: str) -> Document:
    """A file of the library, to a company whose licence runs today; nobody else finds it."""
    found = BrandFile.objects.filter(asset__project=project, public_id=public_id).select_related("document").first()
    if found is None or not _uses(project, me):
        raise NotYours
    return found.document


def brand_date_of(project: Project, public_id: str) -> BrandDate:
    """A date of this project's mark."""
    known = BrandDate.objects.select_related("project__grouping").filter(project=project, public_id=public_id)
    return known.first() or nothing()


def brand_dates_coming(seats: Sequence[int], *, until: date) -> list[tuple[BrandDate, Project]]:
    """What the marks of some seats have to do by a day: for calendars."""
    mine = Project.objects.filter(participants__seat__in=seats, participants__left_at=None, ended_at=None)
    rows = BrandDate.objects.filter(project__in=mine, done_at=None, due__lte=until).select_related("project__grouping")
    return [(row, row.project) for row in rows]


def nothing() -> NoReturn:
    raise NotYours


def applicant(person: Person, public_id: str, *, voice: str = "") -> tuple[Project, Membership]:
    """A project with a brand, to any member of its grouping: enough to ask for a licence."""
    project = Project.objects.select_related("grouping").filter(public_id=public_id).first()
    if project is None or "brand" not in project.tools:
        raise NotYours
    return project, membership(person, project.grouping.public_id, voice=voice)
