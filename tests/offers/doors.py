"""The doors of the occasions: the company that brought one prepares, its exchange looks on, others see nothing."""

from typing import Any

from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor
from cordee.offers import acts
from cordee.offers.models import Pursuit
from tests.doors import MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.offers.small import found, notice_file, search, shared_need
from tests.people import World


def some_need(world: World) -> list[Any]:
    return [shared_need(world).public_id]


def some_lot(world: World) -> list[Any]:
    return [shared_need(world).public_id, 1]


def some_notice(world: World) -> list[Any]:
    made = acts.bring_notice(notice_file(), company=world.seats["aude"].company, by=Actor(world.aude), at=now())
    Pursuit.objects.create(need=made, grouping=world.grouping, since=now())
    return [made.public_id]


def some_search(world: World) -> list[Any]:
    return [search(world, shared_need(world)).public_id]


def some_team(world: World) -> list[Any]:
    return [found(world, of=shared_need(world)).public_id, 1]


OWNERS_PAGE = (200, 403, 404, 404, SIGN_IN)
OWNERS_ACT = (302, 403, 404, 404, SIGN_IN)
OWNERS_SECRET = (200, 404, 404, 404, SIGN_IN)
DOORS = [
    Door("offers:list", SIGNED_IN),
    Door("offers:new", SIGNED_IN),
    Door("offers:write", SIGNED_IN),
    Door("offers:need", MEMBERS_ONLY, some_need),
    Door("offers:file", MEMBERS_ONLY, some_notice),
    Door("offers:lot", OWNERS_PAGE, some_lot),
    Door("offers:find", OWNERS_ACT, some_need, "post", {"members": "6", "around": "on"}),
    Door("offers:drop", OWNERS_ACT, some_need, "post"),
    Door("offers:teams", OWNERS_SECRET, some_search),
    Door("offers:open", (302, 404, 404, 404, SIGN_IN), some_team, "post"),
]
