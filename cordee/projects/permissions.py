"""Who may see and do what in a project: its participants do; the other members know that it exists."""

from django.db import models

from cordee.directory.models import Representative
from cordee.ground.people.models import Person
from cordee.groupings.models import Office, Seat
from cordee.projects.models import CapacityPool, Project, ProjectRole


def takes_part(project: Project, seat: Seat) -> bool:
    """Whether a seat takes part in the project today."""
    return project.participants.filter(seat=seat, left_at=None).exists()


def may_lead(project: Project, seat: Seat) -> bool:
    """The project's lead; whoever opened it where there is none; the coordinator of the grouping."""
    leads = ProjectRole.objects.filter(project=project, role="lead", until=None).values(
        "seat_id", kind=models.Value("lead")
    )
    coordinates = Office.objects.filter(seat=seat, role=Office.Role.COORDINATOR, until=None)
    found = list(leads.union(coordinates.values("seat_id", kind=models.Value("coordinator")), all=True))
    held = next((row["seat_id"] for row in found if row["kind"] == "lead"), None)
    return leads_with(project, seat, lead=held, coordinates=any(row["kind"] == "coordinator" for row in found))


def leads_with(project: Project, seat: Seat, *, lead: int | None, coordinates: bool) -> bool:
    """The same for whoever has read already who holds the role of lead, and whether this seat coordinates."""
    return coordinates or seat.pk == (project.opened_by_id if lead is None else lead)


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
    held = ProjectRole.objects.filter(project=project, until=None)
    mine = held.filter(role__in=["lead", "guardian"], seat=models.OuterRef("pk"))
    office = Office.objects.filter(seat=models.OuterRef("pk"), role=Office.Role.COORDINATOR, until=None)
    allowed = models.Q(models.Exists(mine)) | models.Q(models.Exists(office))
    if project.opened_by_id == seat.pk:
        allowed |= ~models.Q(models.Exists(held.filter(role="lead")))
    return Seat.objects.filter(allowed, pk=seat.pk).exists()


def is_neutral(pool: CapacityPool, person: Person) -> bool:
    """The neutral person of a pool, as long as the project runs and they speak for none of its companies."""
    if pool.assembler_id != person.pk or pool.project.ended_at is not None:
        return False
    seats = pool.project.participants.filter(left_at=None).values("seat__company")
    return not Representative.objects.filter(person=person, company__in=seats, until=None).exists()


def sees_totals(seat: Seat) -> bool:
    """The treasurer, or the coordinator where there is none: hours in all of each company, never its days."""
    keepers = Office.objects.filter(
        grouping=seat.grouping_id, until=None, role__in=(Office.Role.TREASURER, Office.Role.COORDINATOR)
    )
    found = {office.role: office.seat_id for office in keepers}
    return found.get(Office.Role.TREASURER, found.get(Office.Role.COORDINATOR)) == seat.pk
