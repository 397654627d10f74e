"""Opening a project, taking part, deciding what its playbook asks for, moving on, ending it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping, Seat
from cordee.projects import permissions
from cordee.projects.acts.inside import VOTE_LENGTH, KnowWhat, check_leads, living_project, my_project, wanted_of
from cordee.projects.kinds import every_kind, kind_of
from cordee.projects.kinds.base import Choice
from cordee.projects.models import BudgetLine, Checkpoint, Participant, Project, ProjectRole
from cordee.projects.reads import checks_of, missing_for


class GateClosed(Refusal):
    """Something that the next stage asks for is not settled."""


def open_project(
    grouping: Grouping,
    *,
    kind: str,
    name: str,
    purpose: str = "",
    particulars: dict[str, Any] | None = None,
    seats: Sequence[Seat] | None = None,
    by: Actor,
    at: datetime,
) -> Project:
    """Open a project with some of the members, with the budget lines that its kind proposes.

    Allowed       any member of the grouping.
    Refused when  it has no name, its kind is not known, a company is not a member, or fewer than two take part.
    Tells         projects.project.opened: the kind, how many take part, what the first budget comes to.
    """
    with act("projects.project.opened", book=grouping.book, by=by, at=at) as facts:
        living(grouping)
        seat = acting_seat(grouping, by)
        if kind not in [each.slug for each in every_kind()] or not name.strip():
            raise KnowWhat(_("Il manque le nom du projet ou sa forme."), do=_("Choisissez une forme et donnez un nom."))
        everybody = list(Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER))
        chosen = everybody if seats is None else [*seats, *([] if seat in seats else [seat])]
        if len(chosen) < 2 or any(one not in everybody for one in chosen):
            raise Refusal(_("Un projet commun réunit au moins deux membres du groupement."))
        data = kind_of(kind)
        told = data.read(particulars or {})
        project = Project.objects.create(
            public_id=new_public_id(),
            grouping=grouping,
            kind=kind,
            name=name.strip()[:120],
            purpose=purpose.strip(),
            stage=data.stages[0].slug,
            stage_since=at,
            particulars=dict(particulars or {}),
            tools=list(data.tools),
            opened_by=seat,
            opened_at=at,
        )
        Participant.objects.bulk_create([Participant(project=project, seat=one, joined_at=at) for one in chosen])
        with for_the_papers():
            lines = [
                BudgetLine(
                    public_id=new_public_id(),
                    project=project,
                    label=str(line.label),
                    cents=line.cents(told),
                    position=place,
                )
                for place, line in enumerate(data.lines)
            ]
        BudgetLine.objects.bulk_create(lines)
        facts.on = address(project)
        facts |= {"kind": kind, "members": len(chosen), "budget": sum(line.cents for line in lines)}
    return project


def join_project(project: Project, *, brings: str = "", by: Actor, at: datetime) -> Participant:
    """Take part in a project of one's grouping, and say what one brings.

    Allowed       any member, as long as the budget has not been decided.
    Refused when  the project is over, or its budget is decided: then the participants take in a newcomer by a decision.
    Tells         projects.participant.joined.
    """
    with act("projects.participant.joined", book=project.grouping.book, by=by, at=at, on=project) as facts:
        seat = acting_seat(project.grouping, by)
        fresh = living_project(project)
        if not permissions.takes_part(fresh, seat) and not permissions.may_join(fresh):
            raise NotAllowed(
                _("Le budget de ce projet est décidé : on n’y entre plus seul."),
                why=_("Un participant de plus change la part de chacun."),
            )
        row, _made = Participant.objects.get_or_create(project=fresh, seat=seat, defaults={"joined_at": at})
        row.brings, row.left_at = brings.strip()[:300], None
        row.save(update_fields=["brings", "left_at"])
        facts["seat"] = seat.public_id
    return row


def leave_project(project: Project, *, reason: str = "", by: Actor, at: datetime) -> Participant:
    """Leave a project; what was committed before stays due.

    Allowed       a participant, for itself.
    Refused when  the project is over, or one would be the last.
    Tells         projects.participant.left.
    """
    with act("projects.participant.left", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        staying = fresh.participants.filter(left_at=None).exclude(seat=seat)
        if not staying.exists():
            raise Refusal(_("Vous êtes le dernier participant."), do=_("Terminez plutôt le projet."))
        row = fresh.participants.get(seat=seat)
        row.left_at = at
        row.save(update_fields=["left_at"])
        ProjectRole.objects.filter(project=fresh, seat=seat, until=None).update(until=at)
        facts |= {"seat": seat.public_id, "reason": bool(reason.strip()), "staying": staying.count()}
    return row


def change_project(project: Project, *, version: int, values: dict[str, Any], by: Actor, at: datetime) -> Project:
    """Say again what the project is: its name, its purpose, its particulars.

    Allowed       any participant.
    Refused when  the project is over; somebody changed it in between (both values are shown); the name is empty.
    Tells         projects.project.changed: the names of what changed.
    """
    with act("projects.project.changed", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_project(project, by)
        before = {"name": fresh.name, "purpose": fresh.purpose, **fresh.particulars}
        if fresh.version != version:
            asks = fresh.kind_data.asks or {}
            words = {"name": _("Nom"), "purpose": _("But"), **{key: str(ask.label) for key, ask in asks.items()}}
            raise Stale(
                _("Quelqu’un vient de modifier ce projet."),
                theirs={words[key]: str(before.get(key, "")) for key in values if key in words},
                yours={words[key]: str(value) for key, value in values.items() if key in words},
            )
        name = str(values.get("name", fresh.name)).strip()
        if not name:
            raise KnowWhat(_("Un projet a un nom."))
        fresh.name, fresh.purpose = name[:120], str(values.get("purpose", fresh.purpose)).strip()
        fresh.particulars = {
            **fresh.particulars,
            **{key: values[key] for key in (fresh.kind_data.asks or {}) if key in values},
        }
        after = {"name": fresh.name, "purpose": fresh.purpose, **fresh.particulars}
        fresh.version += 1
        fresh.save(update_fields=["name", "purpose", "particulars", "version"])
        facts["changed"] = " ".join(sorted(key for key, value in after.items() if before.get(key) != value))
    return fresh


def take_role(project: Project, *, role: str, by: Actor, at: datetime) -> ProjectRole:
    """Take a role in the project: one commits oneself, nobody is appointed.

    Allowed       any participant; the one who held it is released.
    Refused when  the project is over, or its kind has no such role.
    Tells         projects.role.taken.
    """
    with act("projects.role.taken", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        if role not in [slug for slug, _label in fresh.kind_data.roles]:
            raise NotYours
        ProjectRole.objects.filter(project=fresh, role=role, until=None).update(until=at)
        held = ProjectRole.objects.create(project=fresh, role=role, seat=seat, since=at)
        facts |= {"role": role, "seat": seat.public_id}
    return held


def put_to_vote(project: Project, *, slug: str, text: str, by: Actor, at: datetime) -> Ballot:
    """Put one of the decisions of the playbook to the vote of the members.

    Allowed       any participant.
    Refused when  the project is over; the decision is taken or being voted; no text says what is proposed.
    Tells         projects.checkpoint.voted, and governance.ballot.opened.
    """
    with act("projects.checkpoint.voted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        wanted = wanted_of(fresh, slug)
        if not isinstance(wanted, Choice):
            raise Refusal(_("Un document se signe ou se note, il ne se vote pas ici."))
        if checks_of(fresh)[slug].state in ("done", "voting"):
            raise Refusal(_("Cette décision est déjà prise ou au vote."))
        if not text.strip():
            raise KnowWhat(_("Écrivez ce que vous proposez."), do=_("Une ou deux phrases, que chacun puisse voter."))
        with for_the_papers():
            title = f"{fresh.name}, {str(wanted.label)[:1].lower()}{str(wanted.label)[1:]}"[:160]
        ballot = propose_resolution(
            fresh.grouping,
            title=title,
            text=text.strip(),
            decision_type=wanted.vote,
            closes_at=at + VOTE_LENGTH,
            by=by,
            at=at,
        )
        Checkpoint.objects.update_or_create(
            project=fresh, slug=slug, defaults={"ballot": address(ballot), "note": "", "at": at, "seat": seat}
        )
        facts |= {"what": slug, "ballot": ballot.public_id}
    return ballot


def note_checkpoint(project: Project, *, slug: str, note: str, by: Actor, at: datetime) -> Checkpoint:
    """Note that a decision of the playbook was settled, or a document made, elsewhere: where and by whom.

    Allowed       any participant.
    Refused when  the project is over; it is being voted; nothing says where it was settled.
    Tells         projects.checkpoint.noted.
    """
    with act("projects.checkpoint.noted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        wanted_of(fresh, slug)
        if checks_of(fresh)[slug].state == "voting":
            raise Refusal(_("Cette décision est au vote."), do=_("Attendez le résultat."))
        if not note.strip():
            raise KnowWhat(
                _("Dites où et par qui c’est réglé."), do=_("Par exemple : réunion du 3 mars, tous présents.")
            )
        point, _made = Checkpoint.objects.update_or_create(
            project=fresh, slug=slug, defaults={"ballot": "", "note": note.strip()[:300], "at": at, "seat": seat}
        )
        facts["what"] = slug
    return point


def enter_next_stage(project: Project, *, by: Actor, at: datetime) -> Project:
    """Go on to the next stage of the playbook.

    Allowed       who leads the project.
    Refused when  the project is over or at its last stage; something that the stage asks for is not settled.
    Tells         projects.stage.entered.
    """
    with act("projects.stage.entered", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        check_leads(fresh, seat)
        step = fresh.kind_data.after(fresh.stage)
        if step is None:
            raise Refusal(_("C’est la dernière étape."), do=_("Terminez le projet quand tout est soldé."))
        missing = missing_for(fresh, step)
        if missing:
            names = ", ".join(str(check.wanted.label) for check in missing)
            raise GateClosed(
                _("Il manque encore, pour passer à « %(step)s » : %(what)s.") % {"step": step.label, "what": names},
                do=_("Mettez ces points au vote, ou notez où ils sont réglés."),
            )
        facts |= {"from": fresh.stage, "to": step.slug}
        fresh.stage, fresh.stage_since = step.slug, at
        fresh.save(update_fields=["stage", "stage_since"])
    return fresh


def step_back(project: Project, *, reason: str, by: Actor, at: datetime) -> Project:
    """Go back one stage: nothing is fixed, and nothing that was decided is lost.

    Allowed       who leads the project.
    Refused when  the project is over or at its first stage; no reason is given.
    Tells         projects.stage.left.
    """
    with act("projects.stage.left", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        check_leads(fresh, seat)
        order = [step.slug for step in fresh.kind_data.stages]
        place = order.index(fresh.stage)
        if place == 0:
            raise Refusal(_("C’est la première étape."))
        if not reason.strip():
            raise KnowWhat(_("Dites en une phrase pourquoi revenir en arrière."))
        facts |= {"from": fresh.stage, "to": order[place - 1]}
        fresh.stage, fresh.stage_since = order[place - 1], at
        fresh.save(update_fields=["stage", "stage_since"])
    return fresh


def end_project(project: Project, *, outcome: str, lessons: str = "", by: Actor, at: datetime) -> Project:
    """End the project: what came of it, and what we learnt.

    Allowed       who leads the project.
    Refused when  it is over already; the outcome is not one of those that exist; it is said to be reached although
                  the last stage was never entered.
    Tells         projects.project.ended: the outcome and the stage at which it ended.
    """
    with act("projects.project.ended", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by)
        check_leads(fresh, seat)
        if outcome not in Project.Outcome.values:
            raise KnowWhat(_("Dites ce qu’il en est résulté."))
        finished = fresh.stage == fresh.kind_data.stages[-1].slug
        if outcome in (Project.Outcome.REACHED, Project.Outcome.RENEWED) and not finished:
            raise GateClosed(
                _("Le projet n’est pas à sa dernière étape."),
                do=_("Passez les étapes qui restent, ou dites qu’il s’arrête en route."),
            )
        fresh.ended_at, fresh.outcome, fresh.lessons = at, outcome, lessons.strip()
        fresh.save(update_fields=["ended_at", "outcome", "lessons"])
        facts |= {"outcome": outcome, "stage": fresh.stage}
    return fresh
