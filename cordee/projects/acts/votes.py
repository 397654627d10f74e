"""What a tool puts to the members: the vote opens for as long as the house rule asks, the one concerned left out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cordee.governance.acts import propose_resolution, set_aside
from cordee.governance.models import Ballot
from cordee.governance.reads import rule_and_weights
from cordee.ground.people.models import Actor
from cordee.groupings.models import Seat
from cordee.projects.models import Project

VOTE_LENGTH = timedelta(days=7)


def ask_members(
    project: Project,
    *,
    title: str,
    text: str,
    decision_type: str,
    without: Iterable[Seat] = (),
    by: Actor,
    at: datetime,
) -> Ballot:
    """Put a question of a project to the members of its grouping; called inside the act that asks it."""
    rule, _weights = rule_and_weights(project.grouping, decision_type)
    ballot = propose_resolution(
        project.grouping,
        title=title[:160],
        text=text,
        decision_type=decision_type,
        closes_at=at + max(VOTE_LENGTH, timedelta(days=rule.delay_days + 1)),
        by=by,
        at=at,
    )
    for seat in without:
        set_aside(ballot, seat=seat, by=by, at=at)
    return ballot
