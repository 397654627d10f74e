"""Common costs as the members see them: the keys side by side, « pourquoi je dois cela ? », who pays whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cordee.engines import sharing
from cordee.engines.settlement import Settlement, settle
from cordee.engines.units import Cents, MemberId
from cordee.governance.models import Ballot
from cordee.governance.reads import announced
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats
from cordee.money.models import CostPool, KeyKind, PoolLine, PoolShare, SharingKey, Transfer

NEEDS = {KeyKind.USE: "use", KeyKind.MIX: "use", KeyKind.ALONE: "alone_cents"}
"""What a key reads from each member's place in the pool."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way of sharing: what each pays, whether everyone gains, what is missing to compute it."""

    kind: str
    label: str
    hint: str
    shares: Mapping[int, int]  # seat → cents; empty when figures are missing
    mine: int
    losers: tuple[str, ...]  # who would pay less on its own
    missing: tuple[str, ...]  # whose figures are not known
    is_adopted: bool


@dataclass(frozen=True, slots=True)
class PoolPage:
    """A pool, as one seat sees it."""

    pool: CostPool
    seat: Seat
    members: tuple[PoolShare, ...]
    lines: tuple[PoolLine, ...]
    total: int
    unpaid: int
    alone_total: int | None
    my_alone: int | None
    proposals: tuple[Proposal, ...]
    adopted: SharingKey | None
    voting_on: Ballot | None
    transfers: tuple[Transfer, ...]


def my_pools(person: Person) -> QuerySet[CostPool]:
    """Every pool in the groupings of this person, the open ones first."""
    return (
        CostPool.objects.filter(grouping__in=my_seats(person).values("grouping"))
        .select_related("grouping")
        .order_by("state", "-opened_at")
    )


def pool_of(person: Person, public_id: str, *, voice: str = "") -> tuple[CostPool, Seat]:
    """A pool, reached through a seat of its grouping; a stranger finds nothing."""
    pool = CostPool.objects.select_related("grouping", "opened_by__company").filter(public_id=public_id).first()
    if pool is None:
        raise NotYours
    seats = list(my_seats(person).filter(grouping=pool.grouping_id))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return pool, chosen[0]


def lines_of(pool: CostPool) -> list[PoolLine]:
    """The lines that count."""
    return list(pool.lines.filter(struck_at=None).select_related("paid_by__company", "receipt", "added_by__company"))


def key_of(kind: str, figures: Mapping[str, int | None]) -> sharing.Key:
    """The key of the engine, from the figures it was proposed on (by seat)."""
    weights = {MemberId(seat): Fraction(value or 0) for seat, value in figures.items()}
    if kind == KeyKind.EQUAL:
        return sharing.Equal()
    if kind == KeyKind.ALONE:
        return sharing.ProRata(weights, money=True)
    use = sharing.ProRata({seat: value / 100 for seat, value in weights.items()})
    if kind == KeyKind.MIX:
        return sharing.Mix(((Fraction(1, 3), sharing.Equal()), (Fraction(2, 3), use)))
    return use


def figures_of(kind: str, members: list[PoolShare]) -> dict[str, int | None]:
    """What a key reads from the members of a pool, by seat; None where it is not known."""
    column = NEEDS.get(KeyKind(kind))
    return {member.seat.public_id: getattr(member, column) if column else 0 for member in members}


def split(lines: list[PoolLine], figures: Mapping[str, int | None], kind: str) -> sharing.PoolShares:
    """Share the lines of a pool. ValueError (sharing.Unfit) when the figures do not allow it."""
    return sharing.split_pool(
        [
            sharing.PoolLine(
                line.label, Cents(line.cents), kind, MemberId(line.paid_by.public_id) if line.paid_by else None
            )
            for line in lines
        ],
        [MemberId(seat) for seat in figures],
        {kind: key_of(kind, figures)},
    )


def pool_page(pool: CostPool, seat: Seat) -> PoolPage:
    """One pool in full, for one seat."""
    members = list(pool.members.select_related("seat__company"))
    lines = lines_of(pool)
    adopted = pool.keys.filter(adopted_at__isnull=False).order_by("-adopted_at").first()
    keys = pool.keys.values_list("public_id", flat=True)
    voting_on = (
        Ballot.objects.filter(
            grouping=pool.grouping_id,
            closed_at=None,
            resolution__effect="key",
            resolution__effect_on__in=[f"money/sharingkey/{key}" for key in keys],
        )
        .select_related("resolution")
        .first()
    )
    alone = [member.alone_cents for member in members]
    return PoolPage(
        pool=pool,
        seat=seat,
        members=tuple(members),
        lines=tuple(lines),
        total=sum(line.cents for line in lines),
        unpaid=sum(line.cents for line in lines if line.paid_by_id is None),
        alone_total=None if None in alone or not alone else sum(value or 0 for value in alone),
        my_alone=next((member.alone_cents for member in members if member.seat_id == seat.pk), None),
        proposals=tuple(_proposal(kind, members, lines, seat, adopted) for kind in KeyKind),
        adopted=adopted,
        voting_on=voting_on,
        transfers=tuple(pool.transfers.select_related("debtor__company", "creditor__company")),
    )


