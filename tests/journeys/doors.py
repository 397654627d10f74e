"""The addresses of acts that cross rooms."""

from datetime import timedelta

from cordee.ground.kit.clock import now
from cordee.groupings.acts import answer_guest, ask_guest, open_door, open_review
from cordee.groupings.models import Departure, Grouping, Settling
from cordee.groupings.reads import actor_for
from cordee.journeys.acts import leave_grouping, open_exclusion
from tests.doors import MEMBERS_ONLY, SIGN_IN, Door
from tests.factories import AT
from tests.people import World

ACT = (302, 302, 404, 404, SIGN_IN)
OWNER = (302, 403, 404, 404, SIGN_IN)


def grouping(world: World) -> list[str]:
    return [world.grouping.public_id]


def committed(world: World) -> list[str]:
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="committed")
    return grouping(world)


def winding_up(world: World) -> list[str]:
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="winding_up")
    Settling.objects.create(grouping=world.grouping, item="brand", at=AT)
    return grouping(world)


def asked(world: World) -> list[str]:
    open_review(world.grouping, by=world.actor("aude"), at=AT)
    return grouping(world)


def turn(world: World) -> list[str]:
    return [*committed(world), "step_back"]


def excluded(world: World) -> list[str]:
    return [*grouping(world), world.seats["denis"].public_id]


def leaving(world: World) -> list[str]:
    committed(world)
    made = leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    assert isinstance(made, Departure)
    return [world.grouping.public_id, made.public_id]


def reproached(world: World) -> list[str]:
    hearing = AT + timedelta(days=16)
    words = "Trois échéances non payées depuis janvier."
    made = open_exclusion(world.seats["bruno"], grievances=words, hearing_at=hearing, by=world.actor("aude"), at=AT)
    return [world.grouping.public_id, made.public_id]


def door(world: World) -> list[str]:
    return [open_door(world.grouping, by=world.actor("aude"), at=AT).door]


def accompanied(world: World) -> list[str]:
    """Chloé accompanies the grouping: its members have another page, and she has none of theirs."""
    at = now()
    guest = ask_guest(
        world.grouping, email=world.chloe.email, name="", kind="facilitator", by=world.actor("aude"), at=at
    )
    for name in ("bruno", "denis", "emma"):
        seat = world.seats[name]
        answer_guest(guest, agreed=True, by=actor_for(seat.holder, seat), at=at)
    return grouping(world)


DOORS = [
    # The world's collective lacks rules and signatures: who leads is told what is missing, a member who leads.
    Door("journeys:convention", (200, 200, 404, 404, SIGN_IN), grouping),
    Door("journeys:pass_gate", (409, 403, 404, 404, SIGN_IN), grouping, "post", {"to": "committed"}),
    Door("journeys:life", MEMBERS_ONLY, grouping),
    Door("journeys:two", (409, 403, 404, 404, SIGN_IN), grouping, "post"),
    Door("journeys:turn", MEMBERS_ONLY, turn),
    Door("journeys:turn", ACT, turn, "post", {"closes_at": f"{now() + timedelta(days=9):%Y-%m-%dT%H:%M}"}),
    Door("journeys:purpose", MEMBERS_ONLY, grouping),
    Door("journeys:review", MEMBERS_ONLY, grouping),
    Door("journeys:review", ACT, asked, "post", {"choice": "continue"}),
    Door("journeys:independence", MEMBERS_ONLY, grouping),
    Door("journeys:independence", ACT, grouping, "post", {"do": "declare", "kind": "owner", "name": "Un fonds"}),
    Door("journeys:requests", MEMBERS_ONLY, grouping),
    Door("journeys:requests", OWNER, grouping, "post", {"do": "open"}),
    Door("journeys:ask", (200, 200, 200, 200, SIGN_IN), door),
    Door("journeys:departure", MEMBERS_ONLY, leaving),
    Door("journeys:departure", (404, 302, 404, 404, SIGN_IN), reproached, "post", {"do": "answer", "answer": "Non."}),
    Door("journeys:winding_up", MEMBERS_ONLY, winding_up),
    Door("journeys:winding_up", OWNER, winding_up, "post", {"do": "item", "item": "brand", "state": "done"}),
    Door("journeys:accompany", (404, 404, 200, 404, SIGN_IN), accompanied),
    Door("journeys:accompany", (404, 404, 302, 404, SIGN_IN), accompanied, "post", {"do": "leave"}),
    Door("groupings:leave", MEMBERS_ONLY, grouping),
    Door("groupings:leave", (302, 302, 404, 404, SIGN_IN), grouping, "post"),
    Door("groupings:exclusion", MEMBERS_ONLY, excluded),
    Door("groupings:archive", MEMBERS_ONLY, grouping),
]
