"""The doors of the directory: cards for whoever is signed in, the rest for a company's people or the operator."""

from datetime import timedelta
from typing import Any

from cordee.directory.models import Certificate, ImportRun, Tie
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
    Door("directory:drop_tie", OWN_ACT, tie, "post"),
    Door("directory:import", OPERATOR, operator),
    Door("directory:import_run", OPERATOR, run),
    Door("directory:import_report", OPERATOR, run),
    Door("directory:resume_import", (302, 403, 403, 403, SIGN_IN), run, "post"),
]
