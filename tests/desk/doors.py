"""The doors of the frame, and of the pages that cross rooms."""

from datetime import timedelta
from typing import Any

from cordee.desk.api import api
from cordee.ground.kit.clock import now
from cordee.ground.messages.models import Hook
from cordee.ground.people.models import AccessKey
from cordee.ground.register.acts import address
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


def company(world: World) -> list[Any]:
    return [world.seats["aude"].company.public_id]


def key(world: World) -> list[Any]:
    """A key of Aude's company."""
    mine = world.seats["aude"].company
    made = AccessKey.objects.create(
        person=world.aude, company=address(mine), name="Compta", scopes=["card"], digest="x" * 64, made_at=now()
    )
    return [mine.public_id, made.public_id]


def hook(world: World) -> list[Any]:
    """An address that Aude's company has told."""
    mine = world.seats["aude"].company
    made = Hook.objects.create(
        company=address(mine), made_by=world.aude, address="https://x.fr/", secret="s", made_at=now(), due_at=now()
    )
    return [mine.public_id, made.public_id]


MINE = (200, 404, 404, 404, SIGN_IN)
MINE_ACT = (302, 404, 404, 404, SIGN_IN)
NO_KEY = (401, 401, 401, 401, 401)
"""Being signed in opens nothing of the API: a program brings a key."""

API = [
    Door(f"api:{pattern.name}", NO_KEY, lambda world, count=pattern.pattern.converters: ["x"] * len(count), how)
    for pattern in api.urls[0]
    if pattern.name not in ("openapi-json", "api-root")
    for how in (["post"] if pattern.name in ("vote", "new_line", "done") else ["get"])
]

DOORS = [
    *API,
    Door("api:openapi-json", EVERYBODY),
    Door("api:api-root", (404, 404, 404, 404, 404)),
    Door("desk:api", EVERYBODY),
    Door("desk:feed", (404, 404, 404, 404, 404), lambda world: ["cordee_unheard"]),
    Door("desk:my_data", SIGNED_IN),
    Door("desk:wipe_person", (422, 422, 422, 422, SIGN_IN), method="post"),
    Door("desk:company_archive", MINE, company),
    Door("desk:new_key", (422, 404, 404, 404, SIGN_IN), company, "post"),
    Door("desk:new_feed", MINE, company, "post"),
    Door("desk:drop_key", MINE_ACT, key, "post"),
    Door("desk:new_hook", MINE, company, "post", {"address": "https://exemple.fr/ici"}),
    Door("desk:drop_hook", MINE_ACT, hook, "post"),
    Door("desk:wipe_company", (422, 404, 404, 404, SIGN_IN), company, "post"),
    Door("desk:today", EVERYBODY),
    Door("desk:about", EVERYBODY),
    Door("desk:self_test", EVERYBODY),
    Door("desk:gallery", (404, 404, 404, 404, 404)),  # closed, but for developers and demos
    Door("desk:books", SIGNED_IN),
    Door("desk:search", SIGNED_IN),
    Door("desk:health", (503, 503, 503, 503, 503)),  # in the tests neither ticker nor worker runs
    Door("desk:invitation", (404, 302, 404, 404, SIGN_IN), invited, "post"),
]
