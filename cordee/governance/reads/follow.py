"""The register of decisions: what was decided, who does it, by when, what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cordee.governance.models import Ballot, FollowUp, Resolution
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.models import Grouping, Seat


@dataclass(frozen=True, slots=True)
class Decided:
    """One adopted decision, and what becomes of it."""

    ballot: Ballot
    follow: FollowUp | None
    late: bool
    review_due: bool
    mine: bool

    @property
    def state(self) -> str:
        """ "done", "late", "review", "running", or nothing when nobody is in charge."""
        if self.follow is None:
            return ""
        if self.follow.done_at:
            return "review" if self.review_due else "done"
        return "late" if self.late else "running"


def decided_by(grouping: Grouping, seat: Seat, *, at: datetime) -> list[Decided]:
    """Every decision that was adopted, the latest first, in one query."""
    today = localtime(at).date()
    outcomes = (Ballot.Outcome.ADOPTED, Ballot.Outcome.ELECTED)
    ballots = Ballot.objects.filter(grouping=grouping, outcome__in=outcomes).select_related(
        "resolution__follow_up__owner__company"
    )
    return [_decided(ballot, seat, today) for ballot in ballots.order_by("-closed_at", "-id")]


def _decided(ballot: Ballot, seat: Seat, today: date) -> Decided:
    follow: FollowUp | None = getattr(ballot.resolution, "follow_up", None)
    late = bool(follow and not follow.done_at and follow.due_on and follow.due_on < today)
    review = bool(follow and follow.review_on and follow.review_on <= today)
    return Decided(ballot, follow, late, review, bool(follow and follow.owner_id == seat.pk))


def resolution_of(grouping: Grouping, public_id: str) -> Resolution:
    """A question of this grouping."""
    found = Resolution.objects.filter(grouping=grouping, public_id=public_id).select_related("grouping").first()
    if found is None:
        raise NotYours
    return found
