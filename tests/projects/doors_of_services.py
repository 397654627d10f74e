"""The doors of a service drawn from end to end and of its pilot clients."""

from datetime import timedelta
from typing import Any

from cordee.ground.kit.clock import now
from cordee.projects.acts import blueprint as acts
from cordee.projects.acts import open_project
from cordee.projects.models import Project
from tests.doors import ACT_OF_MEMBERS, MEMBERS_ONLY, SIGN_IN, Door
from tests.people import World


def a_service(world: World, names: tuple[str, ...] = ("aude", "bruno", "denis"), kind: str = "joint_offer") -> Project:
    """A joint offer with one moment, and one thing to do in it that nobody took."""
    seats = [world.seats[name] for name in names]
    by = world.actor("aude")
    made = open_project(world.grouping, kind=kind, name="Rénovation clés en main", seats=seats, by=by, at=now())
    if "blueprint" in made.tools:
        step = acts.write_step(made, title="Premier appel", seen="Un seul numéro.", by=by, at=now())
        acts.add_service_act(step, words="Répondre sous 48 h", front=True, by=by, at=now())
    return made


def some(world: World) -> list[Any]:
    return [a_service(world).public_id]


def a_step(world: World) -> list[Any]:
    made = a_service(world)
    return [made.public_id, made.service_steps.get().public_id]


def an_act(world: World) -> list[Any]:
    made = a_service(world)
    return [made.public_id, made.service_steps.get().acts.get().public_id]


def a_pilot(world: World) -> list[Any]:
    made, day = a_service(world), now().date()
    words = {"client": "Mme Serra", "tried": "Le devis unique"}
    pilot = acts.open_pilot(made, **words, starts=day, ends=day + timedelta(days=30), by=world.actor("aude"), at=now())
    return [made.public_id, pilot.public_id]


STEP = {"title": "Visite", "seen": "Deux métiers ensemble."}
PILOT = {"client": "Mme Serra", "tried": "Le devis unique", "starts": "2027-03-01", "ends": "2027-04-01"}
DOORS_OF_SERVICES = [
    Door("projects:blueprint", MEMBERS_ONLY, some),
    Door("projects:service_step_add", ACT_OF_MEMBERS, some, "post", STEP),
    Door("projects:service_step", MEMBERS_ONLY, a_step),
    Door("projects:service_step_remove", ACT_OF_MEMBERS, a_step, "post"),
    Door("projects:service_act_add", ACT_OF_MEMBERS, a_step, "post", {"words": "Relever les cotes", "front": "0"}),
    Door("projects:service_act", ACT_OF_MEMBERS, an_act, "post", {"taken": "1"}),
    Door("projects:pilot_open", ACT_OF_MEMBERS, some, "post", PILOT),
    Door("projects:pilot_close", ACT_OF_MEMBERS, a_pilot, "post", {"verdict": "go", "learned": "À garder."}),
    Door("projects:service_act", (404, 404, 404, 404, SIGN_IN), lambda world: [*some(world), "none"], "post"),
]
