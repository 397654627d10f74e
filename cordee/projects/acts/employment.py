"""What a shared person costs each company: the complete cost agreed, the month, the year rebalanced, the reserve."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.employment import bills_of, given_back, rebalance
from cordee.engines.sharing.rounding import share
from cordee.engines.units import Cents, MemberId
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import KnowWhat, check_leads, my_tool, same_version
from cordee.projects.acts.sheets import close_sheets
from cordee.projects.models import (
    HEADINGS,
    EmploymentAccount,
    EmploymentLine,
    EmploymentTerms,
    Project,
    ReserveUse,
    SharedPerson,
    SheetClosing,
    TimeShare,
    WorkEntry,
)
from cordee.projects.reads import lines_of, month_after, months_without, put_aside, reserve_spent

Kind = EmploymentAccount.Kind
MOST = 100_000_000  # cents a year, a line of the cost


class NoCost(Refusal):
    """The complete cost of the person is not written."""


class AlreadySettled(Refusal):
    """This month, this year or the reserve is settled: it changes no more."""


def set_employment_cost(
    person: SharedPerson,
    *,
    reserve: int,
    hours: int,
    floor: int,
    payer: Seat,
    version: int = 0,
    costs: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> EmploymentTerms:
    """Write what a shared person costs in a year, for how many hours, and who employs. Statements drawn before stay.

    Shape         costs: gross, charges, leave, travel, equipment, management; what is absent costs nothing.
    Units         cents a year without VAT; reserve: hundredths of a percent of the gross; floor: percent.
    Allowed       who leads the project; once a statement was drawn, only who employs hands that over.
    Refused when  the tool is put away, there are no hours or no pay, a part is above 100 %, who employs does not take
                  part, or somebody wrote it in between.
    Tells         projects.employment_cost.set: a year in cents, the hours, the floor.
    """
    project = person.project
    with act("projects.employment_cost.set", book=project.grouping.book, by=by, at=at, on=person) as facts:
        fresh, seat = my_tool(project, by, "sheets")
        check_leads(fresh, seat)
        row = EmploymentTerms.objects.select_for_update(of=("self",)).filter(person=person).first()
        if not fresh.participants.filter(left_at=None, seat=payer).exists():
            raise NotYours
        words = {name: costs.get(name, 0) for name in HEADINGS}
        if min(words["gross"], hours) <= 0 or min(words.values()) < 0:
            raise KnowWhat(_("Écrivez le salaire brut et les heures d’une année, plus grands que zéro."))
        if max(words.values()) > MOST:
            raise Refusal(_("Un million d’euros par an et par ligne, au plus."))
        if not 0 <= reserve <= 10_000 or not 0 <= floor <= 100:
            raise Refusal(_("Une part va de 0 à 100 %."))
        if row is not None:
            mine, theirs = str(hours), str(row.hours)
            same_version(row.version, version, now={_("Heures"): theirs}, wanted={_("Heures"): mine})
            drawn = EmploymentAccount.objects.filter(person=person).exists()
            if drawn and row.payer_id not in (payer.pk, seat.pk):
                raise NotAllowed(
                    _("Des relevés existent : %(payer)s, qui emploie, peut seule le transmettre.")
                    % {"payer": row.payer},
                    why=_("Celle qui emploie lit les heures et les montants de toutes."),
                )
        made = row or EmploymentTerms(person=person, version=0)
        for name, cents in words.items():
            setattr(made, name, cents)
        made.reserve, made.hours, made.floor, made.payer = reserve, hours, floor, payer
        made.version += 1
        made.save()
        facts |= {"year": int(sum(made.costs.values())), "hours": hours, "floor": floor}
    return made


def draw_statement(person: SharedPerson, *, month: date, by: Actor, at: datetime) -> EmploymentAccount:
    """Draw the statement of a month: its hours are closed, each company owes its own at complete cost, to the cent.

    Allowed       the company that employs.
    Refused when  the tool is put away, no cost is written, the month is not over or has no hours, hours still wait for
                  an answer, a statement or the year is settled already, or the reserve was given back.
    Tells         projects.employment_statement.drawn: the month.
    """
    first, project = month.replace(day=1), person.project
    with act("projects.employment_statement.drawn", book=project.grouping.book, by=by, at=at, on=person) as facts:
        terms, seat = _employs(person, by)
        _open(person, Kind.MONTH, first, _("Le relevé de ce mois est arrêté."))
        _open(person, Kind.YEAR, first.replace(month=1), _("Cette année est rééquilibrée."))
        if not SheetClosing.objects.filter(person=person, month=first).exists():
            close_sheets(person, month=first, by=by, at=at)
        minutes: dict[MemberId, int] = {}
        rows = WorkEntry.objects.filter(person=person, day__gte=first, day__lt=month_after(first))
        for row in rows.select_related("seat"):
            if row.minutes:
                key = MemberId(row.seat.public_id)
                minutes[key] = minutes.get(key, 0) + row.minutes
        if not minutes:
            raise Refusal(_("Ce mois n’a pas d’heures."))
        bills, agreed = bills_of(terms.costs, Fraction(terms.hours), minutes), _agreed(project, terms)
        made = EmploymentAccount.objects.create(
            person=person, kind=Kind.MONTH, on=first, payer=terms.payer, seat=seat, at=at
        )
        lines: dict[MemberId, dict[str, object]] = {key: {"cents": 0, "agreed": many} for key, many in agreed.items()}
        for key, bill in bills.items():
            said = {"minutes": minutes[key], "agreed": agreed.get(key, 0)}
            lines[key] = {**said, "cents": bill.total, "rows": bill.lines}
        _write(made, lines)
        facts.on = address(made)
        facts |= {"month": first.isoformat()}
    return made


def close_employment_year(
    person: SharedPerson, *, year: int, actual: int, by: Actor, at: datetime
) -> EmploymentAccount:
    """Rebalance a year: what it really cost, shared by hours taken and at least the floor of those agreed.

    The hours agreed are those of a year, for the months in which the person was shared, in proportion to what each
    statement kept of the half-days agreed that month: nobody takes less at the end to owe less. The reserve is apart:
    it is neither in the cost nor in what was billed.

    Units         actual: cents without VAT, the reserve set aside.
    Allowed       the company that employs.
    Refused when  the tool is put away, the year is not over while the person is still shared, a month with hours has
                  no statement, there is none at all, nothing is said of the cost, or the year is settled already.
    Tells         projects.employment_year.closed: the year, what it really cost.
    """
    project, first = person.project, date(year, 1, 1)
    with act("projects.employment_year.closed", book=project.grouping.book, by=by, at=at, on=person) as facts:
        terms, seat = _employs(person, by, ended=True)
        fresh = SharedPerson.objects.get(pk=person.pk)
        if localtime(at).year <= year and fresh.left_at is None:
            raise Refusal(_("Cette année n’est pas finie."))
        _open(person, Kind.YEAR, first, _("Cette année est rééquilibrée."))
        _all_drawn(person, year=year)
        if not 0 < actual <= MOST:
            raise KnowWhat(_("Écrivez ce que l’année a vraiment coûté : plus que zéro, un million d’euros au plus."))
        lines = list(lines_of(person).filter(account__kind=Kind.MONTH, account__on__year=year))
        if not lines:
            raise Refusal(_("Aucun relevé cette année-là."))
        taken: dict[MemberId, int] = {}
        billed: dict[MemberId, Cents] = {}
        for line in lines:
            key = MemberId(line.seat.public_id)
            taken[key] = taken.get(key, 0) + line.minutes
            billed[key] = Cents(billed.get(key, 0) + line.cents - line.rows.get("reserve", 0))
        agreed = _agreed_in(fresh, terms, year, lines)
        turns = rebalance(Cents(actual), _hours(agreed), _hours(taken), billed, Fraction(terms.floor, 100))
        made = EmploymentAccount.objects.create(
            person=person,
            kind=Kind.YEAR,
            on=first,
            payer=terms.payer,
            floor=terms.floor,
            actual=actual,
            seat=seat,
            at=at,
        )
        words = {
            key: {
                "minutes": taken.get(key, 0), "agreed": agreed.get(key, 0), "billed": int(one.billed),
                "cents": one.correction,
            }
            for key, one in turns.items()
        }  # fmt: skip
        _write(made, words)
        facts.on = address(made)
        facts |= {"year": year, "actual": actual}
    return made


def use_reserve(person: SharedPerson, *, cents: int, why: str, by: Actor, at: datetime) -> ReserveUse:
    """Take money from the reserve of a shared person, and say for what: every company that pays reads it.

    Allowed       the company that employs.
    Refused when  the tool is put away, nothing is said, there is not as much in it, or it was given back.
    Tells         projects.reserve.used: how much.
    """
    with act("projects.reserve.used", book=person.project.grouping.book, by=by, at=at, on=person) as facts:
        _terms, seat = _employs(person, by, ended=True)
        if cents <= 0 or not why.strip():
            raise KnowWhat(_("Dites combien, et pour quoi."))
        if cents > _balance(person):
            raise Refusal(_("La réserve n’a pas autant."))
        made = ReserveUse.objects.create(person=person, cents=cents, why=why.strip()[:200], seat=seat, at=at)
        facts |= {"cents": cents}
    return made


def give_back_reserve(person: SharedPerson, *, by: Actor, at: datetime) -> EmploymentAccount:
    """Give what is left of the reserve back to each company as it put in; nothing is drawn for this person after that.

    Allowed       the company that employs.
    Refused when  the person is still shared, a month with hours has no statement, a year is not rebalanced, nothing is
                  left, or it was done.
    Tells         projects.reserve.given_back: how much.
    """
    with act("projects.reserve.given_back", book=person.project.grouping.book, by=by, at=at, on=person) as facts:
        terms, seat = _employs(person, by, ended=True)
        if SharedPerson.objects.get(pk=person.pk).left_at is None:
            raise Refusal(_("La réserve revient à chacun quand la personne n’est plus partagée."))
        _all_drawn(person)
        accounts = EmploymentAccount.objects.filter(person=person, kind__in=(Kind.MONTH, Kind.YEAR))
        rows = set(accounts.values_list("kind", "on__year"))
        late = sorted(year for kind, year in rows if kind == Kind.MONTH and (str(Kind.YEAR), year) not in rows)
        if late:
            raise Refusal(
                _("L’année %(year)s n’est pas encore rééquilibrée.") % {"year": late[0]},
                why=_("Une fois la réserve rendue, plus rien ne se corrige."),
            )
        balance = _balance(person)
        if not balance:
            raise Refusal(_("Il ne reste rien à rendre."))
        put_in = {MemberId(key): Cents(cents) for key, cents in _aside(person).items()}
        back = given_back(Cents(balance), put_in)
        made = EmploymentAccount.objects.create(
            person=person, kind=Kind.RESERVE, on=localtime(at).date(), payer=terms.payer, seat=seat, at=at
        )
        _write(made, {key: {"cents": -cents} for key, cents in back.items()})
        facts.on = address(made)
        facts |= {"cents": balance}
    return made


# --- Inside ---


def _employs(person: SharedPerson, by: Actor, *, ended: bool = False) -> tuple[EmploymentTerms, Seat]:
    """The cost re-read, and the seat that employs; the reserve is not given back yet."""
    _fresh, seat = my_tool(person.project, by, "sheets", ended=ended)
    SharedPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    terms = EmploymentTerms.objects.select_related("payer__company").filter(person=person).first()
    if terms is None:
        raise NoCost(
            _("Le coût complet n’est pas encore écrit."), do=_("Le responsable du projet l’écrit sur la page du coût.")
        )
    if terms.payer_id != seat.pk:
        raise NotAllowed(_("C’est à %(payer)s, qui emploie, de le faire.") % {"payer": terms.payer})
    if EmploymentAccount.objects.filter(person=person, kind=Kind.RESERVE).exists():
        raise AlreadySettled(_("La réserve est rendue : les comptes de cette personne sont clos."))
    return terms, seat


def _open(person: SharedPerson, kind: str, on: date, said: str) -> None:
    if EmploymentAccount.objects.filter(person=person, kind=kind, on=on).exists():
        raise AlreadySettled(said)


def _all_drawn(person: SharedPerson, *, year: int = 0) -> None:
    entries = WorkEntry.objects.filter(person=person, absent=False)
    accounts = EmploymentAccount.objects.filter(person=person, kind=Kind.MONTH)
    missing = [day for day in months_without(entries, accounts) if not year or day.year == year]
    if missing:
        raise Refusal(
            _("Un mois avec des heures n’a pas encore son relevé : %(month)s.") % {"month": f"{missing[0]:%m/%Y}"}
        )


def _agreed(project: Project, terms: EmploymentTerms) -> dict[MemberId, int]:
    """Minutes agreed for a month, by company: a twelfth of the year, as the half-days of the timetable share it."""
    parts = TimeShare.objects.filter(project=project, halves__gt=0).select_related("seat")
    return _shared(terms, 1, {MemberId(one.seat.public_id): one.halves for one in parts})


def _agreed_in(
    person: SharedPerson, terms: EmploymentTerms, year: int, lines: Iterable[EmploymentLine]
) -> dict[MemberId, int]:
    """Minutes agreed for the months of a year in which the person was shared, as its statements kept them."""
    months = (
        EmploymentAccount.objects.filter(person=person, kind=Kind.MONTH).order_by("on").values_list("on", flat=True)
    )
    begun, left = months[0], localtime(person.left_at).date() if person.left_at else None
    first = begun.month if begun.year == year else 1
    last = max(left.month, *(line.account.on.month for line in lines)) if left and left.year == year else 12
    weights: dict[MemberId, int] = {}
    for line in lines:
        key = MemberId(line.seat.public_id)
        weights[key] = weights.get(key, 0) + line.agreed
    return _shared(terms, last - first + 1, weights)


def _shared(terms: EmploymentTerms, months: int, weights: Mapping[MemberId, int]) -> dict[MemberId, int]:
    """The minutes of some months, shared by weights; nothing where nobody agreed anything."""
    if not any(weights.values()):
        return {}
    whole = Cents(round(Fraction(terms.hours * 60 * months, 12)))
    return {key: int(many) for key, many in share(whole, {key: Fraction(w) for key, w in weights.items()}).items()}


def _hours(minutes: Mapping[MemberId, int]) -> dict[MemberId, Fraction]:
    return {key: Fraction(many, 60) for key, many in minutes.items()}


def _aside(person: SharedPerson) -> dict[str, int]:
    return put_aside(lines_of(person).filter(account__kind=Kind.MONTH))


def _balance(person: SharedPerson) -> int:
    return sum(_aside(person).values()) - reserve_spent(person)


def _write(account: EmploymentAccount, words: Mapping[MemberId, Mapping[str, object]]) -> None:
    seats = {seat.public_id: seat for seat in Seat.objects.filter(public_id__in=words)}
    for key, row in words.items():
        values = {name: dict(value) if isinstance(value, Mapping) else value for name, value in row.items()}
        EmploymentLine.objects.create(account=account, seat=seats[str(key)], **values)