def _proposal(
    kind: KeyKind, members: list[PoolShare], lines: list[PoolLine], me: Seat, adopted: SharingKey | None
) -> Proposal:
    hints = {
        KeyKind.EQUAL: _("Chacun paie pareil"),
        KeyKind.USE: _("Chacun paie ce qu’il utilise"),
        KeyKind.MIX: _("Une base commune, puis l’usage"),
        KeyKind.ALONE: _("Chacun économise la même part"),
    }
    figures = figures_of(kind, members)
    missing = tuple(str(member.seat) for member in members if figures[member.seat.public_id] is None)
    by_id = {member.seat.public_id: member for member in members}
    shares: dict[int, int] = {}
    if not missing:
        try:
            accounts = split(lines, figures, kind).accounts
            shares = {by_id[seat].seat_id: account.owes for seat, account in accounts.items()}
        except sharing.Unfit:
            missing = tuple(str(member.seat) for member in members)
    losers = tuple(
        str(member.seat)
        for member in members
        if member.alone_cents is not None and shares and shares[member.seat_id] > member.alone_cents
    )
    return Proposal(
        kind=kind.value,
        label=str(kind.label),
        hint=hints[kind],
        shares=shares,
        mine=shares.get(me.pk, 0),
        losers=losers,
        missing=missing,
        is_adopted=adopted is not None and adopted.kind == kind,
    )


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One line of the pool, in my account: its total, my part of it, and the reason in words."""

    line: PoolLine
    mine: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyPage:
    """From the balance back to each line, its key, and the vote that adopted it."""

    pool: CostPool
    seat: Seat
    key: SharingKey
    lines: tuple[WhyLine, ...]
    owes: int
    paid: int
    balance: int
    decision: Ballot | None
    announced: str
    transfers: tuple[Transfer, ...]


def why_page(pool: CostPool, seat: Seat) -> WhyPage | None:
    """« Pourquoi je dois cela ? » None while no key is adopted."""
    key = (
        pool.keys.filter(adopted_at__isnull=False)
        .select_related("proposed_by__company")
        .order_by("-adopted_at")
        .first()
    )
    if key is None or seat.public_id not in key.figures:
        return None
    lines = lines_of(pool)
    shares = split(lines, key.figures, key.kind)
    me = MemberId(seat.public_id)
    account = shares.accounts[me]
    decision = (
        Ballot.objects.filter(resolution__public_id=key.by_decision.rpartition("/")[2], outcome=Ballot.Outcome.ADOPTED)
        .select_related("resolution")
        .first()
    )
    told = tuple(
        WhyLine(line, one.share.shares[me], tuple(reason.say(language()) for reason in one.share.reasons[me]))
        for line, one in zip(lines, shares.lines, strict=True)
    )
    mine = pool.transfers.select_related("debtor__company", "creditor__company")
    return WhyPage(
        pool=pool,
        seat=seat,
        key=key,
        lines=told,
        owes=account.owes,
        paid=account.paid,
        balance=account.balance,
        decision=decision,
        announced=announced(decision) if decision else "",
        transfers=tuple(transfer for transfer in mine if seat.pk in (transfer.debtor_id, transfer.creditor_id)),
    )


def settlement_of(pool: CostPool, key: SharingKey) -> Settlement:
    """The fewest transfers that settle a pool by its adopted key."""
    return settle(split(lines_of(pool), key.figures, key.kind).balances())


def open_transfers(person: Person) -> QuerySet[Transfer]:
    """The payments of this person's companies that are not settled: what they owe, what is owed to them.

    `owes` and `is_owed` say on which side they stand; both may be true for somebody with two companies.
    """
    seats = my_seats(person).values("pk")
    return (
        Transfer.objects.select_related("debtor__company", "creditor__company", "pool__grouping")
        .annotate(owes=_within("debtor", seats), is_owed=_within("creditor", seats))
        .filter(Q(owes=True, paid_at=None) | Q(is_owed=True, received_at=None))
    )


def _within(side: str, seats: QuerySet[Seat, Any]) -> Case:
    return Case(When(**{f"{side}__in": seats}, then=Value(True)), default=Value(False), output_field=BooleanField())


def due_by(person: Person) -> QuerySet[Transfer]:
    """The payments that await this person: to make first, then to confirm as received."""
    waiting = Q(owes=True, paid_at=None) | Q(is_owed=True, paid_at__isnull=False, received_at=None)
    return open_transfers(person).filter(waiting).order_by(F("paid_at").asc(nulls_first=True), "pk")


def key_address(key: SharingKey) -> str:
    """The address of a key, as a resolution names it."""
    return address(key)


def _amount(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "amount": euros(entry.facts["cents"])}


POOL_SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str]] = {
    "money.pool.opened": gettext_lazy("%(who)s a ouvert des comptes communs"),
    "money.line.added": _amount(gettext_noop("%(who)s a noté une dépense de %(amount)s")),
    "money.line.struck": _amount(gettext_noop("%(who)s a rayé une dépense de %(amount)s")),
    "money.use.noted": gettext_lazy("%(who)s a noté qui utilise quoi"),
    "money.key.proposed": gettext_lazy("%(who)s a proposé une clé de partage"),
    "money.key.adopted": gettext_lazy("La clé de partage votée est en vigueur"),
    "money.pool.settled": gettext_lazy("%(who)s a soldé les comptes communs"),
    "money.transfer.confirmed": _amount(gettext_noop("%(who)s a confirmé un paiement de %(amount)s")),
}
"""What a book says of the acts of a pool."""
