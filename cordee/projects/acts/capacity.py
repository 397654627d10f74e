"""Capacity: what is counted, who alone reads it, what each company declares, the total that may be told."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.directory.models import Representative
from cordee.engines.orders import say_why_not, why_not
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.projects import permissions
from cordee.projects.acts.inside import KnowWhat, check_leads, living_project, my_tool
from cordee.projects.keys import seal_capacity
from cordee.projects.models import CapacityLine, CapacityPeriod, CapacityPool, Project
from cordee.projects.reads import checks_of, figures_in, partners_of, start_of

MOST = 10_000_000


class NotNeutral(Refusal):
    """The person speaks for one of the companies."""


class Frozen(Refusal):
    """The figures of this period no longer change."""


class GivesAway(Refusal):
    """The total would give the capacity of one company away."""


def open_pool(project: Project, *, unit: str, period: str = "week", by: Actor, at: datetime) -> CapacityPool:
    """Say what is counted, by week or by month.

    Allowed       who leads the project.
    Refused when  the tool is put away; no unit; a company has declared something already.
    Tells         projects.pool.opened: by week or by month.
    """
    with act("projects.pool.opened", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "capacity")
        check_leads(fresh, seat)
        pool = CapacityPool.objects.filter(project=fresh).first()
        if pool is not None and (pool.lines.exists() or fresh.orders.exists()):
            raise Refusal(_("Des capacités sont déjà déclarées dans cette unité."))
        if not unit.strip() or period not in CapacityPool.Period.values:
            raise KnowWhat(_("Que compte-t-on ?"), do=_("Par exemple : palettes, heures, m²."))
        pool = pool or CapacityPool(project=fresh, opened_at=at)
        pool.unit, pool.period = unit.strip()[:40], period
        pool.save()
        facts["period"] = period
    return pool


def name_neutral(pool: CapacityPool, *, email: str, name: str = "", by: Actor, at: datetime) -> CapacityPool:
    """Name the neutral person who alone reads what each declared: nobody of a company that takes part.

    Allowed       who leads the project.
    Refused when  the members have not settled who it is, where the playbook asks for it; the person speaks for one of
                  the companies, or shares a mailbox.
    Tells         projects.pool.entrusted: that the person changed.
    """
    project = pool.project
    person = know_person(email, name=name, by=by, at=at)
    with act("projects.pool.entrusted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "capacity")
        check_leads(fresh, seat)
        settled = checks_of(fresh).get("assembler")
        if settled is not None and not settled.holds:
            raise NotAllowed(
                _("L’assembleur neutre se décide ensemble."),
                do=_("Mettez « L’assembleur neutre » au vote depuis la page du projet, ou notez où c’est réglé."),
            )
        companies = [one.company_id for one in partners_of(fresh)]
        if Representative.objects.filter(person=person, company__in=companies, until=None).exists():
            raise NotNeutral(
                _("%(name)s parle pour une des entreprises : ce n’est pas un tiers neutre.") % {"name": person},
                do=_("Nommez par exemple votre expert-comptable."),
            )
        if person.shared_mailbox:
            raise NotNeutral(_("Une boîte partagée ne garde pas un secret."), do=_("Nommez une personne."))
        row = CapacityPool.objects.select_for_update().get(pk=pool.pk)
        facts["changed"] = row.assembler_id != person.pk
        row.assembler = person
        row.save(update_fields=["assembler"])
    return row


def declare_capacity(pool: CapacityPool, *, figures: Mapping[date, int | None], by: Actor, at: datetime) -> int:
    """Declare what one's company can do, period by period; encrypted at once. Nothing said takes the figure back.

    Allowed       any participant, for its own company.
    Refused when  the tool is put away; a period is past, or its figures no longer change; a figure is not one.
    Tells         projects.capacity.declared: for how many periods; never how much.
    """
    project = pool.project
    with act("projects.capacity.declared", book=project.grouping.book, by=by, at=at, on=project) as facts:
        _fresh, seat = my_tool(project, by, "capacity")
        this = start_of(pool, localtime(at).date())
        frozen = set(pool.periods.values_list("start", flat=True))
        kept = {line.start: line for line in pool.lines.filter(seat=seat)}
        changed = 0
        for day, quantity in figures.items():
            if quantity is not None and not 0 <= quantity <= MOST:
                raise KnowWhat(_("Écrivez un nombre entier, zéro compris."))
            old = kept.get(day)
            if quantity is None and old is None:
                continue
            if day < this or day != start_of(pool, day) or day in frozen:
                raise Frozen(
                    _("Cette période ne change plus."),
                    why=_("Son total est dit, ou une commande y a été partagée."),
                )
            if quantity is None and old is not None:
                old.delete()
            elif quantity is not None:
                CapacityLine.objects.update_or_create(
                    pool=pool, seat=seat, start=day,
                    defaults={"sealed": seal_capacity(pool.public_id, quantity), "at": at},
                )  # fmt: skip
            changed += 1
        facts |= {"seat": seat.public_id, "periods": changed}
    return changed


def tell_total(pool: CapacityPool, *, start: date, by: Actor, at: datetime) -> CapacityPeriod:
    """Tell all the total of a period, once and for ever: told again after a change, it would give that change away.

    Allowed       the neutral person.
    Refused when  it is told; fewer than three companies have capacity, or the total would give one of them away.
    Tells         projects.total.told: the period, the total, on how many companies it stands.
    """
    project = pool.project
    with act("projects.total.told", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh = _as_neutral(pool, by)
        row = CapacityPeriod.objects.filter(pool=fresh, start=start).first()
        if row is not None and row.total is not None:
            raise Refusal(_("Le total de cette période est déjà dit."))
        figures = [figure for figure in figures_in(fresh, start).values() if figure]
        stopped = why_not(figures)
        if stopped:
            raise GivesAway(say_why_not(stopped, language()))
        row = row or CapacityPeriod(pool=fresh, start=start, frozen_at=at)
        row.total, row.companies = sum(figures), len(figures)
        row.save()
        facts |= {"start": start.isoformat(), "total": row.total, "companies": row.companies}
    return row


def _as_neutral(pool: CapacityPool, by: Actor) -> CapacityPool:
    """The pool re-read, where the person who acts is the neutral one."""
    project = living_project(pool.project)
    if "capacity" not in project.tools:
        raise NotYours
    fresh = CapacityPool.objects.select_for_update(of=("self",)).select_related("project__grouping").get(pk=pool.pk)
    if not permissions.is_neutral(fresh, by.person):
        raise NotAllowed(_("Seul l’assembleur neutre le fait."))
    return fresh
