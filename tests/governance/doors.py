"""The doors of the decisions."""

from datetime import timedelta
from typing import Any

from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import token
from tests.doors import MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.factories import AT
from tests.people import World


def ballot(world: World, *, days: int = 20_000) -> Ballot:
    """A vote that is open today: pages live in the present, whatever the moment of the tests."""
    from cordee.ground.kit.clock import now

    at = AT if days < 365 else now()
    closes = at + timedelta(days=min(days, 30))
    actor = world.actor("aude")
    return propose_resolution(
        world.grouping,
        title="Répondre ?",
        text="Répondons.",
        decision_type="ordinary",
        closes_at=closes,
        by=actor,
        at=at,
    )


def open_ballot(world: World) -> list[Any]:
    return [ballot(world).public_id]


def voted_ballot(world: World) -> list[Any]:
    """Everybody but one voted, so that the owner may still close it or not."""
    from cordee.governance.acts import cast_vote
    from cordee.ground.kit.clock import now
    from cordee.groupings.reads import actor_for

    made = ballot(world)
    for voter in made.voters.select_related("seat__holder"):
        cast_vote(made, seat=voter.seat, choice="for", by=actor_for(voter.seat.holder, voter.seat), at=now())
    return [made.public_id]


def vote_link(world: World) -> list[Any]:
    from cordee.ground.kit.clock import now

    made = ballot(world)
    link = make_link(world.bruno, purpose="vote", subject=made, seat=world.seats["bruno"], at=now())
    return [token(link)]


ACT = (302, 302, 404, 404, SIGN_IN)
DOORS = [
    Door("governance:list", SIGNED_IN),
    Door("governance:propose", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("governance:ballot", MEMBERS_ONLY, open_ballot),
    Door("governance:vote", ACT, open_ballot, "post", {"choix": "for"}),
    Door("governance:close", (302, 403, 404, 404, SIGN_IN), voted_ballot, "post"),
    Door("governance:proxy", ACT, open_ballot, "post"),
    Door("governance:withdraw", ACT, open_ballot, "post", {"why": "un lien"}),
    Door("governance:talk", ACT, open_ballot, "post", {"text": "Bonjour"}),
    Door("governance:vote_by_link", (200, 200, 200, 200, 200), vote_link),  # whoever holds the link sees the question
]
