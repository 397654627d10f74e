"""The stand: its sketch, its calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cordee.engines.strips import strips
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import KnowWhat, my_tool, same_version
from cordee.projects.models import Project, StandArea, StandDate, StandSketch
from cordee.projects.reads import partners_of, usual_dates

MOST_AREAS = 30


@dataclass(frozen=True, slots=True)
class NewArea:
    """A rectangle to draw, in decimetres; without a seat it belongs to all."""

    x: int
    y: int
    width: int
    depth: int
    seat: Seat | None = None
    label: str = ""


def cut_stand(
    project: Project, *, width: int, depth: int, asked: Mapping[Seat, int], common: int = 0, by: Actor, at: datetime
) -> StandSketch:
    """Draw a first sketch: the stand cut into strips by what each asked for, the shared part in the middle.

    Allowed       any participant.
    Refused when  the tool is put away, the stand has no surface, or nobody asks for any of it.
    Tells         projects.sketch.cut: the surface, how many parts.
    """
    with act("projects.sketch.cut", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "stand")
        seats = {each.public_id: each for each in partners_of(fresh) if asked.get(each)}
        parts = {key: asked[seat] for key, seat in seats.items()}
        half = len(parts) // 2
        order = [*[*parts][:half], "common", *[*parts][half:]]
        wanted = {key: common if key == "common" else parts[key] for key in order}
        if width <= 0 or depth <= 0 or not any(wanted.values()):
            raise KnowWhat(_("Dites la surface du stand et les m² que chacun demande."))
        with for_the_papers():
            shared = _("Accueil commun")
        rows = [
            NewArea(one.x, one.y, one.width, one.depth, seats.get(one.key), "" if one.key in seats else shared)
            for one in strips(width, depth, wanted)
        ]
        sketch = _drawn(fresh, width, depth, rows)
        facts |= {"surface": width * depth, "areas": len(rows)}
    return sketch


def draw_stand(
    project: Project, *, width: int, depth: int, rows: Sequence[NewArea], version: int, by: Actor, at: datetime
) -> StandSketch:
    """Draw the sketch as it was written, rectangle by rectangle. What overlaps or leaves the stand is said on its page.

    Allowed       any participant.
    Refused when  the tool is put away, there is nothing to draw, or somebody changed it in between.
    Tells         projects.sketch.drawn: the surface, how many rectangles.
    """
    with act("projects.sketch.drawn", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "stand")
        known = StandSketch.objects.filter(project=fresh).first()
        if known is not None:
            mine = {_("Stand"): f"{width} × {depth} dm, {len(rows)}"}
            theirs = {_("Stand"): f"{known.width} × {known.depth} dm, {known.areas.count()}"}
            same_version(known.version, version, now=theirs, wanted=mine)
        seats = {each.pk for each in partners_of(fresh)}
        if not rows or len(rows) > MOST_AREAS or min(width, depth, *(min(r.width, r.depth) for r in rows)) <= 0:
            raise KnowWhat(_("Un plan a un à trente emplacements, chacun avec une largeur et une profondeur."))
        if any(row.seat and row.seat.pk not in seats for row in rows):
            raise NotYours
        sketch = _drawn(fresh, width, depth, rows)
        facts |= {"surface": width * depth, "areas": len(rows)}
    return sketch


def _drawn(project: Project, width: int, depth: int, rows: Sequence[NewArea]) -> StandSketch:
    sketch = StandSketch.objects.filter(project=project).first() or StandSketch(project=project, version=0)
    sketch.width, sketch.depth, sketch.version = width, depth, sketch.version + 1
    sketch.save()
    sketch.areas.all().delete()
    StandArea.objects.bulk_create(
        [
            StandArea(
                public_id=new_public_id(),
                sketch=sketch,
                seat=row.seat,
                label=row.label.strip()[:60],
                x=row.x,
                y=row.y,
                width=row.width,
                depth=row.depth,
            )
            for row in rows
        ]
    )
    return sketch


def propose_dates(project: Project, *, opens_on: date, by: Actor, at: datetime) -> int:
    """Write the usual calendar of a stand, counted back from the first day of the fair; what is there stays.

    Allowed       any participant.
    Refused when  the tool is put away, or every usual date is there already.
    Tells         projects.stand_dates.proposed: how many, the first day of the fair.
    """
    with act("projects.stand_dates.proposed", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "stand")
        with for_the_papers():
            usual = [(str(label), opens_on - timedelta(days=days)) for label, days in usual_dates()]
        there = set(StandDate.objects.filter(project=fresh).values_list("label", flat=True))
        new = [(label, due) for label, due in usual if label not in there]
        if not new:
            raise Refusal(_("Les échéances habituelles y sont déjà."))
        StandDate.objects.bulk_create(
            [StandDate(public_id=new_public_id(), project=fresh, label=label, due=due) for label, due in new]
        )
        facts |= {"dates": len(new), "opens_on": opens_on.isoformat()}
    return len(new)


def add_date(project: Project, *, label: str, due: date, by: Actor, at: datetime) -> StandDate:
    """Add something to do by a day.

    Allowed       any participant.
    Refused when  the tool is put away, or nothing says what it is.
    Tells         projects.stand_date.added: the day.
    """
    with act("projects.stand_date.added", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "stand")
        if not label.strip():
            raise KnowWhat(_("Écrivez ce qu’il y a à faire."))
        row = StandDate.objects.create(project=fresh, label=label.strip()[:120], due=due)
        facts["due"] = due.isoformat()
    return row


def tick_date(day: StandDate, *, done: bool, by: Actor, at: datetime) -> StandDate:
    """Say that something of the calendar is done, or that it is not after all.

    Allowed       any participant.
    Refused when  the tool is put away.
    Tells         projects.stand_date.ticked: done or not.
    """
    with act("projects.stand_date.ticked", book=day.project.grouping.book, by=by, at=at, on=day) as facts:
        _fresh, seat = my_tool(day.project, by, "stand")
        row = StandDate.objects.select_for_update(of=("self",)).select_related("project").get(pk=day.pk)
        row.done_at, row.done_by = (at, seat) if done else (None, None)
        row.save(update_fields=["done_at", "done_by"])
        facts["done"] = done
    return row
