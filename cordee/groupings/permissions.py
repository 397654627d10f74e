"""Who may do what in a grouping. To see, to prepare and to bind are different rights."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models

from cordee.directory.models import Company, Representative
from cordee.directory.permissions import leads_by_law as leads_by_law
from cordee.directory.permissions import speaks_for as speaks_for
from cordee.ground.people.models import Person
from cordee.groupings.models import Departure, Grouping, Guest, Invitation, Mandate, Office, Seat, Settling

AGAIN_AFTER = timedelta(days=2)
LEADING = (Office.Role.FACILITATOR, Office.Role.COORDINATOR, Office.Role.CLOSING)


def seats_open_to(person: Person) -> models.QuerySet[Seat]:
    """The seats through which somebody sees a grouping: as representative, as substitute, or to prepare."""
    prepared = Representative.objects.filter(person=person, until=None).values("company")
    helped = preparing(person).values("seat")
    return Seat.objects.filter(
        models.Q(holder=person)
        | models.Q(substitute=person)
        | models.Q(company__in=prepared)
        | models.Q(pk__in=helped),
        state=Seat.State.MEMBER,
    )


def preparing(person: Person) -> models.QuerySet[Mandate]:
    """The mandates by which somebody prepares for a seat today."""
    return Mandate.objects.filter(person=person, kind=Mandate.Kind.PREPARES, begun_at__isnull=False, ended_at=None)


def companies_together(person: Person) -> models.QuerySet[Seat, Any]:
    """The companies that sit in a grouping of this person: they know each other by name."""
    tables = seats_open_to(person).values("grouping")
    return Seat.objects.filter(grouping__in=tables, state=Seat.State.MEMBER).order_by().values("company")


BINDING = (Mandate.Kind.SUBSTITUTE, Mandate.Kind.HOLDS)
"""The mandates that let somebody bind a company: their writing stands behind them."""


def by_law(person: Any) -> models.Exists:
    """For a query of seats: whether somebody (or `OuterRef("holder")`) is the company’s legal representative."""
    mine = Representative.objects.filter(person=person, company=models.OuterRef("company"), until=None)
    return models.Exists(mine.filter(capacity=Representative.Capacity.LEGAL))


def by_writing(person: Any) -> models.Exists:
    """For a query of seats: whether somebody (or `OuterRef("holder")`) holds the company’s written delegation."""
    given = Mandate.objects.filter(seat=models.OuterRef("pk"), person=person, kind__in=BINDING)
    return models.Exists(given.filter(begun_at__isnull=False, ended_at=None))


def bound_by(person: Any) -> models.Q:
    """For a query of seats: whether somebody may bind the company, who sits or substitutes there."""
    return models.Q(by_law(person)) | models.Q(by_writing(person))


def may_bind(person: Person, seat: Seat) -> bool:
    """Whether somebody may answer, decide and sign for a seat: who sits or substitutes there, by law or by writing.

    Who says they are a delegate prepares until the writing is there. An adviser who prepares for the company, or who
    accompanies the grouping, never binds it.
    """
    at_the_table = person.pk in (seat.holder_id, seat.substitute_id) and seat.state == Seat.State.MEMBER
    return at_the_table and Seat.objects.filter(bound_by(person), pk=seat.pk).exists()


def binds_company(person: Person, company: Company) -> bool:
    """Whether somebody may bind a company itself: its legal representative, or one with a writing for a seat of it."""
    if leads_by_law(person, company):
        return True
    seats = Seat.objects.filter(models.Q(holder=person) | models.Q(substitute=person), company=company)
    return seats.filter(by_writing(person), state=Seat.State.MEMBER).exists()


def is_outside(person: Person, seat: Seat) -> bool:
    """Whether somebody advises from outside: prepares so for this company, or is a guest of the grouping."""
    advises = Mandate.objects.filter(person=person, seat__company=seat.company_id, outside=True, ended_at=None)
    return advises.exists() or Guest.objects.filter(grouping=seat.grouping_id, person=person, ended_at=None).exists()


def unanswered_consents(guest: Guest) -> models.QuerySet[Seat]:
    """The members who have not agreed to a guest: the door stays shut as long as there is one."""
    agreed = guest.consents.filter(agreed=True).values("seat")
    return Seat.objects.filter(grouping=guest.grouping_id, state=Seat.State.MEMBER).exclude(pk__in=agreed)


def is_welcome(guest: Guest) -> bool:
    """Whether every member agreed, and nobody took it back."""
    return guest.ended_at is None and not unanswered_consents(guest).exists()


def may_lead(seat: Seat) -> bool:
    """Whether a seat leads the grouping: the facilitator or the coordinator; anybody where nobody does."""
    leading = list(Office.objects.filter(grouping=seat.grouping_id, role__in=LEADING, until=None))
    return not leading or any(office.seat_id == seat.pk for office in leading)


def may_invite(seat: Seat) -> bool:
    """Any member, as long as nothing is signed: then a new company comes in by a decision."""
    return seat.grouping.stage in (Grouping.Stage.EXCHANGE, Grouping.Stage.COLLECTIVE)


def may_send(invitation: Invitation, at: datetime) -> bool:
    """One that waits may leave; one that left may leave again after two days: nobody is asked twice in one day."""
    return invitation.sent_at is None or at - invitation.sent_at >= AGAIN_AFTER


def may_change_purpose(seat: Seat) -> bool:
    """Whoever leads, as long as nothing is signed: then the purpose changes by a vote."""
    return seat.grouping.stage in (Grouping.Stage.EXCHANGE, Grouping.Stage.COLLECTIVE) and may_lead(seat)


def may_settle(seat: Seat, item: Settling) -> bool:
    """Whoever leads, who leads the ending, and the company in charge of the item."""
    return item.owner_id == seat.pk or may_lead(seat)


def may_see_departure(seat: Seat, departure: Departure) -> bool:
    """Grievances are first private: the company concerned, who asks for it and who leads; all, once it is voted."""
    private = departure.state == Departure.State.HEARING or (departure.state == "dropped" and not departure.decision)
    return not private or seat.pk in (departure.seat_id, departure.asked_by_id) or may_lead(seat)
