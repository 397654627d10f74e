"""A study as its companies see it: the offers side by side, the promises, the tranches, what each owes, the rights."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch

from cordee.governance.models import Ballot
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects import permissions
from cordee.projects.models import (
    OfferMark,
    Pledge,
    Project,
    ProviderCall,
    ProviderOffer,
    StudyFund,
    Tranche,
)
from cordee.projects.reads.projects import partners_of
from cordee.projects.reads.votes import last_calls

MARKS = Prefetch("marks", OfferMark.objects.select_related("seat__company"))


def offer_label(offer: ProviderOffer) -> str:
    """An offer as it is named in a vote."""
    return f"{offer.provider}, {euros(offer.cents)}"


# --- Offers ---


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer beside the others: `above` is how much dearer than the cheapest, in percent; `mean` of the marks."""

    offer: ProviderOffer
    above: int
    mean: Fraction | None
    marks: tuple[OfferMark, ...]
    mine: OfferMark | None

    @property
    def shown(self) -> str:
        """The mean with one decimal."""
        if self.mean is None:
            return ""
        tenths = round(self.mean * 10)
        return f"{tenths // 10}{',' if language() == 'fr' else '.'}{tenths % 10}"


@dataclass(frozen=True, slots=True)
class ProvidersPage:
    """The call of a project, and what came."""

    project: Project
    me: Membership
    call: ProviderCall | None
    lines: tuple[OfferLine, ...]
    ballot: Ballot | None
    leads: bool

    @property
    def open(self) -> bool:
        """Whether offers still come in."""
        return bool(self.call and not self.call.decided_at and not self.call.ballot and not self.project.ended_at)

    @property
    def marking(self) -> bool:
        return bool(self.call and not self.call.decided_at and not self.project.ended_at)

    @property
    def chosen(self) -> ProviderOffer | None:
        return next((line.offer for line in self.lines if line.offer.chosen_at), None)


def providers_page(project: Project, me: Membership) -> ProvidersPage:
    """The call and its offers, the cheapest first."""
    call = ProviderCall.objects.filter(project=project).first()
    offers = list(call.offers.select_related("document", "seat__company").prefetch_related(MARKS)) if call else []
    least = min((offer.cents for offer in offers), default=0)
    ballot = last_calls([call.ballot]).get(call.ballot) if call else None
    lines = tuple(_offer(offer, least, me.seat) for offer in offers)
    return ProvidersPage(project, me, call, lines, ballot, permissions.may_lead(project, me.seat))


def _offer(offer: ProviderOffer, least: int, seat: Seat) -> OfferLine:
    marks = tuple(offer.marks.all())
    mean = Fraction(sum(one.mark for one in marks), len(marks)) if marks else None
    above = round(Fraction(100 * (offer.cents - least), least)) if least else 0
    return OfferLine(offer, above, mean, marks, next((one for one in marks if one.seat_id == seat.pk), None))


def offer_of(project: Project, public_id: str) -> ProviderOffer:
    """An offer of this project. NotYours where there is none."""
    found = ProviderOffer.objects.select_related("call__project__grouping", "document")
    offer = found.filter(call__project=project, public_id=public_id).first()
    if offer is None:
        raise NotYours
    return offer


# --- Promises and tranches ---


def pledges_of(fund: StudyFund) -> list[Pledge]:
    """The promises that count: of those who take part; once they bind, of whoever made them."""
    found = list(fund.pledges.select_related("seat__company", "seat__holder"))
    if fund.state == StudyFund.State.REACHED:
        return found
    here = {seat.pk for seat in partners_of(fund.project)}
    return [one for one in found if one.seat_id in here]


def fund_of(project: Project) -> StudyFund:
    """The promises of a project. NotYours before they are opened."""
    found = StudyFund.objects.select_related("project__grouping", "buyer__company").filter(project=project).first()
    if found is None:
        raise NotYours
    return found


