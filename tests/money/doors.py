"""The doors of the common costs."""

from typing import Any

from cordee.ground.kit.clock import now
from cordee.money import acts
from cordee.money.models import CostPool
from tests.doors import MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.people import World


def pool(world: World, *, adopted: bool = False) -> CostPool:
    """A pool with two lines, all paid by Aude; with its key where it is asked for."""
    by, at = world.actor("aude"), now()
    made = acts.open_pool(world.grouping, title="Stand du salon", unit="m²", by=by, at=at)
    acts.add_line(made, label="Emplacement", cents=540_000, paid_by=world.seats["aude"], by=by, at=at)
    acts.add_line(made, label="Mobilier", cents=318_001, paid_by=world.seats["bruno"], by=by, at=at)
    if adopted:
        ballot = acts.propose_key(made, kind="equal", by=by, at=at)
        key = made.keys.get(public_id=ballot.resolution.effect_on.rpartition("/")[2])
        acts.adopt_key(key, by_decision=f"governance/resolution/{ballot.resolution.public_id}", by=by, at=at)
    return made


def some_pool(world: World) -> list[Any]:
    return [pool(world).public_id]


def voted_pool(world: World) -> list[Any]:
    return [pool(world, adopted=True).public_id]


def some_line(world: World) -> list[Any]:
    made = pool(world)
    return [made.public_id, made.lines.first().public_id]


def some_transfer(world: World) -> list[Any]:
    """A payment that concerns both Aude, who receives, and another company; Bruno receives less than he owes."""
    made = pool(world, adopted=True)
    found = acts.settle_pool(made, by=world.actor("aude"), at=now())
    return [made.public_id, found[0].public_id]


ACT = (302, 302, 404, 404, SIGN_IN)
DOORS = [
    Door("money:list", SIGNED_IN),
    Door("money:new", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:pool", MEMBERS_ONLY, some_pool),
    Door("money:add_line", ACT, some_pool, "post", {"label": "Badges", "cents": "12,50"}),
    Door("money:strike_line", (302, 403, 404, 404, SIGN_IN), some_line, "post"),
    Door("money:note_use", ACT, some_pool, "post", {"version": "1"}),
    Door("money:propose_key", ACT, some_pool, "post", {"cle": "equal"}),
    Door("money:settle", (302, 403, 404, 404, SIGN_IN), voted_pool, "post"),
    Door("money:why", MEMBERS_ONLY, voted_pool),
    Door("money:confirm", (302, 403, 404, 404, SIGN_IN), some_transfer, "post"),
]
