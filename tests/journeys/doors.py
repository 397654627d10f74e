"""The addresses of acts that cross rooms."""

from tests.doors import SIGN_IN, Door
from tests.people import World


def grouping(world: World) -> list[str]:
    return [world.grouping.public_id]


DOORS = [
    # The world's collective lacks rules, a key, signatures: who leads is told what is missing, a member who leads.
    Door("journeys:convention", (200, 200, 404, 404, SIGN_IN), grouping),
    Door("journeys:pass_gate", (409, 403, 404, 404, SIGN_IN), grouping, "post", {"to": "committed"}),
]
