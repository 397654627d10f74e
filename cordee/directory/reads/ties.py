"""« Mon écosystème »: one's own ties, and whom they know by ties that both sides show; as a list and as a picture."""

from dataclasses import dataclass
from typing import Any

from cordee.directory.models import Company, Tie
from cordee.directory.reads.cards import my_companies
from cordee.engines.ecosystem import Spot, picture
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person

DRAWN, BEYOND, LISTED = 12, 8, 30


@dataclass(frozen=True, slots=True)
class Knot:
    """One company of the picture: where it stands, how thick the rope to it is."""

    other: Company
    spot: Spot
    tie: Tie | None = None
    width: int = 2


@dataclass(frozen=True, slots=True)
class Rope:
    """A line between two knots: a tie that both sides show."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Known:
    """A company that one of my ties knows: through whom, and how they are tied."""

    other: Company
    through: Company
    kind: str


@dataclass(frozen=True, slots=True)
class TiesPage:
    """The ecosystem of one company."""

    company: Company
    companies: tuple[Company, ...]
    ties: tuple[Tie, ...]
    knots: tuple[Knot, ...]
    left_out: int  # ties that the picture does not show; the table does
    known: tuple[Known, ...]  # whom my ties know
    beyond: tuple[Knot, ...]
    ropes: tuple[Rope, ...]
    shown: tuple[tuple[int, int, str], ...]  # of my ties: who, with whom, how

    @property
    def shared(self) -> int:
        return sum(tie.shared for tie in self.ties)


def ties_page(person: Person, public_id: str = "") -> TiesPage | None:
    """The ecosystem of one of this person's companies; None where there is none, NotYours for any other.

    Holds   of the ties of others, only those that both sides show, with companies that this person may see by name.
    """
    own = tuple(my_companies(person))
    if not own:
        return None
    company = next((one for one in own if public_id in ("", one.public_id)), None)
    if company is None:
        raise NotYours
    ties = list(Tie.objects.filter(company=company).order_by("-trust", "id"))
    mine = {tie.other_id for tie in ties}
    shown = list(Tie.objects.filter(company__in=mine, shared=True).exclude(other=company).order_by("id")[:400])
    keys = mine | {tie.other_id for tie in shown}
    rows: Any = Company.objects.seen_by(person).sighted(person).filter(pk__in=keys)
    seen: dict[int, Any] = {one.pk: one for one in rows}
    named = {key for key, one in seen.items() if one.is_named}
    seen = {key: one.veil() for key, one in seen.items()}
    ties = [tie for tie in ties if tie.other_id in seen]
    for tie in ties:
        tie.other = seen[tie.other_id]
    first: dict[int, Tie] = {}
    for tie in ties:
        first.setdefault(tie.other_id, tie)
    known: dict[int, Known] = {}
    for tie in shown:
        if {tie.company_id, tie.other_id} <= named and tie.other_id not in mine:
            one = Known(seen[tie.other_id], seen[tie.company_id], str(tie.get_kind_display()))
            known.setdefault(tie.other_id, one)
    drawn = dict(list(first.items())[:DRAWN])
    # Outside, on the side of whom they are known by.
    far = {key: one for key, one in known.items() if one.through.pk in drawn}
    far = dict(list(far.items())[:BEYOND])
    spots = picture(
        [(str(key), str(tie.other)) for key, tie in drawn.items()],
        [(str(key), str(one.other), str(one.through.pk)) for key, one in far.items()],
    )
    pairs = {(min(t.company_id, t.other_id), max(t.company_id, t.other_id)) for t in shown}
    return TiesPage(
        company=company,
        companies=own,
        ties=tuple(ties),
        knots=tuple(_knot(tie.other, spots[str(key)], tie) for key, tie in drawn.items()),
        shown=tuple((tie.company_id, tie.other_id, tie.kind) for tie in shown),
        left_out=len(first) - len(drawn),
        known=tuple(list(known.values())[:LISTED]),
        beyond=tuple(_knot(one.other, spots[str(key)]) for key, one in far.items()),
        ropes=tuple(
            Rope(spots[str(one)].x, spots[str(one)].y, spots[str(two)].x, spots[str(two)].y)
            for one, two in sorted(pairs)
            if str(one) in spots and str(two) in spots
        ),
    )


def tie_of(person: Person, number: int) -> Tie:
    """One of this person's own ties."""
    found = Tie.objects.filter(pk=number, company__in=my_companies(person)).select_related("company", "other").first()
    if found is None:
        raise NotYours
    return found


def _knot(other: Company, spot: Spot, tie: Tie | None = None) -> Knot:
    return Knot(other, spot, tie, 2 + tie.trust // 20 if tie else 1)
