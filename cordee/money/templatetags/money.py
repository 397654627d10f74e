"""The picture of a pool, made on the server: the same cost, cut by each key; and its table."""

from dataclasses import dataclass
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _

from cordee.ground.kit import money as kit
from cordee.ground.kit.money import euros
from cordee.groupings.models import Seat
from cordee.money import permissions
from cordee.money.models import MOVES, Dispute, PoolLine, SharingKey
from cordee.money.reads import BudgetLine, BudgetPage, KeysPage, PoolPage, Proposal

register = template.Library()
MOST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the picture, in hundredths of its width."""

    x: str
    width: str
    style: int


@dataclass(frozen=True, slots=True)
class Row:
    """One company in the table."""

    name: str
    use: str
    alone: int | None
    shares: tuple[int | None, ...]
    is_mine: bool


def _ordered(page: PoolPage | KeysPage) -> list[int]:
    """My seat first, then the others in their order."""
    seats = [member.seat_id for member in page.members]
    return sorted(seats, key=lambda seat: seat != page.seat.pk)


@register.filter
def legend(page: PoolPage | KeysPage) -> list[str]:
    """At most four names; beyond, « les autres » share the last tone."""
    names = {member.seat_id: str(member.seat) for member in page.members}
    ordered = [names[seat] + (f" ({_('vous')})" if seat == page.seat.pk else "") for seat in _ordered(page)]
    return ordered if len(ordered) <= MOST else [*ordered[: MOST - 1], _("les autres")]


@dataclass(frozen=True, slots=True)
class Cut:
    """The whole cost, cut by one key."""

    label: str
    bars: tuple[Bar, ...]


@register.filter
def cuts(page: PoolPage | KeysPage) -> list[Cut]:
    """One stacked bar per key that can be computed."""
    found = []
    for proposal in page.proposals:
        x, bars = 0, []
        for place, seat in enumerate(_ordered(page)):
            cents = proposal.shares.get(seat, 0)
            if cents > 0 and page.total > 0:
                style = min(place, MOST - 1) + 1
                bars.append(Bar(_hundredths(x, page.total), _hundredths(cents, page.total), style))
            x += max(cents, 0)
        if bars:
            found.append(Cut(proposal.label, tuple(bars)))
    return found


def _hundredths(cents: int, total: int) -> str:
    return f"{cents * 10000 // total / 100:.2f}"


@register.filter
def rows(page: PoolPage | KeysPage) -> list[Row]:
    """One line of the table per company, mine marked."""
    return [
        Row(
            name=str(member.seat),
            use="" if member.use is None else kit.hundredths(member.use),
            alone=page.alone.get(member.seat_id) if isinstance(page, KeysPage) else member.alone_cents,
            shares=tuple(proposal.shares.get(member.seat_id) for proposal in page.proposals if proposal.shares),
            is_mine=member.seat_id == page.seat.pk,
        )
        for member in page.members
    ]


@register.filter
def owed(balance: int) -> str:
    """What is left to pay, without its sign."""
    return euros(abs(balance))


@dataclass(frozen=True, slots=True)
class Pair:
    """What a subgroup would pay apart and by this key, as two bars of one scale."""

    names: str
    alone: int
    together: int
    gain: int
    alone_width: str
    together_width: str


@register.filter
def pairs(proposal: Proposal) -> list[Pair]:
    """The subgroups that would do better apart, the largest gain first."""
    most = max((one.together for one in proposal.apart), default=1) or 1
    return [
        Pair(
            ", ".join(one.names),
            one.alone,
            one.together,
            one.gain,
            _hundredths(one.alone, most),
            _hundredths(one.together, most),
        )
        for one in proposal.apart
    ]


@register.filter
def hundredths(value: int | None) -> str:
    """« 12,5 » for 1250."""
    return "" if value is None else kit.hundredths(int(value))


@register.filter
def plus(one: int, other: int) -> int:
    """Two amounts together."""
    return int(one) + int(other or 0)


@register.filter
def mine(key: SharingKey, seat: Seat) -> list[str]:
    """Why this company bears its part, where the key says it (Shapley, nucleolus)."""
    return list(key.settings.get("why", {}).get(seat.public_id, []))


@register.filter
def approvable(line: PoolLine, seat: Seat) -> bool:
    """Whether this company may approve this cost."""
    return permissions.may_approve(line, seat)


@register.filter
def strikable(line: PoolLine, seat: Seat) -> bool:
    """Whether this company wrote or paid this cost; the money's keeper finds it on its own pages."""
    received = line.nature in MOVES and line.state == PoolLine.State.POSTED
    return seat.pk in (line.added_by_id, line.paid_by_id) and not received


@register.filter
def answerable(dispute: Dispute, seat: Seat) -> bool:
    """Whether this company is asked to answer."""
    if dispute.answer or dispute.seat_id == seat.pk:
        return False
    about = dispute.line or dispute.transfer
    if isinstance(about, PoolLine):
        return seat.pk in (about.added_by_id, about.paid_by_id)
    return about is not None and seat.pk in (about.debtor_id, about.creditor_id)


@register.filter
def endings(dispute: Dispute, seat: Seat) -> list[tuple[str, str]]:
    """How this company may end a dispute."""
    found = []
    if dispute.seat_id == seat.pk:
        found.append((Dispute.Outcome.ACCEPTED.value, _("J’accepte, la contestation est close")))
    if dispute.line is not None and seat.pk in (dispute.line.added_by_id, dispute.line.paid_by_id):
        found.append((Dispute.Outcome.CORRECTED.value, _("Rayer cette dépense")))
    if dispute.answer and permissions.may_end(dispute, seat, Dispute.Outcome.SETTLED):
        found.append((Dispute.Outcome.SETTLED.value, _("Trancher : elle compte")))
    return found


@register.filter
def budget_bars(line: BudgetLine, page: BudgetPage) -> list[Bar]:
    """Spent, committed, left of one line, on the scale of the largest one."""
    most = max((max(row.planned, row.spent + row.committed) for row in page.lines), default=1) or 1
    x, found = 0, []
    for cents, style in ((line.spent, 1), (line.committed, 2), (max(0, line.left), 3)):
        if cents > 0:
            found.append(Bar(_hundredths(x, most), _hundredths(cents, most), style))
            x += cents
    return found


@register.filter
def iban(number: str) -> str:
    """An account number in groups of four."""
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


@register.filter
def percent(value: Fraction) -> str:
    """« 7,86 » for an exact rate."""
    return kit.hundredths(round(value * 100))
