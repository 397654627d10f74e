"""Common costs as the members see them: what was spent, what counts, by which key, « pourquoi je dois cela ? »."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cordee.engines import sharing
from cordee.engines.units import MemberId
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
from cordee.money.models import (
    MOVES,
    CostPool,
    Dispute,
    Heading,
    KeyKind,
    Ledger,
    Nature,
    PoolLine,
    PoolShare,
    SharingKey,
    Transfer,
)
from cordee.money.reads.accounts import Accounts, accounts_of
from cordee.money.reads.adopted import ballots_on, newest
from cordee.money.reads.keys import BY_GAME, FIRST, Proposal, figures_of, proposal, unsettled

REBILLED = (Nature.REBILLED, Nature.PASS_THROUGH)


@dataclass(frozen=True, slots=True)
class PoolPage:
    """A pool, as one seat sees it."""

    pool: CostPool
    seat: Seat
    members: tuple[PoolShare, ...]
    lines: tuple[PoolLine, ...]  # all that are not struck out, those that wait too
    total: int  # what counts, advances left out
    unpaid: int
    headings: tuple[Heading, ...]
    adopted: tuple[SharingKey, ...]  # in force: of the pool, of its budget lines
    proposals: tuple[Proposal, ...]
    alone_total: int | None
    my_alone: int | None
    voting_on: Ballot | None
    transfers: tuple[Transfer, ...]
    account: sharing.Account | None  # mine
    waiting: tuple[PoolLine, ...]  # counted, but governed by no key yet
    awaited: int  # how many lines wait for an approval or an answer
    rebills: bool  # I paid something that I invoice to the others


def my_pools(person: Person) -> QuerySet[CostPool]:
    """Every pool in the groupings of this person, the open ones first."""
    return (
        CostPool.objects.filter(grouping__in=my_seats(person).values("grouping"))
        .select_related("grouping")
        .order_by("state", "-opened_at")
    )


def pool_of(person: Person, public_id: str, *, voice: str = "") -> tuple[CostPool, Seat]:
    """A pool, reached through a seat of its grouping; a stranger finds nothing."""
    books = Ledger.objects.filter(grouping=OuterRef("grouping"))  # an entity keeps books; without one, nobody does
    rows = CostPool.objects.select_related("grouping", "opened_by__company").annotate(keeps_books=Exists(books))
    pool = rows.filter(public_id=public_id).first()
    if pool is None:
        raise NotYours
    seats = list(my_seats(person).filter(grouping=pool.grouping_id))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return pool, chosen[0]


def pool_page(pool: CostPool, seat: Seat) -> PoolPage:
    """One pool in full, for one seat."""
    members = list(pool.members.select_related("seat__company"))
    open_disputes = Prefetch(
        "disputes", queryset=Dispute.objects.filter(outcome="").select_related("seat__company", "answered_by__company")
    )
    rows = pool.lines.filter(struck_at=None).select_related(
        "paid_by__company", "receipt", "added_by__company", "key", "heading", "rate", "carried", "received"
    )
    lines = list(rows.prefetch_related(open_disputes))
    posted = [line for line in lines if line.state == PoolLine.State.POSTED]
    posted.sort(key=lambda line: (line.posted_at or line.added_at, line.pk))
    accounts = accounts_of(pool, posted, [member.seat.public_id for member in members])
    keys = list(pool.keys.select_related("heading", "proposed_by__company"))
    counted = [line for line in posted if line.nature not in MOVES]
    total = sum(line.cents for line in counted)
    in_force = newest(keys)
    alone = [member.alone_cents for member in members]
    paid = pool.transfers.select_related("debtor__company", "creditor__company")
    known = [kind for kind in KeyKind if kind in FIRST or (kind not in BY_GAME and _known(pool, kind, members))]
    return PoolPage(
        pool=pool,
        seat=seat,
        members=tuple(members),
        lines=tuple(lines),
        total=total,
        unpaid=sum(line.cents for line in counted if line.paid_by_id is None),
        headings=tuple(pool.headings.all()),
        adopted=tuple(in_force.values()),
        proposals=tuple(proposal(pool, kind, members, total, seat, in_force.get(None)) for kind in known),
        alone_total=None if None in alone or not alone else sum(value or 0 for value in alone),
        my_alone=next((member.alone_cents for member in members if member.seat_id == seat.pk), None),
        voting_on=ballots_on(pool, keys).first(),
        transfers=tuple(paid.prefetch_related(open_disputes)) if pool.state == CostPool.State.SETTLED else (),
        account=accounts.accounts.get(MemberId(seat.public_id)),
        waiting=accounts.waiting,
        awaited=len(lines) - len(posted),
        rebills=any(one.nature in REBILLED and one.paid_by_id == seat.pk for one in posted),
    )


def _known(pool: CostPool, kind: KeyKind, members: Sequence[PoolShare]) -> bool:
    return not unsettled(pool, kind) and all(value is not None for value in figures_of(kind, members).values())


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """A key with the vote that adopted it."""

    key: SharingKey
    decision: Ballot | None
    announced: str


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One line of the pool, in my account: its total, my part of it, VAT on it, and the reason in words."""

    line: PoolLine
    mine: int
    vat: int
    reasons: tuple[str, ...]
    used: KeyUsed | None


