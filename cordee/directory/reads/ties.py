"""« Mon écosystème »: one's own ties, as a list and as a picture. Nobody else sees them."""

from dataclasses import dataclass
from math import cos, pi, sin

from cordee.directory.models import Company, Tie
from cordee.directory.reads.cards import chosen_company, my_companies
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person

DRAWN = 12
WIDTH, HEIGHT = 360, 300


@dataclass(frozen=True, slots=True)
class Knot:
    """One company of the picture: where it stands, how thick the rope to it is."""

    tie: Tie
    x: int
    y: int
    width: int
    anchor: str
    name: str
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True)
class TiesPage:
    """The ecosystem of one company."""

    company: Company
    companies: tuple[Company, ...]
    ties: tuple[Tie, ...]
    knots: tuple[Knot, ...]
    left_out: int  # ties that the picture does not show; the table does

    @property
    def shared(self) -> int:
        return sum(tie.shared for tie in self.ties)


def ties_page(person: Person, public_id: str = "") -> TiesPage:
    """The ties of one of this person's companies; NotYours for any other."""
    company = chosen_company(person, public_id)
    ties = tuple(Tie.objects.filter(company=company).select_related("other").order_by("-trust", "other__name", "id"))
    drawn = tuple({tie.other_id: tie for tie in reversed(ties)}.values())[::-1][:DRAWN]
    return TiesPage(
        company=company,
        companies=tuple(my_companies(person)),
        ties=ties,
        knots=tuple(_knot(tie, number, len(drawn)) for number, tie in enumerate(drawn)),
        left_out=len({tie.other_id for tie in ties}) - len(drawn),
    )


def tie_of(person: Person, number: int) -> Tie:
    """One of this person's own ties."""
    found = Tie.objects.filter(pk=number, company__in=my_companies(person)).select_related("company", "other").first()
    if found is None:
        raise NotYours
    return found


def _knot(tie: Tie, number: int, count: int) -> Knot:
    """Around the middle, beginning on top; names stand outside the ring."""
    angle = 2 * pi * number / count - pi / 2
    x, y = round(WIDTH / 2 + 95 * cos(angle)), round(HEIGHT / 2 + 105 * sin(angle))
    side = cos(angle)
    anchor = "middle" if abs(side) < 0.3 else "start" if side > 0 else "end"
    name = str(tie.other)
    name = name if len(name) <= 12 else name[:11].rstrip() + "…"
    text_y = y + (28 if sin(angle) > 0.9 else -20 if sin(angle) < -0.9 else 4)
    text_x = x + (18 if anchor == "start" else -18 if anchor == "end" else 0)
    return Knot(tie, x, y, 2 + tie.trust // 20, anchor, name, text_x, text_y)
