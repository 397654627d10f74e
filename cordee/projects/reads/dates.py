"""Every day that a company has to keep in its projects, whichever tool it stands in: for calendars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.projects.models import (
    AuditPoint,
    BrandLicence,
    BrandRules,
    BrandSanction,
    Lead,
    Opportunity,
    OrderPart,
    PilotClient,
    PresenceTurn,
    Project,
    ProviderCall,
    SharedPerson,
    StandDate,
    StudyFund,
    Tranche,
)
from cordee.projects.reads.brand import brand_dates_coming, due_audit, label_of
from cordee.projects.reads.sheets import planned_of


@dataclass(frozen=True, slots=True)
class Dated:
    """Something on a day: what, of what, where it is read. Minutes since midnight; `starts` None: the day itself."""

    key: str
    on: date
    what: str
    title: str
    path: str
    starts: int | None = None
    ends: int | None = None


def coming(seats: Sequence[int], *, since: date, until: date) -> list[Dated]:
    """What some seats have to keep between two days, the nearest first: one query a tool, whatever their number."""
    projects = Project.objects.filter(participants__seat__in=seats, participants__left_at=None, ended_at=None)
    mine = [int(pk) for pk in projects.values_list("pk", flat=True).distinct()]
    found = [
        *_of_the_mark(seats, until), *_of_brands(mine, seats), *_of_stands(mine, seats), *_of_studies(mine),
        *_of_pilots(mine), *_of_sales(seats), *_of_orders(seats), *_of_timetables(mine, seats, since, until),
    ]  # fmt: skip
    kept = [each for each in found if since <= each.on <= until]
    return sorted(kept, key=lambda each: (each.on, each.starts or 0, each.key))


def _of_the_mark(seats: Sequence[int], until: date) -> Iterable[Dated]:
    for row, project in brand_dates_coming(seats, until=until):
        where = reverse("projects:brand_sign", args=[project.public_id])
        yield Dated(f"marque-{row.public_id}", row.due, label_of(row), project.name, where)


def _of_brands(projects: list[int], seats: Sequence[int]) -> Iterable[Dated]:
    """One's own licences, and the audits of all in the projects where one takes part."""
    rules = {
        one.project_id: one for one in BrandRules.objects.filter(project__in=projects, state=BrandRules.State.IN_FORCE)
    }
    living = Q(state__in=[BrandLicence.State.HELD, BrandLicence.State.SUSPENDED])
    seen = BrandLicence.objects.filter(Q(project__in=projects) & living | Q(seat__in=seats), project__ended_at=None)
    for one in seen.select_related("project", "seat__company").prefetch_related("audits"):
        where = reverse("projects:licence", args=[one.public_id])
        due = due_audit(one, rules.get(one.project_id))
        if due:
            yield Dated(f"audit-{one.public_id}", due, _("Audit de marque à faire"), str(one.seat), where)
        if one.seat_id not in seats:
            continue
        own = ((one.ends, "fin", _("Fin de votre licence")), (one.back_on, "retour", _("Fin de la suspension")),
               (one.remove_by, "retrait", _("Signe à retirer partout")))  # fmt: skip
        for day, mark, what in own:
            if day and (one.living or mark == "retrait"):
                yield Dated(f"licence-{mark}-{one.public_id}", day, what, one.project.name, where)
    fixes = AuditPoint.objects.filter(audit__licence__seat__in=seats, fix_by__isnull=False, fixed_at=None)
    for point in fixes.select_related("audit__licence", "criterion"):
        where = reverse("projects:licence", args=[point.audit.licence.public_id])
        assert point.fix_by
        yield Dated(f"corriger-{point.public_id}", point.fix_by, _("À corriger"), str(point.criterion), where)
    heard = BrandSanction.objects.filter(licence__seat__in=seats, state__in=["hearing", "decided"])
    for step in heard.select_related("licence__project"):
        where = reverse("projects:licence", args=[step.licence.public_id])
        if step.state == BrandSanction.State.HEARING:
            moment = localtime(step.hearing_at)
            starts = moment.hour * 60 + moment.minute
            yield Dated(f"entendre-{step.public_id}", moment.date(), _("Vous êtes entendu avant le vote"),
                        step.licence.project.name, where, starts, starts + 60)  # fmt: skip
        elif step.appeal_until:
            yield Dated(f"recours-{step.public_id}", step.appeal_until, _("Dernier jour pour faire un recours"),
                        step.licence.project.name, where)  # fmt: skip


