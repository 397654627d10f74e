"""Who sees a need, who may prepare it, who may commit its company."""

from django.db import models

from cordee.directory.models import Company, Representative
from cordee.ground.people.models import Person
from cordee.groupings.models import Invitation
from cordee.groupings.permissions import seats_open_to, speaks_for
from cordee.offers.models import Bid, BidPart, Need, RoomMember


def companies_of(person: Person) -> models.QuerySet[Company]:
    """The companies for which somebody may prepare an answer, whether or not they may commit them."""
    acting = Representative.objects.filter(person=person, until=None)
    return Company.objects.filter(pk__in=acting.values("company"))


def needs_open_to(person: Person) -> models.QuerySet[Need]:
    """One's own, those of the exchanges one takes part in, and those one is invited to look at."""
    invited = Invitation.objects.filter(person=person, state=Invitation.State.SENT)
    shared = models.Q(pursuits__grouping__in=seats_open_to(person).values("grouping")) | models.Q(
        pursuits__grouping__in=invited.values("grouping")
    )
    own = models.Q(brought_by=person) | models.Q(company__in=companies_of(person).values("pk"))
    return Need.objects.filter(pk__in=Need.objects.filter(own | shared).values("pk"))


def may_prepare(person: Person, need: Need) -> bool:
    """Whether somebody may correct its lots and search for teams: whoever acts for the company that brought it."""
    return companies_of(person).filter(pk=need.company_id).exists()


def bids_open_to(person: Person) -> models.QuerySet[Bid]:
    """The joint bids of one's groupings, and those that one assembles, or whose restricted room one is named to."""
    named = RoomMember.objects.filter(person=person)
    return Bid.objects.filter(
        models.Q(grouping__in=seats_open_to(person).values("grouping"))
        | models.Q(assembler=person)
        | models.Q(pk__in=named.values("bid"))
    )


def may_read_prices(person: Person, part: BidPart, *, of: Bid | None = None) -> bool:
    """The price wall: whoever speaks for the company of the part, and the named assembler; nobody once it is sealed."""
    bid = of or part.bid
    if bid.sealed_at is not None:
        return False
    return person.pk == bid.assembler_id or _own(person, part)


def _own(person: Person, part: BidPart) -> bool:
    return person.pk in (part.seat.holder_id, part.seat.substitute_id) and speaks_for(person, part.seat.company)


def stands_in_room(person: Person, bid: Bid) -> bool:
    """Whether somebody is inside the restricted room: named, its rules signed, and the room not sealed."""
    if bid.sealed_at is not None:
        return False
    return RoomMember.objects.filter(bid=bid, person=person, entered_at__isnull=False).exists()
