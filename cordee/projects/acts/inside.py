"""What every act of this room checks, inside its lock: the project lives, the seat takes part, the seat leads."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Seat
from cordee.projects import permissions
from cordee.projects.models import Project

VOTE_LENGTH = timedelta(days=7)


class AlreadyEnded(Refusal):
    """The project is over: it is read, it changes no more."""


class KnowWhat(Refusal):
    """Something has to be said in words."""


class ToolAway(Refusal):
    """The project has put this tool away."""


def living_project(project: Project) -> Project:
    """Re-read a project to change it; refused once it is over."""
    living(project.grouping)
    fresh = Project.objects.select_for_update().get(pk=project.pk)
    if fresh.ended_at is not None:
        raise AlreadyEnded(_("Ce projet est terminé : il se lit, il ne change plus."))
    return fresh


def my_project(project: Project, by: Actor, *, ended: bool = False) -> tuple[Project, Seat]:
    """The project re-read, and the seat that acts, which takes part in it."""
    seat = acting_seat(project.grouping, by)
    if not permissions.takes_part(project, seat):
        raise NotYours
    return (Project.objects.get(pk=project.pk) if ended else living_project(project)), seat


def check_leads(project: Project, seat: Seat) -> None:
    """Refused unless the seat leads the project."""
    if not permissions.may_lead(project, seat):
        raise NotAllowed(
            _("C’est au responsable du projet de le faire."),
            why=_("Prenez ce rôle si vous voulez le mener : il se prend, il ne se donne pas."),
        )


def wanted_of(project: Project, slug: str) -> Any:
    """The decision or document of the playbook; NotYours where there is none."""
    try:
        return project.kind_data.wanted(slug)
    except KeyError:
        raise NotYours from None


def my_tool(project: Project, by: Actor, tool: str, *, ended: bool = False) -> tuple[Project, Seat]:
    """The project re-read and the seat that acts, where the project has this tool out."""
    fresh, seat = my_project(project, by, ended=ended)
    if tool not in fresh.tools:
        raise ToolAway(
            _("Cet outil est rangé : ce qui y est écrit se lit, il ne change plus."),
            do=_("Sortez-le de nouveau depuis la page du projet."),
        )
    return fresh, seat


def same_version(theirs: int, yours: int, *, now: dict[str, str], wanted: dict[str, str]) -> None:
    """Refused when somebody changed the row in between: both values are shown."""
    if theirs != yours:
        raise Stale(_("Quelqu’un vient de modifier la même chose."), theirs=now, yours=wanted)
