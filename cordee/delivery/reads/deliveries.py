"""Deliveries as their members see them: the list, one of them, what the contact keeps of the client."""

from dataclasses import dataclass

from django.db import models

from cordee.delivery import permissions
from cordee.delivery.models import (
    BillingPart,
    ChangePrice,
    ChangeRequest,
    Deliverable,
    Delivery,
    DeliveryMember,
    MemberVerdict,
    Reception,
    Reserve,
    WorkLot,
)
from cordee.delivery.reads.thread import Said, thread_of
from cordee.delivery.reads.votes import adopted, votes_of
from cordee.engines.delivery import LegalGuarantee, legal_guarantees
from cordee.governance.models import Ballot
from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Link, Person
from cordee.ground.register.acts import address
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, membership
from cordee.offers.models import Bid
from cordee.projects.models import Project


def delivery_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Delivery, Membership]:
    """A delivery, reached through a seat that takes part in it; anybody else finds nothing."""
    known = DeliveryMember.objects.filter(delivery__public_id=public_id, left_at=None).select_related(
        "delivery__grouping", "delivery__contact__company", "delivery__contact__holder", "delivery__deputy__company",
        "delivery__client_person", "delivery__client_verdict",
    )  # fmt: skip
    inside = {row.seat_id: row.delivery for row in known}
    if not inside:
        raise NotYours
    found = next(iter(inside.values()))
    me = membership(person, found.grouping.public_id, voice=voice)
    mine = [seat for seat in me.seats if seat.pk in inside and (not voice or seat.public_id == voice)]
    if not mine:
        raise NotYours
    return found, me if me.seat in mine else membership(person, found.grouping.public_id, voice=mine[0].public_id)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery in a list: the other members know that it exists, and may join."""

    delivery: Delivery
    companies: tuple[Seat, ...]
    takes_part: bool


@dataclass(frozen=True, slots=True)
class DeliveryList:
    """The deliveries of a grouping, and what one may be opened from."""

    me: Membership
    lines: list[DeliveryLine]
    bids: list[Bid]
    projects: list[Project]


def deliveries_of(person: Person, grouping: str, *, voice: str = "") -> DeliveryList:
    """The deliveries of a grouping, the running ones first; offers that were won and wait to be delivered."""
    me = membership(person, grouping, voice=voice)
    found = Delivery.objects.filter(grouping=me.grouping).prefetch_related("members__seat__company")
    lines = []
    for one in sorted(found, key=lambda each: not each.open):
        seats = tuple(row.seat for row in one.members.all() if row.left_at is None)
        lines.append(DeliveryLine(one, seats, any(seat.pk == me.seat.pk for seat in seats)))
    taken = [line.delivery.bid_id for line in lines if line.delivery.bid_id]
    won = Bid.objects.filter(grouping=me.grouping, state=Bid.State.WON, members__seat=me.seat, members__left_at=None)
    carried = Project.objects.filter(
        grouping=me.grouping, ended_at=None, participants__seat=me.seat, participants__left_at=None
    )
    return DeliveryList(me, lines, list(won.exclude(pk__in=taken)), list(carried))


def reception_of(delivery: Delivery) -> Reception | None:
    """The reception that is called, being signed or signed; else the last one that was refused."""
    rows = list(delivery.receptions.select_related("ceremony__sealed"))
    return next((one for one in rows if one.state != Reception.State.REFUSED), rows[0] if rows else None)


def guarantees_from(reception: Reception | None) -> tuple[LegalGuarantee, ...]:
    """The legal guarantees, once the minutes are signed."""
    if reception is None or reception.state != Reception.State.SIGNED or reception.received_on is None:
        return ()
    return legal_guarantees(reception.received_on)


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change request, as a member sees it: the amount one asked oneself, the total once it is put to the vote."""

    change: ChangeRequest
    priced: tuple[Seat, ...]
    mine: int | None
    ballot: Ballot | None

    @property
    def voted(self) -> bool:
        return self.ballot is not None and self.ballot.closed_at is not None

    @property
    def adopted(self) -> bool:
        return self.ballot is not None and adopted(self.ballot)


