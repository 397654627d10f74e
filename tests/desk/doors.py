"""The doors of the frame, and of the pages that cross rooms."""

from datetime import timedelta
from typing import Any

from cordee.ground.kit.clock import now
from cordee.groupings.models import Invitation
from tests.doors import EVERYBODY, SIGN_IN, SIGNED_IN, Door
from tests.people import World


def invited(world: World) -> list[Any]:
    """Bruno is asked to come in elsewhere."""
    host = world.seats["chloe"]
    made = Invitation.objects.create(
        grouping=world.elsewhere,
        person=world.bruno,
        state=Invitation.State.SENT,
        invited_by=host,
        sent_at=now(),
        expires_at=now() + timedelta(days=9),
    )
    return [made.public_id]


DOORS = [
    Door("desk:today", EVERYBODY),
    Door("desk:about", EVERYBODY),
    Door("desk:gallery", (404, 404, 404, 404, 404)),  # closed, but for developers and demos
    Door("desk:books", SIGNED_IN),
    Door("desk:search", SIGNED_IN),
    Door("desk:health", (503, 503, 503, 503, 503)),  # in the tests neither ticker nor worker runs
    Door("desk:invitation", (404, 302, 404, 404, SIGN_IN), invited, "post"),
]
