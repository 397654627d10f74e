"""The plan of a delivery as a picture made on the server; its table says the same."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from cordee.delivery.models import WorkItem
from cordee.delivery.reads import Board
from cordee.delivery.reads.board import Card

register = template.Library()
ROW = 40
"""How high a line is, in pixels; the names beside the picture have the same height."""
MOST = 30
"""Beyond that many cards, the picture and its table keep those that cannot slip."""


@dataclass(frozen=True, slots=True)
class Row:
    """One card: its bar between 0 and 100, its line."""

    card: Card
    title: str
    who: str
    kind: str
    x: str
    width: str
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars, what links those that cannot slip, the first day of each month, today."""

    rows: tuple[Row, ...]
    links: tuple[str, ...]
    marks: tuple[str, ...]
    today: str
    height: int


@register.filter
def plan_picture(board: Board) -> Picture:
    """The cards in the order in which they begin; what cannot slip is linked from one to the next."""
    cards = [card for column in board.columns for card in column.cards if card.first and card.last]
    if len(cards) > MOST:
        cards = list(board.chain)
    cards.sort(key=lambda card: (card.first or date.max, card.last or date.max, card.item.pk))
    first = min((card.first for card in cards if card.first), default=date.min)
    last = max((card.last for card in cards if card.last), default=date.min)
    span = (last - first).days + 1

    def place(day: date) -> str:
        return f"{max(0, min(10_000, (day - first).days * 10_000 // span)) / 100:.2f}"

    rows = tuple(_row(card, number, first, span) for number, card in enumerate(cards))
    where = {row.card.item.public_id: row for row in rows}
    links = [
        _link(where[before], where[card.item.public_id])
        for card in cards
        for before in card.item.after
        if before in where and "is-chain" in (where[card.item.public_id].kind, where[before].kind)
        and _tight(where[before].card, card)
    ]  # fmt: skip
    months, day = [], first.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= last:
        months.append(place(day))
    today = place(board.today) if first <= board.today <= last else ""
    return Picture(rows, tuple(links), tuple(months), today, len(rows) * ROW)


def _tight(before: Card, after: Card) -> bool:
    """Whether the one begins as soon as the other ends, both without slack."""
    return before.slack == 0 and after.slack == 0


def _row(card: Card, number: int, first: date, span: int) -> Row:
    assert card.first is not None
    assert card.last is not None
    done = card.item.state == WorkItem.State.DONE
    kind = "is-done" if done else "is-chain" if card.critical else "is-free"
    start = (card.first - first).days * 10_000 // span
    width = ((card.last - card.first).days + 1) * 10_000 // span
    return Row(
        card, card.item.title, card.item.carrier, kind, f"{start / 100:.2f}", f"{width / 100:.2f}",
        number * ROW + (ROW - 16) // 2,
    )  # fmt: skip


def _link(before: Row, after: Row) -> str:
    """Down from the end of one bar to the beginning of the other."""
    end = float(before.x) + float(before.width)
    y0, y1 = before.y + 8, after.y + 8
    return f"{end:.2f},{y0} {end:.2f},{y1} {after.x},{y1}"
