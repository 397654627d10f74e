"""The service drawn by those who give it: its moments, who does what before the client and behind; the pilot."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.projects.acts.inside import KnowWhat, my_tool, same_version
from cordee.projects.models import PilotClient, Project, ServiceAct, ServiceStep

TOOL = "blueprint"
MOST = 30


class TooMany(Refusal):
    """More than can be read on one page."""


def write_step(
    project: Project,
    step: ServiceStep | None = None,
    *,
    title: str,
    seen: str,
    promise: str = "",
    position: int = 0,
    version: int = 0,
    by: Actor,
    at: datetime,
) -> ServiceStep:
    """Write a moment of the service, or correct one: its place in the whole, what the client sees of it.

    Allowed       any participant.
    Refused when  the tool is put away; nothing says what it is or what the client sees; somebody changed it in between.
    Tells         projects.service_step.written: its place, whether it is new.
    """
    with act("projects.service_step.written", book=project.grouping.book, by=by, at=at, on=step or project) as facts:
        fresh, _seat = my_tool(project, by, TOOL)
        if not title.strip() or not seen.strip():
            raise KnowWhat(_("Donnez un nom à ce moment, et dites ce que le client en voit."))
        rows = list(ServiceStep.objects.select_for_update().filter(project=fresh))
        row = next((one for one in rows if step is not None and one.pk == step.pk), None)
        if row is None:
            if len(rows) >= MOST:
                raise TooMany(_("Trente moments au plus."), do=_("Regroupez ceux qui vont ensemble."))
            row = ServiceStep(project=fresh, position=len(rows) + 1)
        else:
            same_version(row.version, version, now={"title": row.title, "seen": row.seen},
                         wanted={"title": title, "seen": seen})  # fmt: skip
            row.version += 1
            rows.remove(row)
        row.title, row.seen, row.promise = title.strip()[:80], seen.strip()[:300], promise.strip()[:120]
        place = min(max(position or row.position, 1), len(rows) + 1)
        rows.insert(place - 1, row)
        row.position = place
        row.save()
        for number, one in enumerate(rows, start=1):
            if one.position != number:
                ServiceStep.objects.filter(pk=one.pk).update(position=number)
        facts |= {"place": place, "new": step is None}
    return row


def remove_step(step: ServiceStep, *, by: Actor, at: datetime) -> None:
    """Take a moment out of the service, with what was to do in it.

    Allowed       any participant.
    Refused when  the tool is put away; a company took something in it.
    Tells         projects.service_step.removed.
    """
    with act("projects.service_step.removed", book=step.project.grouping.book, by=by, at=at, on=step.project):
        my_tool(step.project, by, TOOL)
        row = ServiceStep.objects.select_for_update().get(pk=step.pk)
        if row.acts.exclude(seat=None).exists():
            raise NotAllowed(
                _("Une entreprise s’est engagée à ce moment."), why=_("Elle rend d’abord ce qu’elle a pris.")
            )
        row.delete()


def add_service_act(
    step: ServiceStep, *, words: str, front: bool, mine: bool = False, by: Actor, at: datetime
) -> ServiceAct:
    """Say what has to be done at a moment, before the client or behind; one may take it at once.

    Allowed       any participant, who takes it for its own company alone.
    Refused when  the tool is put away; nothing says what it is; the moment has thirty already.
    Tells         projects.service_act.added: before the client or behind, taken or not.
    """
    with act("projects.service_act.added", book=step.project.grouping.book, by=by, at=at, on=step) as facts:
        _fresh, seat = my_tool(step.project, by, TOOL)
        row = ServiceStep.objects.select_for_update().get(pk=step.pk)
        if not words.strip():
            raise KnowWhat(_("Écrivez ce qu’il y a à faire."))
        if row.acts.count() >= MOST:
            raise TooMany(_("Trente tâches au plus à un même moment."), do=_("Coupez ce moment en deux."))
        made = ServiceAct.objects.create(step=row, front=front, words=words.strip()[:200], seat=seat if mine else None)
        facts |= {"front": front, "taken": mine}
    return made


def hold_service_act(done: ServiceAct, *, taken: bool, by: Actor, at: datetime) -> ServiceAct:
    """Take something to do for one's own company, or hand it back for another to take.

    Allowed       any participant, for its own company; only its own is handed back.
    Refused when  the tool is put away; another company holds it.
    Tells         projects.service_act.held: taken or handed back, whose.
    """
    project = done.step.project
    with act("projects.service_act.held", book=project.grouping.book, by=by, at=at, on=done.step) as facts:
        _fresh, seat = my_tool(project, by, TOOL)
        row = ServiceAct.objects.select_for_update(of=("self",)).get(pk=done.pk)
        if row.seat_id not in (None, seat.pk):
            raise NotAllowed(_("Une autre entreprise s’en charge."), why=_("Elle seule peut le rendre."))
        row.seat = seat if taken else None
        row.save(update_fields=["seat"])
        facts |= {"taken": taken, "seat": seat.public_id}
    return row


def remove_service_act(done: ServiceAct, *, by: Actor, at: datetime) -> None:
    """Take something out of what there is to do, where no other company took it.

    Allowed       any participant.
    Refused when  the tool is put away; another company holds it.
    Tells         projects.service_act.removed.
    """
    project = done.step.project
    with act("projects.service_act.removed", book=project.grouping.book, by=by, at=at, on=done.step):
        _fresh, seat = my_tool(project, by, TOOL)
        row = ServiceAct.objects.select_for_update(of=("self",)).get(pk=done.pk)
        if row.seat_id not in (None, seat.pk):
            raise NotAllowed(_("Une autre entreprise s’en charge."), why=_("Elle seule peut le rendre."))
        row.delete()


def open_pilot(
    project: Project, *, client: str, tried: str, starts: date, ends: date, by: Actor, at: datetime
) -> PilotClient:
    """Name a first client with whom the offer is tried, what is tried, from when to when.

    Allowed       any participant.
    Refused when  the tool is put away; the client or what is tried is not said; it ends before it begins.
    Tells         projects.pilot.opened: the days.
    """
    with act("projects.pilot.opened", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, TOOL)
        if not client.strip() or not tried.strip():
            raise KnowWhat(_("Dites chez quel client, et ce que vous y essayez."))
        if ends < starts:
            raise Refusal(_("L’essai finit avant de commencer."), do=_("Corrigez l’un des deux jours."))
        words = {"client": client.strip()[:120], "tried": tried.strip()[:300]}
        made = PilotClient.objects.create(project=fresh, starts=starts, ends=ends, seat=seat, **words)
        facts |= {"starts": starts.isoformat(), "ends": ends.isoformat()}
    return made


def close_pilot(
    pilot: PilotClient, *, verdict: str, said: str = "", learned: str = "", by: Actor, at: datetime
) -> PilotClient:
    """Say what came of a trial: the client's own words, what is learned, whether the offer is launched so.

    Allowed       any participant.
    Refused when  the tool is put away; it was said already; the verdict or what is learned lacks.
    Tells         projects.pilot.closed: the verdict.
    """
    with act("projects.pilot.closed", book=pilot.project.grouping.book, by=by, at=at, on=pilot) as facts:
        my_tool(pilot.project, by, TOOL)
        row = PilotClient.objects.select_for_update().get(pk=pilot.pk)
        if row.closed_at is not None:
            raise Refusal(_("Ce qui est sorti de cet essai est déjà noté."))
        if verdict not in PilotClient.Verdict.values or not learned.strip():
            raise KnowWhat(_("Dites ce que vous en retenez, et si l’offre se lance ainsi."))
        row.verdict, row.said, row.learned = verdict, said.strip()[:500], learned.strip()[:500]
        row.closed_at = at
        row.save()
        facts["verdict"] = verdict
    return row
