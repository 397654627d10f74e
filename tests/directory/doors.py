"""The doors of the directory: cards for whoever is signed in, the rest for a company's people or the operator."""

from datetime import timedelta
from typing import Any

from cordee.directory.models import Certificate, Event, ImportRun, Introduction, Tie
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import token
from tests.doors import EVERYBODY, SIGN_IN, SIGNED_IN, Door
from tests.factories import AT, company
from tests.people import World

OWN = (200, 404, 404, 404, SIGN_IN)
OWN_ACT = (302, 404, 404, 404, SIGN_IN)
WITH_A_COMPANY = (302, 302, 302, 404, SIGN_IN)
OPERATOR = (200, 403, 403, 403, SIGN_IN)


def own(world: World) -> list[Any]:
    return [world.seats["aude"].company.public_id]


def unclaimed(world: World) -> list[Any]:
    return [company("Plâtrerie du Lez").public_id]


def certificate(world: World) -> list[Any]:
    owner = world.seats["aude"].company
    made = Certificate.objects.create(company=owner, code="rge", label="RGE")
    return [owner.public_id, made.pk]


def tie(world: World) -> list[Any]:
    return [Tie.objects.create(company=world.seats["aude"].company, other=company(), kind="client").pk]


def operator(world: World) -> list[Any]:
    world.aude.is_operator = True
    world.aude.save()
    return []


def run(world: World) -> list[Any]:
    operator(world)
    return [ImportRun.objects.create(filename="a.csv", digest="0" * 64, asked_at=AT, state="done", total=0).public_id]


def asked(world: World) -> list[Any]:
    card = world.seats["aude"].company
    return [token(make_link(world.aude, purpose="card", subject=card, at=AT, expires_at=AT + timedelta(days=3650)))]


def event(world: World) -> Event:
    host = world.seats["aude"].company
    return Event.objects.create(
        name="Salon",
        kind="fair",
        starts_on="2020-01-01",
        ends_on="2090-01-01",
        code="abcdefgh",
        host=host,
        created_at=AT,
    )


def event_code(world: World) -> list[Any]:
    return [event(world).code]


def poster(world: World) -> list[Any]:
    return [event(world).public_id]


def introduced(world: World, state: str = "asked") -> list[Any]:
    """Chloé asked Emma for Aude: nobody but the one in the middle answers, and only when it is passed does Aude."""
    seats = {name: seat.company for name, seat in world.seats.items()}
    made = Introduction.objects.create(
        asker=seats["emma"], through=seats["aude"], target=seats["denis"], asked_by=world.aude, asked_at=AT, state=state
    )
    return [made.public_id]


def accepted(world: World) -> list[Any]:
    seats = {name: seat.company for name, seat in world.seats.items()}
    made = Introduction.objects.create(
        asker=seats["aude"],
        through=seats["emma"],
        target=seats["denis"],
        asked_by=world.aude,
        asked_at=AT,
        state="accepted",
        why="Se connaître",
    )
    return [made.public_id]


DOORS = [
    Door("directory:list", SIGNED_IN),
    Door("directory:mine", SIGNED_IN),
    Door("directory:create", (302, 302, 302, 302, SIGN_IN), method="post", data={"name": "Atelier neuf"}),
    Door("directory:company", SIGNED_IN, own),
    Door("directory:claim", (302, 302, 302, 302, SIGN_IN), unclaimed, "post"),
    Door("directory:edit", OWN, own),
    Door("directory:sight", OWN, own),
    Door("directory:card_question", EVERYBODY, asked),
    Door("directory:trade", OWN_ACT, own, "post", {"metier": "plomberie"}),
    Door("directory:certificate", OWN_ACT, own, "post", {"label": "RGE"}),
    Door("directory:drop_certificate", OWN_ACT, certificate, "post"),
    Door("directory:visible", OWN_ACT, own, "post", {"listed": "0"}),
    Door("directory:tie", WITH_A_COMPANY, unclaimed, "post", {"kind": "client", "trust": "70"}),
    Door("directory:hide", WITH_A_COMPANY, unclaimed, "post", {"hidden": "1"}),
    Door("directory:ties", SIGNED_IN),
    Door("directory:take", (404, 404, 404, 404, SIGN_IN), lambda world: [732829320], "post"),
    Door("directory:drop_tie", OWN_ACT, tie, "post"),
    Door("directory:events", SIGNED_IN),
    Door("directory:poster", OWN, poster),
    Door("directory:event", SIGNED_IN, event_code),
    Door("directory:presence", WITH_A_COMPANY, event_code, "post"),
    Door("directory:exchange", (409, 409, 409, 404, SIGN_IN), event_code, "post"),
    Door("directory:ask_introduction", (404, 404, 404, 404, SIGN_IN), unclaimed, "post"),
    Door("directory:introduction", OWN_ACT, introduced, "post", {"choix": "oui"}),
    Door("directory:introduced", OWN_ACT, accepted, "post"),
    Door("directory:import", OPERATOR, operator),
    Door("directory:import_run", OPERATOR, run),
    Door("directory:import_report", OPERATOR, run),
    Door("directory:resume_import", (302, 403, 403, 403, SIGN_IN), run, "post"),
]