@dataclass(frozen=True, slots=True)
class WhyPage:
    """From the balance back to each line, its key, and the vote that adopted it."""

    pool: CostPool
    seat: Seat
    lines: tuple[WhyLine, ...]
    paid_lines: tuple[tuple[PoolLine, int], ...]  # what I paid, with the VAT that the others add
    keys: tuple[KeyUsed, ...]
    owes: int
    paid: int
    balance: int
    waiting: tuple[PoolLine, ...]
    transfers: tuple[Transfer, ...]


def why_page(pool: CostPool, seat: Seat, accounts: Accounts | None = None) -> WhyPage | None:
    """« Pourquoi je dois cela ? » None while no cost is shared, or for a company that takes no part."""
    found = accounts or accounts_of(pool)
    me = MemberId(seat.public_id)
    account = found.accounts.get(me)
    if account is None or not found.lines:
        return None
    used = _keys_used([one.line.key for one in found.lines if one.line.key and one.line.split == PoolLine.Split.KEY])
    told = tuple(
        WhyLine(
            one.line,
            int(one.share.shares[me]),
            one.vat.get(me, 0),
            tuple(sharing.say(reason, language()) for reason in one.share.reasons[me]),
            used.get(one.line.key_id or 0) if one.line.split == PoolLine.Split.KEY else None,
        )
        for one in found.lines
        if one.share.shares.get(me)
    )
    mine = pool.transfers.select_related("debtor__company", "creditor__company")
    return WhyPage(
        pool=pool,
        seat=seat,
        lines=told,
        paid_lines=tuple(
            (one.line, one.line.cents + sum(one.vat.values())) for one in found.lines if one.line.paid_by_id == seat.pk
        ),
        keys=tuple(used.values()),
        owes=int(account.owes),
        paid=int(account.paid),
        balance=int(account.balance),
        waiting=found.waiting,
        transfers=tuple(transfer for transfer in mine if seat.pk in (transfer.debtor_id, transfer.creditor_id)),
    )


def _keys_used(keys: Sequence[SharingKey]) -> dict[int, KeyUsed]:
    by_id = {key.pk: key for key in keys}
    decisions = Ballot.objects.filter(
        resolution__public_id__in=[key.by_decision.rpartition("/")[2] for key in by_id.values()],
        outcome=Ballot.Outcome.ADOPTED,
    ).select_related("resolution")
    votes = {ballot.resolution.public_id: ballot for ballot in decisions}
    found = {}
    for key in by_id.values():
        ballot = votes.get(key.by_decision.rpartition("/")[2])
        found[key.pk] = KeyUsed(key, ballot, announced(ballot) if ballot else "")
    return found


def key_address(key: SharingKey) -> str:
    """The address of a key, as a resolution names it."""
    return address(key)


def _amount(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "amount": euros(entry.facts["cents"])}


