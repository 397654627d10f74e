"""The results of a study: who may use them, who paid what, what a newcomer would pay."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cordee.engines.studies import buy_in, full_years
from cordee.engines.units import Cents, MemberId
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, membership
from cordee.projects import permissions
from cordee.projects.models import BuyIn, Project, ResultRule, StudyFund, Tranche, UseRight
from cordee.projects.reads.projects import Check, decisions_of, partners_of
from cordee.projects.reads.study import borne_by


@dataclass(frozen=True, slots=True)
class Entry:
    """What a newcomer would pay today, as plain values."""

    due: int
    worth: int
    years: int
    back: dict[str, int]
    why: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A company: what it bore, what it paid to come in, what came back to it."""

    seat: Seat
    borne: int
    entry: int
    back: int

    @property
    def net(self) -> int:
        return self.borne + self.entry - self.back


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Who may use the results, and what coming in costs."""

    project: Project
    me: Membership
    rights: tuple[UseRight, ...]
    rule: ResultRule | None
    paid: tuple[PaidLine, ...]
    entry: Entry | None
    back: tuple[tuple[Seat, int], ...]
    buy_ins: tuple[BuyIn, ...]
    outside: tuple[Seat, ...]
    decided: Check | None
    newcomers: Check | None
    leads: bool
    today: date

    @property
    def said(self) -> list[str]:
        """How the price is worked out, in the reader’s language."""
        return self.entry.why[language()] if self.entry else []

    @property
    def net(self) -> int:
        return sum(line.net for line in self.paid)

    @property
    def may_offer(self) -> bool:
        """Whether somebody may be asked to come in: there is a price, it was decided, and a company is outside."""
        return bool(self.entry and self.outside)


def net_paid(project: Project) -> dict[str, int]:
    """What each company paid for the study, less what newcomers gave back to it."""
    fund = StudyFund.objects.filter(project=project).first()
    return _net(borne_by(fund) if fund else {}, project.buy_ins.select_related("seat"))


def _net(borne: Mapping[str, int], buy_ins: Iterable[BuyIn]) -> dict[str, int]:
    found: Counter[str] = Counter(borne)
    for one in buy_ins:
        if one.state == BuyIn.State.ACCEPTED:
            found[one.seat.public_id] += one.cents
            found.subtract(one.back)
    return {key: cents for key, cents in found.items() if cents > 0}


def entry_price(project: Project, *, on: date) -> Entry | None:
    """What a newcomer would pay on this day; nothing without a rule, or before anybody paid."""
    rule = ResultRule.objects.filter(project=project).first()
    return _price(rule, net_paid(project), on) if rule else None


def _price(rule: ResultRule, net: Mapping[str, int], on: date) -> Entry | None:
    years = full_years(rule.since, on)
    paid = {MemberId(key): Cents(cents) for key, cents in net.items()}
    found = buy_in(paid, years, Fraction(rule.yearly, 100), Fraction(rule.floor, 100))
    if found is None:
        return None
    back = {str(key): int(cents) for key, cents in found.back.items()}
    why = {"fr": list(found.explain("fr")), "en": list(found.explain("en"))}
    return Entry(int(found.due), int(found.worth), years, back, why)


def results_page(project: Project, me: Membership, *, today: date) -> ResultsPage:
    """The rights, the rule, who paid what, and what a newcomer would pay today."""
    borne: Counter[str] = Counter()
    for launched in Tranche.objects.filter(fund__project=project, state=Tranche.State.RELEASED):
        borne.update(launched.parts)
    rule, decided = ResultRule.objects.filter(project=project).first(), decisions_of(project, "rights", "newcomers")
    leads = permissions.may_lead(project, me.seat)
    buy_ins = tuple(project.buy_ins.select_related("seat__company").order_by("id"))
    accepted = [one for one in buy_ins if one.state == BuyIn.State.ACCEPTED]
    newcomers = decided.get("newcomers")
    open_to_all = leads and rule is not None and (newcomers is None or newcomers.holds)
    known = {seat.public_id: seat for seat in partners_of(project)}
    if open_to_all or set(borne) - set(known):
        every = Seat.objects.filter(grouping=project.grouping_id).select_related("company")
        known = {seat.public_id: seat for seat in every}
    paid = tuple(
        PaidLine(
            seat,
            borne.get(key, 0),
            sum(one.cents for one in accepted if one.seat_id == seat.pk),
            sum(one.back.get(key, 0) for one in accepted),
        )
        for key, seat in known.items()
    )
    paid = tuple(line for line in paid if line.borne or line.entry)
    entry = _price(rule, _net(borne, buy_ins), today) if rule else None
    inside = {line.seat.pk for line in paid}
    outside = [seat for seat in known.values() if seat.state == Seat.State.MEMBER and seat.pk not in inside]
    return ResultsPage(
        project,
        me,
        tuple(project.use_rights.select_related("seat__company")),
        rule,
        paid,
        entry,
        tuple((known[key], cents) for key, cents in entry.back.items() if key in known) if entry else (),
        buy_ins,
        tuple(outside) if open_to_all else (),
        decided.get("rights"),
        newcomers,
        leads,
        today,
    )


def right_of(project: Project, public_id: str) -> UseRight:
    """A right of this project. NotYours where there is none."""
    found = project.use_rights.select_related("seat__company", "project__grouping").filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def member_of(project: Project, public_id: str) -> Seat:
    """A member of the project’s grouping. NotYours where it is none."""
    found = Seat.objects.filter(grouping=project.grouping_id, public_id=public_id, state=Seat.State.MEMBER).first()
    if found is None:
        raise NotYours
    return found


def buy_in_of(person: Person, public_id: str, *, voice: str = "") -> tuple[BuyIn, Membership, list[tuple[Seat, int]]]:
    """A proposal to come in, for the company to which it was made; with what goes back to whom."""
    known = BuyIn.objects.select_related("project__grouping", "seat__company", "offered_by__company")
    found = known.filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    me = membership(person, found.project.grouping.public_id, voice=found.seat.public_id)
    if me.seat.pk != found.seat_id or (voice and voice != me.seat.public_id):
        raise NotYours
    seats = {one.public_id: one for one in Seat.objects.filter(public_id__in=found.back).select_related("company")}
    return found, me, [(seats[key], cents) for key, cents in found.back.items()]


def said_then(buy_in: BuyIn) -> list[str]:
    """How its price was explained the day it was proposed, in the reader’s language."""
    words: list[str] = buy_in.why[language()]
    return words
