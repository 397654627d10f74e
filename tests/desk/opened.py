"""A world in which everything that the API shows exists, once in Aude's groupement and once at Chloé's."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cordee.governance import acts as governance
from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_key
from cordee.ground.people.models import AccessKey, Actor
from cordee.ground.register.acts import address
from cordee.money import acts as money
from cordee.money.models import CostPool
from cordee.projects import acts as projects
from cordee.projects.models import Project
from tests.people import World

SECRET_WORD = "Chardonneret"
"""Stands in everything that Aude's groupement wrote: whoever reads it elsewhere has seen too much."""
EVERY_USE = list(AccessKey.Scope.values)


@dataclass
class Opened:
    """Aude's groupement, with a vote, accounts and a project; and the keys of Aude and of Chloé."""

    world: World
    ballot: Ballot
    pool: CostPool
    project: Project
    aude: str
    chloe: str


def key_for(world: World, name: str, scopes: list[str] | None = None) -> str:
    """The secret of a new key of somebody's company."""
    company = world.seats[name].company
    by = Actor(getattr(world, name))
    uses = scopes or EVERY_USE
    return make_key(address(company), company.book, name="Compta", scopes=uses, by=by, at=now())[1]


def opened(world: World) -> Opened:
    by = world.actor("aude")
    words = {"title": f"{SECRET_WORD} vote", "text": f"{SECRET_WORD} texte", "decision_type": "ordinary"}
    ballot = governance.propose_resolution(
        world.grouping, **words, closes_at=now() + timedelta(days=7), by=by, at=now()
    )
    pool = money.open_pool(world.grouping, title=f"{SECRET_WORD} comptes", unit="", by=by, at=now())
    money.add_line(pool, label=f"{SECRET_WORD} dépense", cents=12_000, paid_by=world.seats["aude"], by=by, at=now())
    project = projects.open_project(
        world.grouping, kind="free", name=f"{SECRET_WORD} projet", purpose="", seats=list(_members(world)), by=by,
        at=now(),
    )  # fmt: skip
    return Opened(world, ballot, pool, project, key_for(world, "aude"), key_for(world, "chloe"))


def _members(world: World) -> Any:
    return (world.seats[name] for name in ("aude", "bruno", "denis"))
