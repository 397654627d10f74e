"""The stand, as its companies see it: the sketch with its table, the calendar, the turns of presence."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from cordee.engines.rota import Hand, Level, Rota, Slot, Turn, Turns, broken, explain, say_broken
from cordee.engines.strips import Area, outside, overlaps
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.reads import Membership
from cordee.projects.kinds.base import Words
from cordee.projects.models import (
    PresenceHand,
    PresencePlan,
    PresenceSlot,
    PresenceTurn,
    Project,
    StandArea,
    StandDate,
    StandSketch,
)
from cordee.projects.reads.leads import leads_page
from cordee.projects.reads.projects import Check, checks_of, partners_of, project_of

USUAL: tuple[tuple[Words, int], ...] = (
    (_("Poser une option auprès de l’organisateur"), 270),
    (_("Dossier d’inscription et acompte"), 210),
    (_("Déclarer les co-exposants"), 150),
    (_("Plan du stand, électricité, eau, Internet"), 90),
    (_("Commander le mobilier et les écrans"), 60),
    (_("Solde de l’emplacement"), 60),
    (_("Attestation d’assurance"), 45),
    (_("Badges des exposants et invitations des clients"), 30),
    (_("Visuels à l’imprimeur"), 30),
    (_("Transport, livraison, montage"), 5),
)


STYLES = (1, 2, 3, 5)  # the fourth tone is for what all share


def usual_dates() -> tuple[tuple[Words, int], ...]:
    """What a stand asks for, and how many days before the fair; orders of magnitude, to be corrected."""
    return USUAL


def opens_on(project: Project) -> date | None:
    """The first day of the fair, where the project says it."""
    try:
        return date.fromisoformat(getattr(project.told, "opens_on", ""))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the sketch, with its surface in hundredths of m² and its part of the stand in percent."""

    area: StandArea
    surface: int
    percent: int
    style: int
    mine: bool

    @property
    def square_metres(self) -> Fraction:
        return Fraction(self.surface, 100)


@dataclass(frozen=True, slots=True)
class StandPage:
    """The stand of a project."""

    project: Project
    me: Membership
    sketch: StandSketch | None
    parts: tuple[Part, ...]
    wrong: tuple[str, ...]
    dates: tuple[StandDate, ...]
    opens_on: date | None
    again: Check | None
    figures: str

    @property
    def late(self) -> int:
        return sum(each.done_at is None for each in self.dates)

    @property
    def total(self) -> int:
        return sum(part.surface for part in self.parts)


def stand_page(project: Project, me: Membership) -> StandPage:
    """The page of the stand."""
    sketch = StandSketch.objects.filter(project=project).first()
    areas = list(sketch.areas.select_related("seat__company")) if sketch else []
    whole = sketch.width * sketch.depth if sketch else 1
    order = {seat.pk: place for place, seat in enumerate(partners_of(project))}
    parts = tuple(
        Part(
            area,
            area.width * area.depth,
            area.width * area.depth * 100 // whole,
            4 if area.seat_id is None else STYLES[order.get(area.seat_id, 0) % len(STYLES)],
            area.seat_id == me.seat.pk,
        )
        for area in areas
    )
    return StandPage(
        project,
        me,
        sketch,
        parts,
        _wrong(sketch, areas),
        tuple(StandDate.objects.filter(project=project).select_related("done_by__company")),
        opens_on(project),
        checks_of(project).get("again"),
        _figures(project, me),
    )


def _wrong(sketch: StandSketch | None, areas: list[StandArea]) -> tuple[str, ...]:
    if sketch is None:
        return ()
    names = {each.public_id: str(each) for each in areas}
    drawn = tuple(Area(each.public_id, each.x, each.y, each.width, each.depth) for each in areas)
    said = [
        str(_("%(one)s et %(other)s se recouvrent.")) % {"one": names[one], "other": names[other]}
        for one, other in overlaps(drawn)
    ]
    said += [
        str(_("%(one)s sort du stand.")) % {"one": names[key]} for key in outside(sketch.width, sketch.depth, drawn)
    ]
    return tuple(said)


def _figures(project: Project, me: Membership) -> str:
    """What the members should know before they vote on doing it again."""
    page = leads_page(project, me, may_lead=False)
    if not page.total:
        return ""
    facts = {"leads": page.total, "cost": euros(page.cost_each or 0), "orders": euros(page.orders)}
    return str(_("Contacts : %(leads)s, %(cost)s chacun. Commandes à ce jour : %(orders)s.")) % facts


def sketch_of(project: Project) -> StandSketch:
    """The sketch of the stand. NotYours before there is one."""
    return StandSketch.objects.filter(project=project).first() or _nothing()


def surfaces(project: Project) -> dict[int, int]:
    """Square decimetres that each seat has on the sketch."""
    found: dict[int, int] = defaultdict(int)
    for area in StandArea.objects.filter(sketch__project=project).exclude(seat=None):
        if area.seat_id is not None:
            found[area.seat_id] += area.width * area.depth
    return dict(found)


# --- Presence ---


def rota_of(plan: PresencePlan) -> Rota:
    """The question that the planner answers: the slots, the people with their wishes, the part of each company."""
    seats = partners_of(plan.project)
    drawn = surfaces(plan.project) if plan.by_surface else {}
    weights = {seat.public_id: Fraction(drawn.get(seat.pk, 0) if drawn else 1) for seat in seats}
    slots = tuple(Slot(each.public_id, each.day, each.start, each.end, each.need) for each in plan.slots.all())
    hands = []
    for each in plan.hands.select_related("seat").prefetch_related("wishes__slot"):
        weights.setdefault(each.seat.public_id, Fraction(0))
        never = frozenset(wish.slot.public_id for wish in each.wishes.all() if wish.away)
        rather = frozenset(wish.slot.public_id for wish in each.wishes.all() if not wish.away)
        hands.append(Hand(each.public_id, each.name, each.seat.public_id, never, rather))
    if not any(weights.values()):
        weights = dict.fromkeys(weights, Fraction(1))
    names = {seat.public_id: str(seat) for seat in seats}
    return Rota(slots, tuple(hands), weights, plan.in_row, plan.day_most, names)


