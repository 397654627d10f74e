"""The picture of a pool, made on the server: the same cost, cut by each key; and its table."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from cordee.ground.kit.money import euros
from cordee.money.reads import PoolPage

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


def _ordered(page: PoolPage) -> list[int]:
    """My seat first, then the others in their order."""
    seats = [member.seat_id for member in page.members]
    return sorted(seats, key=lambda seat: seat != page.seat.pk)


@register.filter
def legend(page: PoolPage) -> list[str]:
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
def cuts(page: PoolPage) -> list[Cut]:
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
def rows(page: PoolPage) -> list[Row]:
    """One line of the table per company, mine marked."""
    return [
        Row(
            name=str(member.seat),
            use="" if member.use is None else f"{member.use / 100:g}".replace(".", ","),
            alone=member.alone_cents,
            shares=tuple(proposal.shares.get(member.seat_id) for proposal in page.proposals),
            is_mine=member.seat_id == page.seat.pk,
        )
        for member in page.members
    ]


@register.filter
def owed(balance: int) -> str:
    """What is left to pay, without its sign."""
    return euros(abs(balance))
