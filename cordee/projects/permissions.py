"""Who may see and do what in a project: its participants do; the other members know that it exists."""

from django.db.models import Value

from cordee.directory.models import Representative
from cordee.ground.people.models import Person
from cordee.groupings.models import Office, Seat
from cordee.projects.models import CapacityPool, Project, ProjectRole


def takes_part(project: Project, seat: Seat) -> bool:
    """Whether a seat takes part in the project today."""
    return project.participants.filter(seat=seat, left_at=None).exists()


def may_lead(project: Project, seat: Seat) -> bool:
    """The project's lead; whoever opened it where there is none; the coordinator of the grouping."""
    leads = ProjectRole.objects.filter(project=project, role="lead", until=None).values("seat_id", kind=Value("lead"))
    coordinates = Office.objects.filter(seat=seat, role=Office.Role.COORDINATOR, until=None)
    found = list(leads.union(coordinates.values("seat_id", kind=Value("coordinator")), all=True))
    nobody = not any(row["kind"] == "lead" for row in found)
    return any(row["seat_id"] == seat.pk for row in found) or (nobody and seat.pk == project.opened_by_id)


def may_join(project: Project) -> bool:
    """Freely as long as no step that asks for the budget has been entered: then whoever comes changes the shares."""
    for step in project.kind_data.stages:
        if "budget" in step.asks:
            return False
        if step.slug == project.stage:
            return True
    return True


def may_guard(project: Project, seat: Seat) -> bool:
    """Who leads the project, and who took the role of guardian of the brand."""
    guards = ProjectRole.objects.filter(project=project, role="guardian", seat=seat, until=None)
    return guards.exists() or may_lead(project, seat)


def is_neutral(pool: CapacityPool, person: Person) -> bool:
    """The neutral person of a pool, as long as the project runs and they speak for none of its companies."""
    if pool.assembler_id != person.pk or pool.project.ended_at is not None:
        return False
    seats = pool.project.participants.filter(left_at=None).values("seat__company")
    return not Representative.objects.filter(person=person, company__in=seats, until=None).exists()
