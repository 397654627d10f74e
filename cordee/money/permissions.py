"""Who may do what with common costs. All members see all lines; what one pays concerns all."""

from collections.abc import Sequence
from datetime import datetime

from cordee.agreements.permissions import ANY_KIND, powers
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Signatory
from cordee.ground.signing.reads import Power
from cordee.groupings.models import Office, Seat
from cordee.money.models import MOVES, CostPool, Dispute, FinalAccount, Nature, PoolLine, Transfer


def holds(seat: Seat, person: Person) -> bool:
    """Whether this person may bind the company of this seat."""
    return person.pk in (seat.holder_id, seat.substitute_id) and not person.shared_mailbox


def may_strike(line: PoolLine, seat: Seat) -> bool:
    """Who wrote a line, who paid it, and the treasurer or coordinator may strike it out."""
    if line.nature in MOVES and line.state == PoolLine.State.POSTED:
        return False  # both sides said that the money changed hands
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


def may_approve(line: PoolLine, seat: Seat) -> bool:
    """Nobody approves what it wrote or paid itself; an advance is confirmed by who received it."""
    if line.nature == Nature.ADVANCE:
        return seat.public_id in line.parts
    return seat.pk not in (line.added_by_id, line.paid_by_id)


def may_answer(dispute: Dispute, seat: Seat) -> bool:
    """Who is contested answers; the treasurer or the coordinator may too, unless it raised the dispute."""
    if dispute.seat_id == seat.pk:
        return False
    if dispute.line is not None:
        return seat.pk in (dispute.line.added_by_id, dispute.line.paid_by_id) or keeps_the_money(seat)
    return (dispute.transfer is not None and may_confirm(dispute.transfer, seat)) or keeps_the_money(seat)


def may_end(dispute: Dispute, seat: Seat, outcome: str) -> bool:
    """Who raised it may accept; who may strike out may correct; the money's keeper decides when it is no party."""
    if outcome == Dispute.Outcome.ACCEPTED:
        return dispute.seat_id == seat.pk
    if outcome == Dispute.Outcome.CORRECTED:
        return dispute.line is not None and may_strike(dispute.line, seat)
    if outcome != Dispute.Outcome.SETTLED or not dispute.answered_at or not keeps_the_money(seat):
        return False
    about = dispute.line or dispute.transfer
    parties = {dispute.seat_id}
    if isinstance(about, PoolLine):
        parties |= {about.added_by_id, about.paid_by_id or 0}
    elif about is not None:
        parties |= {about.debtor_id, about.creditor_id}
    return seat.pk not in parties


def powers_over(final: FinalAccount, seats: Sequence[Seat], *, at: datetime) -> dict[int, list[Power]]:
    """Who may sign a final account for each seat, its holder first where they may; the balance is what it commits."""
    stakes = {seat.company_id: abs(final.balance) for seat in seats}
    found = powers([seat.company_id for seat in seats], kind=ANY_KIND, stakes=stakes, at=at)
    return {
        seat.pk: sorted(found[seat.company_id], key=lambda power, seat=seat: power.person.pk != seat.holder_id)  # type: ignore[misc]
        for seat in seats
    }


def powers_to_sign(signatory: Signatory, *, at: datetime) -> list[Power]:
    """Who may sign in this place of the ceremony of a final account today; one that left still signs its own."""
    final = FinalAccount.objects.filter(public_id=signatory.ceremony.subject.rpartition("/")[2]).first()
    seat = Seat.objects.filter(public_id=signatory.seat.rpartition("/")[2]).first()
    if final is None or seat is None:
        return []
    return powers_over(final, [seat], at=at)[seat.pk]