@dataclass(frozen=True, slots=True)
class TurnCell:
    """A slot with who holds it, and who else could."""

    slot: PresenceSlot
    there: tuple[PresenceHand, ...]
    others: tuple[PresenceHand, ...]

    @property
    def missing(self) -> int:
        return max(0, self.slot.need - len(self.there))

    @property
    def hours(self) -> str:
        return f"{_hour(self.slot.start)}–{_hour(self.slot.end)}"


def _hour(minutes: int) -> str:
    return f"{minutes // 60} h" + (f" {minutes % 60:02d}" if minutes % 60 else "")


@dataclass(frozen=True, slots=True)
class PresencePage:
    """The turns of presence of a stand."""

    project: Project
    me: Membership
    plan: PresencePlan | None
    days: tuple[tuple[date, tuple[TurnCell, ...]], ...]
    hands: tuple[PresenceHand, ...]
    said: tuple[str, ...]
    broken: tuple[str, ...]
    leads: bool
    opens_on: date | None

    @property
    def mine(self) -> tuple[PresenceHand, ...]:
        return tuple(hand for hand in self.hands if hand.seat_id == self.me.seat.pk)

    @property
    def planned(self) -> bool:
        return any(cell.there for _day, cells in self.days for cell in cells)


def presence_page(project: Project, me: Membership, *, may_lead: bool) -> PresencePage:
    """The page of the turns."""
    plan = PresencePlan.objects.filter(project=project).select_related("project").first()
    if plan is None:
        return PresencePage(project, me, None, (), (), (), (), may_lead, opens_on(project))
    hands = tuple(plan.hands.select_related("seat__company"))
    known = {hand.pk: hand for hand in hands}
    there: dict[int, list[PresenceHand]] = defaultdict(list)
    turns = list(PresenceTurn.objects.filter(slot__plan=plan).select_related("slot"))
    for turn in turns:
        there[turn.slot_id].append(known[turn.hand_id])
    movable = [hand for hand in hands if may_lead or hand.seat_id == me.seat.pk]
    days: dict[date, list[TurnCell]] = defaultdict(list)
    for slot in plan.slots.all():
        held = tuple(there[slot.pk])
        days[slot.day].append(TurnCell(slot, held, tuple(hand for hand in movable if hand not in held)))
    rota = rota_of(plan)
    placed = tuple(Turn(turn.slot.public_id, known[turn.hand_id].public_id) for turn in turns)
    wrong = tuple(say_broken(rota, one, language()) for one in broken(rota, placed)) if placed else ()
    found = Turns(placed, _levels(plan), _minutes(rota, placed))
    return PresencePage(
        project,
        me,
        plan,
        tuple((day, tuple(cells)) for day, cells in days.items()),
        hands,
        explain(rota, found, language()) if placed else (),
        wrong,
        may_lead,
        opens_on(project),
    )


def _levels(plan: PresencePlan) -> tuple[Level, ...]:
    """What the last planning proved; nothing once it was changed by hand."""
    return () if plan.changed else tuple(Level(one["name"], one["value"], one["bound"]) for one in plan.proved)


def _minutes(rota: Rota, turns: tuple[Turn, ...]) -> Mapping[str, int]:
    slots, hands = {one.key: one for one in rota.slots}, {one.key: one for one in rota.hands}
    found = dict.fromkeys(rota.weights, 0)
    for turn in turns:
        found[hands[turn.hand].member] += slots[turn.slot].length
    return found


@dataclass(frozen=True, slots=True)
class WishLine:
    """A slot, and what somebody said of it: "", "rather_not" or "away"."""

    slot: PresenceSlot
    said: str
    hours: str


def hand_of(person: Person, public_id: str, *, voice: str = "") -> tuple[PresenceHand, Membership]:
    """Somebody of one's own company on the stand."""
    hand = PresenceHand.objects.select_related("plan__project__grouping", "seat").filter(public_id=public_id).first()
    if hand is None:
        raise NotYours
    _project, me = project_of(person, hand.plan.project.public_id, voice=voice)
    if hand.seat_id != me.seat.pk:
        raise NotYours
    return hand, me


def wishes_of(hand: PresenceHand) -> tuple[WishLine, ...]:
    """Every slot of the stand, with what this person said of it."""
    said = {wish.slot_id: "away" if wish.away else "rather_not" for wish in hand.wishes.all()}
    return tuple(
        WishLine(slot, said.get(slot.pk, ""), f"{_hour(slot.start)}–{_hour(slot.end)}")
        for slot in hand.plan.slots.all()
    )


def slot_of(project: Project, public_id: str) -> PresenceSlot:
    """A slot of this project's stand."""
    found = PresenceSlot.objects.select_related("plan__project__grouping").filter(
        plan__project=project, public_id=public_id
    )
    return found.first() or _nothing()


def hand_in(project: Project, public_id: str) -> PresenceHand:
    """Somebody on this project's stand."""
    return PresenceHand.objects.filter(plan__project=project, public_id=public_id).first() or _nothing()


def stand_date_of(project: Project, public_id: str) -> StandDate:
    """A date of this project's stand."""
    found = StandDate.objects.select_related("project__grouping").filter(project=project, public_id=public_id)
    return found.first() or _nothing()


def _nothing() -> Any:
    raise NotYours
