"""A vote that took place elsewhere: the yearly question answered by each company, counted under the rule in force."""

from collections.abc import Mapping
from datetime import datetime

from cordee.engines import voting
from cordee.governance.acts.ballots import announce, open_ballot
from cordee.governance.models import Ballot, Resolution
from cordee.governance.reads import votes_of
from cordee.ground.people.models import Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Grouping, Seat


def record_vote(
    grouping: Grouping,
    *,
    title: str,
    text: str,
    decision_type: str,
    effect: str,
    said: Mapping[int, str],
    seat: Seat,
    effect_on: str = "",
    by: Clockwork,
    at: datetime,
) -> Ballot:
    """Keep as one vote, open and closed at once, what each company answered to a question put to all.

    Shape    said: "for", "against" or "abstain", by seat; `seat` leads what follows.
    Allowed  Cordée itself, once the yearly question is answered.
    Tells    governance.ballot.recorded: the outcome, the votes, the quorum.
    """
    with act("governance.ballot.recorded", book=grouping.book, by=by, at=at) as facts:
        resolution = Resolution.objects.create(
            grouping=grouping, title=title[:160], text=text, decision_type=decision_type, effect=effect,
            effect_on=effect_on, proposed_by=seat, proposed_at=at,
        )  # fmt: skip
        ballot = open_ballot(resolution, call=1, closes_at=at, at=at)
        for voter in ballot.voters.filter(seat__in=said):
            voter.choice, voter.cast_at = said[voter.seat_id], at
            voter.save(update_fields=["choice", "cast_at"])
        announce(ballot, voting.count(votes_of(ballot), ballot.rule_in_force))
        ballot.closed_at = at
        ballot.save()
        facts.on = address(ballot)
        facts |= {"outcome": ballot.outcome, "resolution": resolution.public_id, "type": decision_type}
        facts |= {name: value for name, value in ballot.figures.items() if isinstance(value, str)}
    return ballot
