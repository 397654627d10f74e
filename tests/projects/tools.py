"""Projects with what their tools need to be tried."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from cordee.ground.kit.clock import now
from cordee.projects import acts
from cordee.projects.models import Lead, Project
from tests.people import World
from tests.projects.doors import project

_keys = count(1)


def new_lead(**words: Any) -> acts.NewLead:
    """A contact with a key of its own."""
    given = {"key": f"{next(_keys):032x}", "name": "Paul Vidal", "reach": "06 12 34 56 78", "shared": True}
    return acts.NewLead(**{**given, **words})


def taken(world: World, made: Project, *, by: str = "aude", at: datetime | None = None, **words: Any) -> Lead:
    """A contact that one of the members noted."""
    row = new_lead(**words)
    acts.take_leads(made, [row], by=world.actor(by), at=at or now())
    return Lead.objects.get(project=made, key=row.key)


def long_ago() -> datetime:
    return now() - timedelta(days=4 * 365)


__all__ = ["long_ago", "new_lead", "project", "taken"]