def borne_by(fund: StudyFund) -> dict[str, int]:
    """What each company bears of the tranches that were launched, by the public identifier of its seat."""
    return _borne(fund.tranches.all())


def _borne(tranches: Iterable[Tranche]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in tranches:
        if one.state == Tranche.State.RELEASED:
            found.update(one.parts)
    return dict(found)


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """One company: what it promised, and what it bears of what was launched."""

    seat: Seat
    pledge: Pledge | None
    owed: int
    mine: bool

    @property
    def cents(self) -> int:
        return self.pledge.cents if self.pledge else 0

    @property
    def left(self) -> int:
        """What was promised and not asked for."""
        return max(0, self.cents - self.owed)


@dataclass(frozen=True, slots=True)
class TrancheLine:
    """A tranche, its vote, and what may be done with it."""

    tranche: Tranche
    ballot: Ballot | None
    late: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class PledgesPage:
    """The promises and the tranches of a study."""

    project: Project
    me: Membership
    fund: StudyFund | None
    lines: tuple[PledgeLine, ...]
    tranches: tuple[TrancheLine, ...]
    leads: bool
    today: date

    @property
    def promised(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def owed(self) -> int:
        return sum(line.owed for line in self.lines)

    @property
    def missing(self) -> int:
        return max(0, self.fund.threshold_cents - self.promised) if self.fund else 0

    @property
    def percent(self) -> int:
        """How far towards the threshold, at most 100."""
        return min(100, self.promised * 100 // self.fund.threshold_cents) if self.fund else 0

    @property
    def mine(self) -> PledgeLine | None:
        return next((line for line in self.lines if line.mine), None)

    @property
    def may_pledge(self) -> bool:
        fund = self.fund
        return bool(
            fund
            and not self.project.ended_at
            and fund.state != StudyFund.State.RELEASED
            and self.today <= fund.closes_on
        )

    @property
    def binds(self) -> bool:
        """Whether my company promised and the threshold is reached."""
        return bool(self.fund and self.fund.state == StudyFund.State.REACHED and self.mine and self.mine.cents)

    @property
    def planned(self) -> int:
        return sum(line.tranche.cents for line in self.tranches)

    @property
    def stopped(self) -> bool:
        return any(line.tranche.state == Tranche.State.STOPPED for line in self.tranches)


def pledges_page(project: Project, me: Membership, *, today: date) -> PledgesPage:
    """What is promised, what is launched, what each owes."""
    fund = StudyFund.objects.select_related("buyer__company").filter(project=project).first()
    leads = permissions.may_lead(project, me.seat)
    if fund is None:
        return PledgesPage(project, me, None, (), (), leads, today)
    fund.project = project
    found = list(fund.tranches.select_related("document", "accepted_by__company"))
    made, owed = {one.seat_id: one for one in pledges_of(fund)}, _borne(found)
    seats = {seat.pk: seat for seat in (*partners_of(project), *(one.seat for one in made.values()))}
    lines = tuple(
        PledgeLine(seat, made.get(key), owed.get(seat.public_id, 0), key == me.seat.pk) for key, seat in seats.items()
    )
    return PledgesPage(project, me, fund, lines, tuple(_tranches(fund, found, today)), leads, today)


def _tranches(fund: StudyFund, found: list[Tranche], today: date) -> Iterable[TrancheLine]:
    ballots = last_calls(one.ballot for one in found)
    ready = fund.state == StudyFund.State.REACHED
    for one in found:
        planned = one.state == Tranche.State.PLANNED
        late = one.state == Tranche.State.RELEASED and not one.received_at and one.due_on < today
        yield TrancheLine(one, ballots.get(one.ballot), late, ready and planned)
        ready = ready and one.state == Tranche.State.RELEASED and one.received_at is not None


def tranche_of(project: Project, public_id: str) -> Tranche:
    """A tranche of this project. NotYours where there is none."""
    found = Tranche.objects.select_related("fund__project__grouping", "document")
    one = found.filter(fund__project=project, public_id=public_id).first()
    if one is None:
        raise NotYours
    return one
