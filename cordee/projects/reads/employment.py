"""A shared person in money, as one company sees it: its own lines; totals for whoever employs or keeps the money."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Exists, Prefetch, QuerySet, Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.employment import Turn, reserve_rule, say_turn
from cordee.engines.units import Cents
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, membership
from cordee.projects import permissions
from cordee.projects.models import (
    EmploymentAccount,
    EmploymentLine,
    EmploymentTerms,
    Project,
    ReserveUse,
    SharedPerson,
    TimeShare,
    WorkEntry,
)
from cordee.projects.reads.leads import plain_cell
from cordee.projects.reads.projects import partners_of, project_of

Kind = EmploymentAccount.Kind
Beyond = Callable[[Project, Seat], Iterable[tuple[str, str]]]
BEYOND: list[Beyond] = []
"""What later rooms have to show beside the statements: labels and addresses for one seat. They sign in here."""


def beyond(project: Project, seat: Seat) -> tuple[tuple[str, str], ...]:
    """The pages of later rooms about this project."""
    return tuple(line for each in BEYOND for line in each(project, seat))


def headings() -> dict[str, str]:
    """The lines of a complete cost, as they are read."""
    return {
        "gross": _("Salaire brut"), "charges": _("Charges de l’employeur"), "leave": _("Congés, 13e mois, primes"),
        "travel": _("Déplacements"), "equipment": _("Santé, formation, équipement"), "management": _("Paie et gestion"),
        "reserve": _("Réserve"),
    }  # fmt: skip


def employment_terms_of(person: SharedPerson) -> EmploymentTerms | None:
    """The complete cost that was agreed for a person."""
    return EmploymentTerms.objects.filter(person=person).select_related("payer__company").first()


def months_without(entries: Iterable[WorkEntry], accounts: Iterable[EmploymentAccount]) -> tuple[date, ...]:
    """The months with hours that have no statement yet."""
    known = {one.on for one in accounts if one.kind == Kind.MONTH}
    return tuple(sorted({row.day.replace(day=1) for row in entries if row.minutes} - known))


def put_aside(lines: Iterable[EmploymentLine]) -> dict[str, int]:
    """What each company put into the reserve, by its public identifier; the lines of months."""
    found: dict[str, int] = {}
    for line in lines:
        if line.rows.get("reserve"):
            found[line.seat.public_id] = found.get(line.seat.public_id, 0) + line.rows["reserve"]
    return found


def lines_of(person: SharedPerson) -> QuerySet[EmploymentLine]:
    """Every line of the accounts of a person, for an act that settles them."""
    return EmploymentLine.objects.filter(account__person=person).select_related("account", "seat__company")


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """A month, a year or the end. `total` is nothing for whoever only sees its own line."""

    account: EmploymentAccount
    mine: EmploymentLine | None
    lines: tuple[EmploymentLine, ...]  # all of them, for whoever employs or keeps the money
    notes: tuple[str, ...]
    rows: tuple[tuple[str, int], ...]  # one’s own line, heading by heading

    together: int | None  # what all owe, where no subtraction tells the part of one

    @property
    def total(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def back(self) -> int:
        """What comes back to one’s own company."""
        return -self.mine.cents if self.mine else 0

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)


@dataclass(frozen=True, slots=True)
class Employment:
    """One shared person in money."""

    person: SharedPerson
    terms: EmploymentTerms | None
    costs: tuple[tuple[str, int], ...]
    months: tuple[AccountSeen, ...]
    years: tuple[AccountSeen, ...]
    returned: AccountSeen | None
    waiting: tuple[date, ...]  # months over, with hours, without a statement
    ready: tuple[int, ...]  # years that may be rebalanced
    mine_aside: int
    aside: int
    uses: tuple[ReserveUse, ...]
    keeps: bool  # sees all lines
    settles: bool  # employs, and the accounts are not ended
    shares: bool  # companies said how many half-days they take
    notes: tuple[str, ...]

    @property
    def yearly(self) -> int:
        """A year at complete cost."""
        return sum(cents for _label, cents in self.costs)

    @property
    def balance(self) -> int:
        """What is left in the reserve, before it is given back."""
        return self.aside - sum(use.cents for use in self.uses)


@dataclass(frozen=True, slots=True)
class EmploymentPage:
    """The shared people of a project in money."""

    project: Project
    me: Membership
    people: tuple[Employment, ...]
    leads: bool
    inside: bool  # takes part; whoever keeps the money of the grouping reads the totals from outside
    beyond: tuple[tuple[str, str], ...]  # pages of later rooms: label, address


def accounts_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Project, Membership]:
    """A project for who takes part, or who keeps the money of the grouping; anybody else finds nothing."""
    try:
        return project_of(person, public_id, voice=voice)
    except NotYours:
        project = Project.objects.select_related("grouping").filter(public_id=public_id).first()
        if project is None:
            raise
        me = membership(person, project.grouping.public_id, voice=voice)
        if "sheets" not in project.tools or not permissions.sees_totals(me.seat):
            raise
        return project, me


def employment_page(project: Project, me: Membership, *, at: datetime) -> EmploymentPage:
    """The page of one company: six queries, whatever the number of people and months."""
    asked = Exists(TimeShare.objects.filter(project=project, halves__gt=0))
    rows = SharedPerson.objects.filter(project=project).annotate(asked=asked)
    people = list(rows.select_related("terms__payer__company"))
    terms = {one.pk: one.terms for one in people if hasattr(one, "terms")}
    lines = Prefetch("lines", EmploymentLine.objects.select_related("seat__company"))
    found = EmploymentAccount.objects.filter(person__in=people).select_related("payer__company")
    accounts = list(found.prefetch_related(lines))
    uses = list(ReserveUse.objects.filter(person__in=people)) if accounts else []
    inside = me.seat in partners_of(project)
    mine = [one.person_id for one in terms.values() if one.payer_id == me.seat.pk]
    entries = list(WorkEntry.objects.filter(person__in=mine, absent=False)) if mine else []
    keeps = not inside or (len(mine) < len(people) and permissions.sees_totals(me.seat))
    leads = inside and project.ended_at is None and permissions.may_lead(project, me.seat)
    today = localtime(at).date()
    shown = tuple(
        _employment(
            person, terms.get(person.pk), [one for one in accounts if one.person_id == person.pk],
            tuple(one for one in uses if one.person_id == person.pk),
            [row for row in entries if row.person_id == person.pk], me, keeps, person.asked, today,
        )
        for person in people
    )  # fmt: skip
    return EmploymentPage(project, me, shown, leads, inside, beyond(project, me.seat) if inside else ())


def _employment(
    person: SharedPerson,
    terms: EmploymentTerms | None,
    accounts: list[EmploymentAccount],
    uses: tuple[ReserveUse, ...],
    entries: list[WorkEntry],
    me: Membership,
    keeps: bool,
    shares: bool,
    today: date,
) -> Employment:
    seen = [_seen(one, me, keeps) for one in accounts]
    months = [one for one in seen if one.account.kind == Kind.MONTH]
    years = [one for one in seen if one.account.kind == Kind.YEAR]
    back = next((one for one in seen if one.account.kind == Kind.RESERVE), None)
    waiting = tuple(day for day in months_without(entries, accounts) if day < today.replace(day=1))
    settled = {one.account.on.year for one in years}
    over = person.left_at is not None
    ready = sorted({one.account.on.year for one in months if over or one.account.on.year < today.year} - settled)
    aside = put_aside(line for one in accounts if one.kind == Kind.MONTH for line in one.lines.all())
    employs = terms is not None and terms.payer_id == me.seat.pk
    names = headings()
    costs = tuple((names[name], int(cents)) for name, cents in terms.costs.items()) if terms else ()
    return Employment(
        person, terms, costs, tuple(reversed(months)), tuple(reversed(years)), back, waiting, tuple(ready),
        aside.get(me.seat.public_id, 0), sum(aside.values()), uses, keeps or employs, employs and back is None, shares,
        (*_notes(terms, today), *(_alone(months) if keeps or employs else ())),
    )  # fmt: skip


def _notes(terms: EmploymentTerms | None, today: date) -> tuple[str, ...]:
    """What the tax rule says of the reserve, where it is above."""
    rule = reserve_rule(today)
    if terms is None or (terms.reserve <= rule.rate and terms.costs["reserve"] <= rule.cap):
        return ()
    words = {"rate": rule.rate // 100, "cap": euros(rule.cap), "year": rule.since.year}
    return (
        _(
            "Au-delà de %(rate)s %% du brut ou de %(cap)s par an, la réserve est imposée (lu en %(year)s, à vérifier "
            "avec un comptable)."
        )
        % words,
    )


def _alone(months: list[AccountSeen]) -> tuple[str, ...]:
    """One company that uses more than four fifths of the last six months: this may be judged a false sharing."""
    used: dict[str, int] = {}
    for seen in months[-6:]:
        for line in seen.lines:
            used[str(line.seat)] = used.get(str(line.seat), 0) + line.minutes
    most = max(used, key=lambda one: used[one], default="")
    if len(months) < 6 or not most or used[most] * 5 <= sum(used.values()) * 4:
        return ()
    words = {"company": most, "percent": round(100 * used[most] / sum(used.values()))}
    return (
        _(
            "%(company)s a pris %(percent)s %% des heures des six derniers mois. Au-delà de 80 %%, le partage peut "
            "être jugé fictif : parlez-en ensemble."
        )
        % words,
    )


def turn_of(line: EmploymentLine) -> Turn:
    """What the engine found for a company at the end of a year."""
    agreed, taken = Fraction(line.agreed, 60), Fraction(line.minutes, 60)
    counted = max(taken, agreed * Fraction(line.account.floor, 100))
    return Turn(agreed, taken, counted, Cents(line.billed), Cents(line.billed + line.cents))


def _seen(account: EmploymentAccount, me: Membership, keeps: bool) -> AccountSeen:
    every = tuple(account.lines.all())
    mine = next((line for line in every if line.seat_id == me.seat.pk), None)
    notes: tuple[str, ...] = ()
    if mine is not None and account.kind == Kind.YEAR:
        mine.account = account
        notes = say_turn(turn_of(mine), Fraction(account.floor, 100), language())
    all_of_them = keeps or account.payer_id == me.seat.pk
    names: Mapping[str, str] = headings()
    rows = tuple((names[name], mine.rows[name]) for name in names if mine.rows.get(name)) if mine else ()
    owing = [line.cents for line in every if line.cents]
    together = sum(owing) if len(owing) > 2 or all_of_them else None
    return AccountSeen(account, mine, every if all_of_them else (), notes, rows, together)


def employment_table(page: EmploymentPage) -> list[list[str]]:
    """The same for a spreadsheet: one’s own lines; every line for whoever employs or keeps the money."""
    names = headings()
    head = [_("Compte"), _("Date"), _("Qui"), _("Entreprise"), _("Minutes"), *names.values(), _("Total, €")]
    rows = [head]
    for one in page.people:
        for seen in (*one.months, *one.years, *([one.returned] if one.returned else [])):
            for line in seen.lines or ([seen.mine] if seen.mine else []):
                parts = [_plain(line.rows[name]) if name in line.rows else "" for name in names]
                who = [plain_cell(one.person.name), plain_cell(str(line.seat)), str(line.minutes)]
                kind = str(seen.account.get_kind_display())
                rows.append([kind, seen.account.on.isoformat(), *who, *parts, _plain(line.cents)])
    return rows


def _plain(cents: int) -> str:
    """12345 gives « 123,45 », as a spreadsheet reads it here."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def reserve_spent(person: SharedPerson) -> int:
    """What was taken from the reserve of a person."""
    return ReserveUse.objects.filter(person=person).aggregate(all=Sum("cents"))["all"] or 0
