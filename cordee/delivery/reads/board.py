"""The board: columns, the plan and what cannot slip, blockers, the sprint; what each does this week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q
from django.utils.timezone import localtime

from cordee.delivery import permissions
from cordee.delivery.models import Blocker, Delivery, DeliveryMember, RetroNote, Sprint, WorkItem, WorkLot
from cordee.delivery.reads.votes import vote_of
from cordee.engines.calendar import add_business_days, is_business_day
from cordee.engines.delivery import Piece, progress
from cordee.engines.schedule import Part, Plan, plan
from cordee.governance.models import Ballot
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, my_seats

State = WorkItem.State
NEXT: dict[str, tuple[State, ...]] = {
    State.PLANNED: (State.DOING,),
    State.DOING: (State.CHECK, State.PLANNED),
    State.CHECK: (State.DONE, State.DOING),
    State.DONE: (State.CHECK,),
}
"""Where a card may be moved from a column: forward first."""


STOPPED = Prefetch("blockers", Blocker.objects.select_related("raised_by__company", "helper__company"))
"""What blocks each item, in one query."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card on the board, as one member sees it."""

    item: WorkItem
    blockers: tuple[Blocker, ...]
    waits: tuple[WorkItem, ...]  # what it waits for and is not done yet
    critical: bool
    slack: int
    first: date | None
    last: date | None
    mine: bool
    may_move: bool

    @property
    def moves(self) -> list[tuple[str, str]]:
        """The columns it may be moved to."""
        return [(str(to), str(to.label)) for to in NEXT.get(self.item.state, ())] if self.may_move else []

    @property
    def late(self) -> bool:
        done = self.item.state == State.DONE
        return bool(not done and self.item.due_on and self.last and self.last > self.item.due_on)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board."""

    state: str
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot: who carries it, how far it is, when it is planned."""

    lot: WorkLot
    percent: int
    first: date | None
    last: date | None
    cards: int

    @property
    def mine(self) -> int | None:
        return self.lot.seat_id


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a delivery."""

    delivery: Delivery
    me: Membership
    columns: tuple[Column, ...]
    lots: tuple[LotLine, ...]
    members: tuple[Seat, ...]
    sprint: Sprint | None
    past: tuple[Sprint, ...]
    chain: tuple[Card, ...]  # what cannot slip, in order
    days: int
    ends_on: date | None
    today: date

    @property
    def blocked(self) -> list[tuple[Card, Blocker]]:
        return [(card, one) for column in self.columns for card in column.cards for one in card.blockers]

    @property
    def facilitates(self) -> bool:
        return self.sprint is not None and self.sprint.facilitator_id == self.me.seat.pk

    @property
    def mine(self) -> list[Card]:
        return [card for column in self.columns for card in column.cards if card.mine and column.state != State.DONE]

    @property
    def crosses(self) -> bool:
        """Whether what cannot slip goes from one company to another."""
        return len({card.item.seat_id for card in self.chain}) > 1


def plan_of(items: Iterable[WorkItem]) -> Plan:
    """The schedule of some cards; what is not there any more is not waited for."""
    rows = list(items)
    known = {each.public_id for each in rows}
    return plan([
        Part(each.public_id, each.days, tuple(one for one in each.after if one in known)) for each in rows
    ])  # fmt: skip


def board_of(delivery: Delivery, me: Membership, *, at: datetime) -> Board:
    """The board, in a fixed number of queries."""
    items = list(
        delivery.items.select_related("lot", "seat__company", "moved_by__company", "sprint").prefetch_related(STOPPED)
    )
    cards = cards_of(delivery, items, me.seat)
    schedule = plan_of(items)
    columns = tuple(
        Column(str(state), str(state.label), tuple(card for card in cards if card.item.state == state))
        for state in State
    )
    members = [
        row.seat
        for row in DeliveryMember.objects.filter(delivery=delivery, left_at=None).select_related("seat__company")
    ]
    sprints = list(delivery.sprints.select_related("facilitator__company", "facilitator__holder"))
    order = {slot.id: slot.start for slot in schedule.slots}
    chain = sorted((card for card in cards if card.critical), key=lambda card: order[card.item.public_id])
    return Board(
        delivery,
        me,
        columns,
        lots_of(delivery, cards),
        tuple(members),
        next((one for one in sprints if one.closed_at is None), None),
        tuple(one for one in sprints if one.closed_at is not None),
        tuple(chain) if any(each.after for each in items) else (),
        schedule.days,
        _when(delivery, schedule.days - 1) if schedule.days else None,
        localtime(at).date(),
    )


def _when(delivery: Delivery, day: int) -> date:
    """The working day of this rank, from the first one on or after the start."""
    first = delivery.starts_on
    if not is_business_day(first):
        first = add_business_days(first, 1)
    return add_business_days(first, day) if day else first


def cards_of(delivery: Delivery, items: list[WorkItem], seat: Seat, *, blocked: bool = True) -> list[Card]:
    """Each card with its place in the plan, its blockers (unless they are not asked for), what it waits for."""
    slots = {slot.id: slot for slot in plan_of(items).slots}
    known = {each.public_id: each for each in items}
    found = []
    for item in items:
        slot = slots[item.public_id]
        blockers = tuple(one for one in item.blockers.all() if one.lifted_at is None) if blocked else ()
        waits = tuple(known[each] for each in item.after if each in known and known[each].state != State.DONE)
        found.append(
            Card(
                item, blockers, waits, slot.critical and item.state != State.DONE, slot.slack,
                _when(delivery, slot.start), _when(delivery, max(slot.end - 1, slot.start)),
                item.seat_id == seat.pk, permissions.may_move(item, seat),
            )
        )  # fmt: skip
    return found


def lots_of(delivery: Delivery, cards: list[Card]) -> tuple[LotLine, ...]:
    """Each lot with how far it is and when it is planned."""
    lines = []
    for lot in delivery.lots.select_related("seat__company"):
        own = [card for card in cards if card.item.lot_id == lot.pk]
        days = [card.first for card in own if card.first], [card.last for card in own if card.last]
        percent = progress([Piece(card.item.days, card.item.state) for card in own])
        lines.append(LotLine(lot, percent, min(days[0], default=None), max(days[1], default=None), len(own)))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class SprintPage:
    """A sprint: its cards, its review, what the retrospective said and decided."""

    sprint: Sprint
    me: Membership
    items: list[WorkItem]
    notes: list[tuple[RetroNote, Ballot | None]]

    @property
    def facilitates(self) -> bool:
        return self.sprint.facilitator_id == self.me.seat.pk

    @property
    def decided(self) -> int:
        return sum(1 for note, _ballot in self.notes if note.ballot)

    @property
    def done(self) -> int:
        return sum(1 for item in self.items if item.state == State.DONE)


def sprint_page(sprint: Sprint, me: Membership) -> SprintPage:
    """A sprint as a member sees it."""
    notes = list(sprint.retro.select_related("seat__company"))
    items = list(sprint.items.select_related("lot", "seat__company"))
    return SprintPage(sprint, me, items, [(note, vote_of(note.ballot)) for note in notes])


# --- Mes actions de la semaine ---


@dataclass(frozen=True, slots=True)
class Action:
    """Something I do this week: a card, a reserve to put right, a call for help to answer."""

    delivery: Delivery
    item: WorkItem
    voice: str
    to: str  # the next column, empty where a blocker stands
    to_label: str
    blockers: tuple[Blocker, ...]
    late: bool
    points: tuple[str, ...]  # to check before it is done


@dataclass(frozen=True, slots=True)
class Week:
    """What a person does this week, for all their companies; calls for help of the others."""

    actions: list[Action]
    calls: list[Blocker]
    monday: date


def week_of(person: Person, *, at: datetime) -> Week:
    """Cards I carry that are under way, in the open sprint or due by Sunday; calls for help I can answer."""
    today = localtime(at).date()
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    seats = {seat.pk: seat for seat in my_seats(person)}
    running = ~Q(delivery__state=Delivery.State.ENDED)
    soon = (
        Q(state__in=(State.DOING, State.CHECK))
        | Q(due_on__lte=sunday)
        | Q(sprint__closed_at=None, sprint__isnull=False)
    )
    rows = (
        WorkItem.objects.filter(running, soon, seat__in=seats)
        .exclude(state=State.DONE)
        .select_related("delivery__grouping", "lot", "sprint")
        .prefetch_related(STOPPED)
        .order_by("due_on", "id")
    )
    actions = []
    for item in rows:
        blockers = tuple(one for one in item.blockers.all() if one.lifted_at is None)
        to = NEXT[item.state][0]
        stopped = bool(blockers) and to in (State.CHECK, State.DONE)
        points = tuple(item.lot.points) if to == State.DONE else ()
        late = bool(item.due_on and item.due_on < today)
        actions.append(
            Action(
                item.delivery, item, seats[item.seat_id].public_id if item.seat_id else "",
                "" if stopped else str(to), str(to.label), blockers, late, points,
            )
        )  # fmt: skip
    inside = DeliveryMember.objects.filter(seat__in=seats, left_at=None).values("delivery")
    calls = Blocker.objects.filter(
        wants_help=True, helper=None, lifted_at=None, item__delivery__in=inside
    ).exclude(raised_by__in=seats)  # fmt: skip
    return Week(actions, list(calls.select_related("item__delivery", "raised_by__company")), monday)
