"""Who may see what is said in confidence, and who leads a session."""

from cordee.groupings.models import Seat
from cordee.groupings.permissions import may_lead
from cordee.learning.models import PeerSession, PublicPage


def in_session(session: PeerSession, seat: Seat) -> bool:
    """Whether a company is in a session: client, facilitator, and those who promised."""
    return seat.pk in (session.client_id, session.facilitator_id) or session.seats.filter(seat=seat).exists()


def may_run(session: PeerSession, seat: Seat) -> bool:
    """Only the facilitator moves a session on."""
    return seat.pk == session.facilitator_id


def may_close_page(page: PublicPage, seat: Seat) -> bool:
    """Who proposed it, and who leads the grouping: taking a page down never waits for a vote."""
    return seat.pk == page.proposed_by_id or may_lead(seat)
