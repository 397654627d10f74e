"""Who may do what with common costs. All members see all lines; what one pays concerns all."""

from cordee.ground.people.models import Person
from cordee.groupings.models import Office, Seat
from cordee.money.models import CostPool, PoolLine, Transfer


def holds(seat: Seat, person: Person) -> bool:
    """Whether this person may bind the company of this seat."""
    return person.pk in (seat.holder_id, seat.substitute_id) and not person.shared_mailbox


def may_strike(line: PoolLine, seat: Seat) -> bool:
    """Who wrote a line, who paid it, and the treasurer or coordinator may strike it out."""
    return line.added_by_id == seat.pk or line.paid_by_id == seat.pk or keeps_the_money(seat)


def keeps_the_money(seat: Seat) -> bool:
    """The treasurer, or the coordinator where there is none."""
    return Office.objects.filter(
        seat=seat, until=None, role__in=[Office.Role.TREASURER, Office.Role.COORDINATOR]
    ).exists()


def may_settle(pool: CostPool, seat: Seat) -> bool:
    """Who opened the pool, the treasurer, the coordinator."""
    return pool.opened_by_id == seat.pk or keeps_the_money(seat)


def may_confirm(transfer: Transfer, seat: Seat) -> bool:
    """Each side confirms its own part of a payment."""
    return seat.pk in (transfer.debtor_id, transfer.creditor_id)
