"""The drawing of a service as its participants see it, what it still lacks, and the clients with whom it is tried."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotYours
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects.models import PilotClient, Project, ServiceAct, ServiceStep
from cordee.projects.reads.projects import partners_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: what the client sees, what is done before them, what is done behind."""

    step: ServiceStep
    front: tuple[ServiceAct, ...]
    back: tuple[ServiceAct, ...]

    @property
    def untaken(self) -> int:
        return sum(one.seat_id is None for one in (*self.front, *self.back))


@dataclass(frozen=True, slots=True)
class Charge:
    """How much of the service one company carries: acts before the client, acts behind."""

    seat: Seat
    front: int
    back: int


@dataclass(frozen=True, slots=True)
class BlueprintPage:
    """The service from end to end, for one participant."""

    project: Project
    me: Membership
    moments: tuple[Moment, ...]
    charges: tuple[Charge, ...]
    pilots: tuple[PilotClient, ...]
    lacks: tuple[str, ...]

    @property
    def open(self) -> bool:
        return self.project.ended_at is None and "blueprint" in self.project.tools


def blueprint_page(project: Project, me: Membership) -> BlueprintPage:
    """The page of the blueprint: three queries."""
    steps = ServiceStep.objects.filter(project=project).prefetch_related("acts__seat__company")
    moments = tuple(
        Moment(step, tuple(a for a in step.acts.all() if a.front), tuple(a for a in step.acts.all() if not a.front))
        for step in steps
    )
    charges = tuple(
        Charge(
            seat,
            sum(one.seat_id == seat.pk for each in moments for one in each.front),
            sum(one.seat_id == seat.pk for each in moments for one in each.back),
        )
        for seat in partners_of(project)
    )
    pilots = tuple(PilotClient.objects.filter(project=project))
    return BlueprintPage(project, me, moments, charges, pilots, lacks_of(moments, charges))


def lacks_of(moments: tuple[Moment, ...], charges: tuple[Charge, ...]) -> tuple[str, ...]:
    """What keeps the drawing from being whole, one sentence each."""
    if not moments:
        return ()
    found = [_("« %(step)s » : personne devant le client.") % {"step": each.step} for each in moments if not each.front]
    found += [
        _("« %(step)s » : une tâche que personne n’a prise.") % {"step": each.step}
        if each.untaken == 1
        else _("« %(step)s » : %(count)s tâches que personne n’a prises.") % {"step": each.step, "count": each.untaken}
        for each in moments
        if each.untaken
    ]
    found += [_("« %(step)s » : rien n’est promis.") % {"step": each.step} for each in moments if not each.step.promise]
    found += [_("%(who)s n’a encore rien à faire.") % {"who": one.seat} for one in charges if not one.front + one.back]
    return tuple(found)


def step_of(project: Project, public_id: str) -> ServiceStep:
    """A moment of this very project."""
    found = ServiceStep.objects.select_related("project__grouping").filter(project=project, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def service_act_of(project: Project, public_id: str) -> ServiceAct:
    """Something to do in this very project."""
    known = ServiceAct.objects.select_related("step__project__grouping")
    found = known.filter(step__project=project, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def pilot_of(project: Project, public_id: str) -> PilotClient:
    """A trial of this very project."""
    found = PilotClient.objects.select_related("project__grouping").filter(project=project, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found
