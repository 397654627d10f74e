"""Who prepares and who commits: different rights."""

from collections.abc import Sequence

from cordee.agreements.models import Agreement
from cordee.directory.models import Representative
from cordee.ground.kit.words import for_the_papers
from cordee.groupings.models import Seat
from cordee.groupings.permissions import may_lead


def may_prepare(seat: Seat) -> bool:
    """Every member may prepare a document; nobody is bound by that."""
    return seat.state == Seat.State.MEMBER


def may_send(agreement: Agreement, seat: Seat) -> bool:
    """Who prepared it, who facilitates, who coordinates."""
    return agreement.prepared_by_id == seat.pk or may_lead(seat)


def powers_of(seats: Sequence[Seat]) -> dict[int, str]:
    """By what power the holder of each seat may sign for its company, in the words of the papers; absent when none."""
    found = Representative.objects.filter(
        company__in=[seat.company_id for seat in seats], person__in=[seat.holder_id for seat in seats], until=None
    )
    known = {(one.company_id, one.person_id): one for one in found if one.binds}
    with for_the_papers():  # a paper reads the same, whoever prints it
        return {
            seat.pk: str(Representative.Capacity(one.capacity).label)
            for seat in seats
            if (one := known.get((seat.company_id, seat.holder_id))) is not None
        }