POOL_SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str]] = {
    "money.pool.opened": gettext_lazy("%(who)s a ouvert des comptes communs"),
    "money.site.opened": _amount(gettext_noop("%(who)s a ouvert un compte prorata, %(amount)s prévus")),
    "money.line.added": _amount(gettext_noop("%(who)s a noté une dépense de %(amount)s")),
    "money.bill.imported": _amount(gettext_noop("%(who)s a apporté une facture de %(amount)s")),
    "money.line.struck": _amount(gettext_noop("%(who)s a rayé une dépense de %(amount)s")),
    "money.line.approved": _amount(gettext_noop("%(who)s a approuvé une dépense de %(amount)s")),
    "money.line.posted": _amount(gettext_noop("Une dépense de %(amount)s compte : personne ne l’a contestée à temps")),
    "money.dispute.raised": gettext_lazy("%(who)s conteste une dépense ou un paiement"),
    "money.dispute.answered": gettext_lazy("%(who)s a répondu à une contestation"),
    "money.dispute.ended": gettext_lazy("%(who)s a mis fin à une contestation"),
    "money.use.noted": gettext_lazy("%(who)s a noté qui utilise quoi"),
    "money.figures.noted": gettext_lazy("%(who)s a noté des chiffres pour les clés"),
    "money.game.described": gettext_lazy("%(who)s a décrit ce que chacun paierait seul"),
    "money.key.proposed": gettext_lazy("%(who)s a proposé une clé de partage"),
    "money.key.adopted": gettext_lazy("La clé de partage votée est en vigueur"),
    "money.heading.added": _amount(gettext_noop("%(who)s a ajouté un poste de %(amount)s au budget")),
    "money.budget.proposed": _amount(gettext_noop("%(who)s a mis au vote un budget de %(amount)s")),
    "money.commitment.made": _amount(gettext_noop("%(who)s a engagé %(amount)s")),
    "money.commitment.closed": _amount(gettext_noop("%(who)s a clos un engagement de %(amount)s")),
    "money.recurring.added": _amount(gettext_noop("%(who)s a noté une dépense de %(amount)s qui revient")),
    "money.recurring.stopped": gettext_lazy("%(who)s a arrêté une dépense qui revient"),
    "money.rate.proposed": _amount(gettext_noop("%(who)s a proposé de valoriser un apport à %(amount)s")),
    "money.rate.adopted": _amount(gettext_noop("Un apport se valorise désormais à %(amount)s")),
    "money.call.made": _amount(gettext_noop("%(who)s a appelé %(amount)s")),
    "money.call.paid": _amount(gettext_noop("%(who)s dit avoir versé %(amount)s")),
    "money.call.received": _amount(gettext_noop("%(who)s a reçu %(amount)s d’un appel de fonds")),
    "money.call.reminded": gettext_lazy("Cordée a rappelé un appel de fonds"),
    "money.pool.settled": gettext_lazy("%(who)s a soldé les comptes communs"),
    "money.pools.netted": gettext_lazy("%(who)s a soldé plusieurs comptes à la fois"),
    "money.transfer.confirmed": _amount(gettext_noop("%(who)s a confirmé un paiement de %(amount)s")),
    "money.account.given": gettext_lazy("%(who)s a donné le compte bancaire où la payer"),
    "money.statement.brought": gettext_lazy("%(who)s a lu un relevé bancaire"),
    "money.final.drawn": gettext_lazy("%(who)s a arrêté un décompte définitif"),
    "money.final.sent": gettext_lazy("%(who)s a envoyé un décompte définitif à signer"),
    "money.post.opened": gettext_lazy("%(who)s a ouvert un poste partagé"),
    "money.post.noted": gettext_lazy("%(who)s a noté les heures d’un poste partagé"),
    "money.post.regularised": _amount(gettext_noop("%(who)s a régularisé l’année d’un poste partagé, pour %(amount)s")),
    "money.project_cost.invoiced": gettext_lazy("%(who)s a préparé la facture d’un coût de projet"),
    "money.project_cost.brought": _amount(gettext_noop("%(who)s a porté %(amount)s d’un projet aux comptes")),
    "money.post.billed": _amount(gettext_noop("%(who)s a porté %(amount)s de poste partagé aux comptes")),
}
"""What a book says of the acts of a pool."""
