"""What the groupements of the demo carry together: a stand on its way, a shared employee at the stage of needs."""

from datetime import datetime

from cordee.demo.stories import DAY, acting, seat
from cordee.groupings.models import Grouping
from cordee.projects import acts
from cordee.projects.models import Project


def begin(grouping: Grouping, names: tuple[str, ...], *, at: datetime, **words: object) -> Project:
    """A project opened by the first of these companies, who takes its lead."""
    by = acting(grouping, names[0])
    seats = [seat(grouping, name) for name in names]
    project = acts.open_project(grouping, seats=seats, by=by, at=at, **words)  # type: ignore[arg-type]
    acts.take_role(project, role="lead", by=by, at=at)
    return project


def go_on(project: Project, name: str, notes: dict[str, str], *, at: datetime) -> None:
    """The next stage, each point noted where it was settled."""
    by = acting(project.grouping, name)
    for slug, note in notes.items():
        acts.note_checkpoint(project, slug=slug, note=note, by=by, at=at)
    acts.enter_next_stage(project, by=by, at=at)


def carried_together(*, at: datetime) -> None:
    """Two projects in the groupement that restores old buildings."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    names = ("Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité")
    fair = (at + 130 * DAY).date().isoformat()
    stand = begin(
        grouping, names, kind="shared_stand", name="Salon de l’habitat de Montpellier", at=at - 40 * DAY,
        purpose="Montrer ensemble la rénovation de bâtiments anciens, du bois à l’électricité.",
        particulars={"fair": "Salon de l’habitat", "city": "Montpellier", "opens_on": fair, "surface": 18, "days": 3},
    )  # fmt: skip
    go_on(
        stand, names[0],
        {"need": "Réunion à Lodève, chacun a dit ce qu’il en attend.", "fair": "Réunion à Lodève, tous présents."},
        at=at - 30 * DAY,
    )  # fmt: skip
    employee = begin(
        grouping, names[1:], kind="shared_employee", name="Un responsable QHSE à trois", at=at - 12 * DAY,
        purpose="Tenir nos documents uniques et viser MASE, sans embaucher chacun de son côté.",
        particulars={"job": "Responsable QHSE", "gross": 38_000},
    )  # fmt: skip
    go_on(employee, names[1], {"need": "Tour de table : un jour et demi par semaine chacun."}, at=at - 8 * DAY)
