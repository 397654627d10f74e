"""Who comes next when a member fails or passes its part on, and where each of these stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from cordee.delivery import permissions
from cordee.delivery.models import (
    ContactTurn,
    Delivery,
    DeliveryMember,
    HandOver,
    MemberDefault,
    SubstituteRank,
    WorkLot,
)
from cordee.delivery.reads.votes import adopted, votes_of
from cordee.governance.models import Ballot
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership


def next_substitute(default: MemberDefault | HandOver) -> Seat | None:
    """Who comes next on the list: not the one concerned, nobody who left it to the next; nothing once it is over."""
    rows = SubstituteRank.objects.filter(delivery=default.delivery_id).select_related("seat__company", "seat__holder")
    return _first(default, rows)


def _first(one: MemberDefault | HandOver, order: Iterable[SubstituteRank]) -> Seat | None:
    left = [row.seat for row in order if row.seat_id != one.seat_id and row.seat.public_id not in one.passed]
    return left[0] if left else None


@dataclass(frozen=True, slots=True)
class DefaultCard:
    """A default, as a member sees it: what it is waiting for, whether it waits for me."""

    default: MemberDefault
    mine: bool  # my company is the one concerned
    first: Seat | None
    my_turn: bool
    ballot: Ballot | None

    @property
    def adopted(self) -> bool:
        return self.ballot is not None and adopted(self.ballot)

    @property
    def voted(self) -> bool:
        return self.ballot is not None and self.ballot.closed_at is not None


@dataclass(frozen=True, slots=True)
class HandCard:
    """A part that is passed on, as a member sees it."""

    hand: HandOver
    lots: tuple[str, ...]
    mine: bool
    first: Seat | None
    my_turn: bool


@dataclass(frozen=True, slots=True)
class TakingOver:
    """The page of who takes over: the agreed order, what is passed on, defaults, the client’s voice."""

    delivery: Delivery
    me: Membership
    speaks: bool
    members: list[Seat]
    order: list[SubstituteRank]
    cards: list[DefaultCard]
    hands: list[HandCard]
    lots: list[WorkLot]  # those I carry
    turn: ContactTurn | None  # the client’s voice, offered and not taken yet
    turns: list[ContactTurn]

    @property
    def listed(self) -> bool:
        return any(one.seat_id == self.me.seat.pk for one in self.order)

    @property
    def offering(self) -> bool:
        """Whether my company is looking for somebody to take its part."""
        return any(card.mine and card.hand.state == HandOver.State.OFFERED for card in self.hands)

    @property
    def may_take_voice(self) -> bool:
        asked = self.turn is not None and self.turn.taker_id == self.me.seat.pk
        return asked or self.me.seat.pk == self.delivery.deputy_id

    @property
    def others(self) -> list[Seat]:
        """Those the client’s voice may pass to."""
        return [seat for seat in self.members if seat.pk != self.delivery.contact_id]


def taking_over(delivery: Delivery, me: Membership) -> TakingOver:
    """Who takes over what, as one member sees it, in a fixed number of queries."""
    members = DeliveryMember.objects.filter(delivery=delivery, left_at=None)
    order = list(delivery.substitutes.select_related("seat__company"))
    lots = list(delivery.lots.all())
    turns = list(delivery.contact_turns.select_related("giver__company", "taker__company", "taker__holder"))
    return TakingOver(
        delivery,
        me,
        permissions.speaks_to_client(delivery, me.seat),
        [row.seat for row in members.select_related("seat__company", "seat__holder")],
        order,
        _defaults(delivery, me.seat, order),
        _hands(delivery, me.seat, order, {lot.public_id: lot.title for lot in lots}),
        [lot for lot in lots if lot.seat_id == me.seat.pk],
        next((one for one in turns if one.taken_at is None), None),
        [one for one in turns if one.taken_at is not None],
    )


def _defaults(delivery: Delivery, seat: Seat, order: list[SubstituteRank]) -> list[DefaultCard]:
    """The defaults of a delivery, the last first."""
    rows = list(
        MemberDefault.objects.filter(delivery=delivery).select_related(
            "seat__company", "raised_by__company", "substitute__company"
        )
    )
    votes = votes_of(one.ballot for one in rows)
    found = []
    for one in rows:
        first = _first(one, order) if one.state == MemberDefault.State.SEEKING else None
        turn = one.state == MemberDefault.State.SEEKING and one.seat_id != seat.pk and one.substitute_id is None
        found.append(
            DefaultCard(one, one.seat_id == seat.pk, first, turn and first in (None, seat), votes.get(one.ballot))
        )
    return found


def _hands(delivery: Delivery, seat: Seat, order: list[SubstituteRank], titles: dict[str, str]) -> list[HandCard]:
    found = []
    for one in delivery.hand_overs.exclude(state=HandOver.State.WITHDRAWN).select_related(
        "seat__company", "taker__company"
    ):
        is_open, mine = one.state == HandOver.State.OFFERED, one.seat_id == seat.pk
        first = _first(one, order) if is_open else None
        lots = tuple(titles[each] for each in one.lots if each in titles)
        found.append(HandCard(one, lots, mine, first, is_open and not mine and first in (None, seat)))
    return found