def _of_stands(projects: list[int], seats: Sequence[int]) -> Iterable[Dated]:
    for row in StandDate.objects.filter(project__in=projects, done_at=None).select_related("project"):
        where = reverse("projects:stand", args=[row.project.public_id])
        yield Dated(f"stand-{row.public_id}", row.due, row.label, row.project.name, where)
    turns = PresenceTurn.objects.filter(hand__seat__in=seats, slot__plan__project__in=projects)
    for turn in turns.select_related("slot__plan__project", "hand"):
        slot, project = turn.slot, turn.slot.plan.project
        where = reverse("projects:presence", args=[project.public_id])
        what = _("%(who)s tient le stand") % {"who": turn.hand}
        key = f"tour-{slot.public_id}-{turn.hand.public_id}"
        yield Dated(key, slot.day, what, project.name, where, slot.start, slot.end)


def _of_studies(projects: list[int]) -> Iterable[Dated]:
    for call in ProviderCall.objects.filter(project__in=projects, decided_at=None).select_related("project"):
        where = reverse("projects:providers", args=[call.project.public_id])
        yield Dated(f"prestataires-{call.public_id}", call.closes_on, _("Dernier jour des offres des prestataires"),
                    call.project.name, where)  # fmt: skip
    for fund in StudyFund.objects.filter(project__in=projects, state="open").select_related("project"):
        where = reverse("projects:pledges", args=[fund.project.public_id])
        yield Dated(f"promesses-{fund.public_id}", fund.closes_on, _("Dernier jour des promesses"),
                    fund.project.name, where)  # fmt: skip
    parts = Tranche.objects.filter(fund__project__in=projects, accepted_at=None).exclude(state=Tranche.State.STOPPED)
    for one in parts.select_related("fund__project"):
        where = reverse("projects:pledges", args=[one.fund.project.public_id])
        yield Dated(f"tranche-{one.public_id}", one.due_on, _("Tranche à livrer"), one.label, where)


def _of_pilots(projects: list[int]) -> Iterable[Dated]:
    for one in PilotClient.objects.filter(project__in=projects, closed_at=None).select_related("project"):
        where = reverse("projects:blueprint", args=[one.project.public_id])
        what = _("Fin de l’essai chez le client pilote")
        yield Dated(f"essai-{one.public_id}", one.ends, what, one.project.name, where)


def _of_sales(seats: Sequence[int]) -> Iterable[Dated]:
    leads = Lead.objects.filter(given_to__in=seats, next_on__isnull=False, erased_at=None, project__ended_at=None)
    for lead in leads.exclude(state__in=[Lead.State.ORDER, Lead.State.LOST]).select_related("project"):
        assert lead.next_on
        where = reverse("projects:lead", args=[lead.public_id])  # no visitor's name leaves the house
        yield Dated(f"contact-{lead.public_id}", lead.next_on, _("Contact à reprendre"), lead.project.name, where)
    steps = Opportunity.objects.filter(parts__seat__in=seats, step_on__isnull=False, erased_at=None)
    closed = [Opportunity.Stage.WON, Opportunity.Stage.LOST]
    for one in steps.filter(project__ended_at=None).exclude(stage__in=closed).select_related("project").distinct():
        assert one.step_on
        where = reverse("projects:opportunity", args=[one.public_id])
        yield Dated(f"affaire-{one.public_id}", one.step_on, _("Affaire à suivre"), one.project.name, where)


def _of_orders(seats: Sequence[int]) -> Iterable[Dated]:
    parts = OrderPart.objects.filter(seat__in=seats, state=OrderPart.State.OFFERED, order__project__ended_at=None)
    for part in parts.select_related("order__project"):
        where = reverse("projects:capacity", args=[part.order.project.public_id])
        moment = localtime(part.answer_by)
        ends = moment.hour * 60 + moment.minute
        yield Dated(f"commande-{part.public_id}", moment.date(), _("Commande à accepter ou à décliner"),
                    part.order.title, where, max(0, ends - 30), max(30, ends))  # fmt: skip


def _of_timetables(projects: list[int], seats: Sequence[int], since: date, until: date) -> Iterable[Dated]:
    """When a shared person is at one's company; the person is named on the page, not in the calendar."""
    by_project: dict[Project, list[SharedPerson]] = {}
    for one in SharedPerson.objects.filter(project__in=projects, left_at=None).select_related("project"):
        by_project.setdefault(one.project, []).append(one)
    for project, people in by_project.items():
        where = reverse("projects:timetable", args=[project.public_id])
        days = planned_of(people, since, until, roads=False)
        for person in people:
            for day, stretches in days[person.pk].items():
                for part in stretches:
                    if part.seat.pk in seats:
                        key = f"visite-{person.public_id}-{day}-{part.starts}"
                        yield Dated(
                            key, day, _("Salarié partagé chez vous"), project.name, where, part.starts, part.ends
                        )