def changes_of(delivery: Delivery, seat: Seat) -> list[ChangeCard]:
    """The change requests, the last first; the prices of others are not read."""
    known = models.Prefetch("prices", ChangePrice.objects.select_related("seat"))
    rows = list(delivery.changes.prefetch_related(known))
    votes = votes_of(one.ballot for one in rows)
    found = []
    for one in rows:
        prices = list(one.prices.all())
        own = next((price.cents for price in prices if price.seat_id == seat.pk), None)
        found.append(ChangeCard(one, tuple(price.seat for price in prices), own, votes.get(one.ballot)))
    return found


@dataclass(frozen=True, slots=True)
class ClientSide:
    """What the team sees of the client’s side: what was handed over, what waits, what was said."""

    delivery: Delivery
    me: Membership
    speaks: bool
    link: Link | None
    lots: list[WorkLot]
    messages: list[Said]
    deliverables: list[Deliverable]
    reserves: list[Reserve]
    reception: Reception | None
    guarantees: tuple[LegalGuarantee, ...]
    verdicts: list[MemberVerdict]

    @property
    def my_verdict(self) -> MemberVerdict | None:
        return next((one for one in self.verdicts if one.seat_id == self.me.seat.pk), None)

    @property
    def left(self) -> list[Reserve]:
        return [one for one in self.reserves if one.lifted_at is None]


def client_side(delivery: Delivery, me: Membership) -> ClientSide:
    """The client’s side of a delivery, for a member."""
    links = Link.objects.filter(purpose="portal", subject=address(delivery), revoked_at=None).order_by("-id")
    reception = reception_of(delivery)
    return ClientSide(
        delivery,
        me,
        permissions.speaks_to_client(delivery, me.seat),
        links.first(),
        list(delivery.lots.all()),
        thread_of(delivery),
        list(delivery.deliverables.select_related("lot__seat__company", "file")),
        list(delivery.reserves.select_related("lot", "seat__company").prefetch_related("photos")),
        reception,
        guarantees_from(reception),
        [] if delivery.open else list(delivery.verdicts.select_related("seat__company")),
    )


@dataclass(frozen=True, slots=True)
class PriceSide:
    """What changes and at what price; what my company will invoice, that nobody else reads."""

    delivery: Delivery
    me: Membership
    speaks: bool
    lots: list[WorkLot]
    deliverables: list[Deliverable]
    changes: list[ChangeCard]
    billing: list[BillingPart]


def price_side(delivery: Delivery, me: Membership) -> PriceSide:
    """The changes of a delivery, for a member; of what may be invoiced, one’s own only."""
    return PriceSide(
        delivery,
        me,
        permissions.speaks_to_client(delivery, me.seat),
        list(delivery.lots.filter(seat=me.seat)),
        list(delivery.deliverables.all()),
        changes_of(delivery, me.seat),
        list(BillingPart.objects.filter(delivery=delivery, seat=me.seat).select_related("deliverable", "change")),
    )


def to_invoice(seat: Seat) -> models.QuerySet[BillingPart]:
    """What the client accepted and this company has not invoiced yet."""
    return BillingPart.objects.filter(seat=seat, ready_at__isnull=False, invoice="").select_related(
        "delivery__grouping"
    )


def file_of(delivery: Delivery, kind: str, public_id: str, *, for_client: bool = False) -> Document:
    """A file of this very delivery: a deliverable’s, a photo of a reserve, the signed minutes. NotYours for any other.

    To the client, a deliverable that is still being prepared does not exist.
    """
    found: Document | None = None
    if kind == "livrable":
        made = delivery.deliverables.filter(public_id=public_id).select_related("file").first()
        hidden = made is not None and for_client and made.state == Deliverable.State.PREPARING
        found = made.file if made and not hidden else None
    elif kind == "photo":
        reserve = delivery.reserves.filter(photos__public_id=public_id).first()
        photo = reserve.photos.select_related("document").get(public_id=public_id) if reserve else None
        found = photo.document if photo else None
    elif kind == "reception":
        held = delivery.receptions.filter(public_id=public_id).select_related("ceremony__sealed").first()
        found = held.ceremony.sealed if held and held.ceremony else None
    if found is None:
        raise NotYours
    return found
