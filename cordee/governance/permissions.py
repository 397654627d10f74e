"""Who may do what with decisions. Outsiders never get this far: what they ask for does not exist for them."""

from datetime import datetime

from cordee.governance.models import Ballot, Meeting, Voter
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Office, Seat


def may_propose(seat: Seat) -> bool:
    """Every member may put a question to the others."""
    return seat.state == Seat.State.MEMBER


def may_vote(voter: Voter, person: Person) -> bool:
    """The holder or the substitute of a seat on the roll; a shared mailbox never does."""
    return person.pk in (voter.seat.holder_id, voter.seat.substitute_id) and not person.shared_mailbox


def may_close(ballot: Ballot, seat: Seat, *, at: datetime, everybody_voted: bool) -> bool:
    """Whoever proposed it, or who facilitates or coordinates, once all have voted or the time has come."""
    chairs = Office.objects.filter(
        seat=seat, until=None, role__in=[Office.Role.COORDINATOR, Office.Role.FACILITATOR]
    ).exists()
    return (chairs or ballot.resolution.proposed_by_id == seat.pk) and (everybody_voted or at >= ballot.closes_at)


def presides(seat: Seat) -> bool:
    """Whether this seat is the coordinator’s: the one who decides between equal votes, where the rules say so."""
    return Office.objects.filter(seat=seat, until=None, role=Office.Role.COORDINATOR).exists()


RUNNING = (Office.Role.COORDINATOR, Office.Role.FACILITATOR, Office.Role.SECRETARY)


def may_run(meeting: Meeting, seat: Seat) -> bool:
    """Who called it, facilitates, coordinates, or holds the pen."""
    if seat.pk in (meeting.called_by_id, meeting.secretary_id):
        return True
    return Office.objects.filter(seat=seat, until=None, role__in=RUNNING).exists()


def secretary_of(grouping: Grouping) -> Seat | None:
    """The seat that holds the pen, where the members named one."""
    held = (
        Office.objects.filter(grouping=grouping, role=Office.Role.SECRETARY, until=None).select_related("seat").first()
    )
    return held.seat if held else None
