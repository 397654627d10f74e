"""Who prepares and who commits: different rights."""

from cordee.agreements.models import Agreement
from cordee.directory.models import Representative
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.permissions import may_lead


def may_prepare(seat: Seat) -> bool:
    """Every member may prepare a document; nobody is bound by that."""
    return seat.state == Seat.State.MEMBER


def may_send(agreement: Agreement, seat: Seat) -> bool:
    """Who prepared it, who facilitates, who coordinates."""
    return agreement.prepared_by_id == seat.pk or may_lead(seat)


def power_of(person: Person, seat: Seat) -> str:
    """By what power this person may sign for the company of this seat; empty when they may not."""
    found = Representative.objects.filter(company=seat.company_id, person=person, until=None).first()
    return str(Representative.Capacity(found.capacity).label) if found is not None and found.binds else ""
