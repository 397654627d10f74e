"""What a stage of the playbook finds in the tools: in this room, and in the later rooms that sign in here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.groupings.reads import Membership
from cordee.projects.models import PilotClient, Project, ServiceStep


@dataclass(frozen=True, slots=True)
class Fact:
    """One point of a stage as its tool knows it: what, how it stands in words, where to go."""

    code: str
    label: str
    said: str
    state: Literal["done", "todo", "bad"]
    path: str = ""


Teller = Callable[[Project, Membership, frozenset[str]], Iterable[Fact]]
TELLERS: list[Teller] = []
"""Later rooms put theirs here when they are ready. Each answers for the codes it knows, and keeps silent on others."""


def facts_of(project: Project, me: Membership) -> Mapping[str, tuple[Fact, ...]]:
    """By stage, what its tools know; nothing is asked where the kind shows nothing."""
    wanted = {step.slug: step.shows for step in project.kind_data.stages if step.shows}
    if not wanted:
        return {}
    codes = frozenset(code for shows in wanted.values() for code in shows)
    found: dict[str, list[Fact]] = {}
    for teller in (_of_this_room, *TELLERS):
        for fact in teller(project, me, codes):
            found.setdefault(fact.code, []).append(fact)
    return {slug: tuple(fact for code in shows for fact in found.get(code, ())) for slug, shows in wanted.items()}


def _of_this_room(project: Project, me: Membership, codes: frozenset[str]) -> Iterable[Fact]:
    where = reverse("projects:blueprint", args=[project.public_id]) + me.voice
    if "blueprint" in codes and "blueprint" in project.tools:
        steps = list(ServiceStep.objects.filter(project=project).prefetch_related("acts"))
        free = sum(one.seat_id is None for step in steps for one in step.acts.all())
        said = _("%(count)s moments") % {"count": len(steps)} if steps else _("à écrire")
        said += _(", %(free)s tâches à prendre") % {"free": free} if free else ""
        yield Fact("blueprint", _("Le parcours du client"), said, "done" if steps and not free else "todo", where)
    if "pilot" in codes and "blueprint" in project.tools:
        for one in PilotClient.objects.filter(project=project):
            said = str(one.get_verdict_display()) if one.verdict else _("en cours")
            yield Fact("pilot", one.client, said, STATES.get(one.verdict, "todo"), where + "#pilots")


STATES: Mapping[str, Literal["done", "bad"]] = {"go": "done", "stop": "bad"}
