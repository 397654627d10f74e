"""The opportunities of a shared sales person: given by the agreed rules, followed, disputed, erased."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.prospects import Prospect, attribute
from cordee.engines.sentences import Reason, reason
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import KnowWhat, my_project, my_tool, same_version
from cordee.projects.models import Opportunity, OpportunityPart, Project, SalesDispute
from cordee.projects.reads import fields_of, last_calls, order_of, partners_of, verdict

DISPUTE_LENGTH = timedelta(days=5)
KEPT = timedelta(days=3 * 365)
"""A prospect who is not heard of any more is forgotten after three years: the usual advice of the CNIL."""
KEY = re.compile(r"[0-9a-f]{16,32}")
OPEN = (Opportunity.Stage.NEW, Opportunity.Stage.VISIT, Opportunity.Stage.OFFER)


class AlreadyDisputed(Refusal):
    """The members are deciding whose it is."""


@dataclass(frozen=True, slots=True)
class NewOpportunity:
    """An opportunity as it was typed; `about`: public identifiers of the companies concerned (none: the rules say)."""

    key: str
    client: str
    person: str = ""
    reach: str = ""
    postcode: str = ""
    trade: str = ""
    note: str = ""
    cents: int = 0
    step: str = ""
    step_on: date | None = None
    about: tuple[str, ...] = ()
    together: bool = False


def note_opportunity(project: Project, row: NewOpportunity, *, by: Actor, at: datetime) -> Opportunity:
    """Note an opportunity, once; the agreed rules give it to a company at once and say why.

    Said to be for several together, it is theirs, the amount in equal parts until it is made precise.

    Allowed       any participant: the rules decide, not the person.
    Refused when  the tool is put away, it has no client, or the amount is below zero.
    Tells         projects.opportunity.noted: to how many companies, by which rules. Nothing when it was here already.
    """
    known: Opportunity | None = project.opportunities.filter(key=row.key).first()
    if known is not None:
        my_project(project, by)
        return known
    with act("projects.opportunity.noted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "pipeline")
        if not KEY.fullmatch(row.key) or not row.client.strip() or row.cents < 0:
            raise KnowWhat(_("Écrivez au moins le nom du client."))
        seats = {each.public_id: each for each in partners_of(fresh)}
        members, why = _given(fresh, row, list(seats))
        made = Opportunity.objects.create(
            project=fresh,
            key=row.key,
            client=row.client.strip()[:120],
            person=row.person.strip()[:120],
            reach=row.reach.strip()[:160],
            postcode=row.postcode.strip()[:5],
            trade=row.trade.strip()[:60],
            note=row.note.strip()[:500],
            step=row.step.strip()[:160],
            step_on=row.step_on,
            why=[{"code": one.code, **_plain(one)} for one in why],
            noted_by=seat,
            noted_at=at,
            touched_at=at,
        )
        _share_out(made, [seats[key] for key in members], row.cents)
        facts.on = address(made)
        facts |= {"companies": len(members), "rules": " ".join(one.code for one in why)}
    return made


def _given(project: Project, row: NewOpportunity, seats: list[str]) -> tuple[list[str], tuple[Reason, ...]]:
    """The companies to which it goes, and why."""
    about = [key for key in seats if key in row.about]
    if row.together and len(about) > 1:
        return about, (reason("together", names=tuple(about)),)
    fields = fields_of(project)
    earlier = Opportunity.objects.filter(project=project, client__iexact=row.client.strip(), erased_at=None)
    first = earlier.prefetch_related("parts__seat").order_by("noted_at").first()
    knew = first.parts.all()[0].seat.public_id if first and first.parts.all() else ""
    had = Counter(
        OpportunityPart.objects.filter(opportunity__project=project).values_list("seat__public_id", flat=True)
    )
    prospect = Prospect(row.postcode.strip(), row.trade.strip(), tuple(about), knew)
    found = attribute(prospect, {key: fields[key] for key in seats}, order_of(project), had)
    return [found.member], found.why


def _plain(why: Reason) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in why.facts}


def _share_out(opportunity: Opportunity, seats: Sequence[Seat], cents: int) -> None:
    """Give it to these companies, the amount in equal parts to the cent."""
    each, rest = divmod(cents, len(seats))
    OpportunityPart.objects.bulk_create(
        [
            OpportunityPart(opportunity=opportunity, seat=seat, cents=each + (place < rest))
            for place, seat in enumerate(seats)
        ]
    )


def move_opportunity(
    opportunity: Opportunity,
    *,
    stage: str,
    cents: dict[str, int] | None = None,
    step: str = "",
    step_on: date | None = None,
    note: str = "",
    version: int,
    by: Actor,
    at: datetime,
) -> Opportunity:
    """Say where an opportunity stands: its stage, what it may bring each of its companies, what comes next.

    Allowed       a company for which it is, or the one that noted it.
    Refused when  the tool is put away, it is erased, it is won without an amount, an amount is below zero, the month
                  in which it was won is closed, or somebody changed it in between (both are shown).
    Tells         projects.opportunity.moved: the stage, the amount in all.
    """
    with act(
        "projects.opportunity.moved", book=opportunity.project.grouping.book, by=by, at=at, on=opportunity
    ) as facts:
        fresh, _seat = _mine(opportunity, by)
        if stage not in Opportunity.Stage.values:
            raise NotYours
        parts = {one.seat.public_id: one for one in fresh.parts.select_related("seat")}
        wanted = {key: one.cents for key, one in parts.items()} | {
            key: value for key, value in (cents or {}).items() if key in parts
        }
        theirs = {
            _("Étape"): str(fresh.get_stage_display()),
            _("Montant"): euros(sum(one.cents for one in parts.values())),
        }
        yours = {_("Étape"): str(Opportunity.Stage(stage).label), _("Montant"): euros(sum(wanted.values()))}
        same_version(fresh.version, version, now=theirs, wanted=yours)
        if any(value < 0 for value in wanted.values()):
            raise Refusal(_("Un montant n’est pas négatif."))
        if stage == Opportunity.Stage.WON and not sum(wanted.values()):
            raise Refusal(_("Quel est le montant de la commande ?"), do=_("Hors taxes, pour chaque entreprise."))
        changed = any(wanted[key] != one.cents for key, one in parts.items())
        if fresh.won_on and (changed or stage != Opportunity.Stage.WON) and _closed(fresh.project, fresh.won_on):
            raise Refusal(
                _("Le mois de cette commande est arrêté : son montant ne change plus."),
                do=_("Notez la différence comme une nouvelle affaire."),
            )
        for key, one in parts.items():
            one.cents = wanted[key]
        OpportunityPart.objects.bulk_update(parts.values(), ["cents"])
        if stage == Opportunity.Stage.WON and fresh.won_on is None:
            fresh.won_on = localtime(at).date()
        elif stage != Opportunity.Stage.WON:
            fresh.won_on = None
        fresh.stage, fresh.step, fresh.step_on = stage, step.strip()[:160], step_on
        fresh.note, fresh.touched_at, fresh.version = note.strip()[:500], at, fresh.version + 1
        fresh.save(update_fields=["stage", "step", "step_on", "note", "touched_at", "won_on", "version"])
        facts |= {"stage": stage, "cents": sum(wanted.values())}
    return fresh


def dispute_opportunity(opportunity: Opportunity, *, why: str, by: Actor, at: datetime) -> Ballot:
    """Say that an opportunity is one’s own: the members decide, within five days.

    Allowed       any participant for which it is not.
    Refused when  the tool is put away, it is erased, already one’s own or disputed, or nothing says why.
    Tells         projects.opportunity.disputed, and governance.ballot.opened.
    """
    with act(
        "projects.opportunity.disputed", book=opportunity.project.grouping.book, by=by, at=at, on=opportunity
    ) as facts:
        project, seat = my_tool(opportunity.project, by, "pipeline")
        fresh = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        if fresh.erased_at or fresh.parts.filter(seat=seat).exists():
            raise Refusal(_("Cette affaire est déjà la vôtre, ou effacée."))
        if fresh.disputes.filter(settled_at=None).exists():
            raise AlreadyDisputed(
                _("Les membres décident déjà à qui elle va."), do=_("Votez, ou attendez le résultat.")
            )
        if not why.strip():
            raise KnowWhat(_("Dites pourquoi elle vous revient."), do=_("Un premier contact daté, un territoire…"))
        holders = [str(one.seat) for one in fresh.parts.select_related("seat__company")]
        with for_the_papers():
            title = _("%(project)s : l’affaire n° %(number)s va-t-elle à %(company)s ?") % {
                "project": project.name,
                "number": fresh.public_id,
                "company": seat,
            }
            lines = [
                _("Elle est aujourd’hui à %(holders)s, par la règle convenue.") % {"holders": ", ".join(holders)},
                _("%(company)s dit : %(why)s") % {"company": seat, "why": why.strip()},
                _("Pour : elle lui revient. Contre : elle reste où elle est."),
            ]
        ballot = propose_resolution(
            project.grouping,
            title=title[:160],
            text="\n".join(lines),
            decision_type=DecisionType.ORDINARY,
            closes_at=at + DISPUTE_LENGTH,
            by=by,
            at=at,
        )
        SalesDispute.objects.create(
            opportunity=fresh, seat=seat, reason=why.strip()[:500], at=at, ballot=address(ballot)
        )
        facts |= {"seat": seat.public_id, "ballot": ballot.public_id}
    return ballot


def settle_dispute(dispute: SalesDispute, *, by: Clockwork, at: datetime) -> SalesDispute:
    """Take in what the members decided: the opportunity changes company, or stays.

    Allowed       Cordée itself, once the vote is over.
    Refused when  there is no vote, or it is not over.
    Tells         projects.dispute.settled: whether it changed company.
    """
    project = dispute.opportunity.project
    with act("projects.dispute.settled", book=project.grouping.book, by=by, at=at, on=dispute) as facts:
        fresh = SalesDispute.objects.select_for_update().get(pk=dispute.pk)
        ballot = last_calls([fresh.ballot]).get(fresh.ballot)
        if fresh.settled_at or ballot is None or verdict(ballot) == "voting":
            raise AlreadyDisputed(_("Il n’y a pas de vote à prendre en compte."))
        fresh.settled_at, fresh.upheld = at, verdict(ballot) == "yes"
        fresh.save(update_fields=["settled_at", "upheld"])
        found = Opportunity.objects.select_for_update().get(pk=fresh.opportunity_id)
        held = bool(found.won_on and _closed(project, found.won_on))
        if fresh.upheld and not held:
            cents = sum(found.parts.values_list("cents", flat=True))
            found.parts.all().delete()
            _share_out(found, [fresh.seat], cents)
            found.why, found.version = [], found.version + 1
            found.save(update_fields=["why", "version"])
        facts |= {"upheld": fresh.upheld, "moved": fresh.upheld and not held, "ballot": ballot.public_id}
    return fresh


def erase_opportunity(opportunity: Opportunity, *, by: Actor, at: datetime) -> Opportunity:
    """Erase what an opportunity says of a person, when that person asks; what was ordered is still counted.

    Allowed       a company for which it is, or the one that noted it.
    Refused when  it is erased already.
    Tells         projects.opportunity.erased.
    """
    with act(
        "projects.opportunity.erased", book=opportunity.project.grouping.book, by=by, at=at, on=opportunity
    ) as facts:
        fresh, _seat = _mine(opportunity, by, ended=True)
        _wipe(fresh, at)
        facts["stage"] = fresh.stage
    return fresh


def forget_opportunities(project: Project, *, at: datetime) -> int:
    """Erase what old opportunities say of people, three years after the last exchange.

    Allowed       Cordée itself.
    Refused when  never: where there is nothing to forget, nothing is said.
    Tells         projects.opportunities.forgotten: how many.
    """
    with act(
        "projects.opportunities.forgotten", book=project.grouping.book, by=Clockwork(), at=at, on=project
    ) as facts:
        old = list(old_opportunities(at).filter(project=project).select_for_update())
        for one in old:
            _wipe(one, at)
        facts["opportunities"] = len(old)
    return len(old)


def old_opportunities(at: datetime) -> QuerySet[Opportunity]:
    """Opportunities of which nobody has heard for too long."""
    return Opportunity.objects.filter(erased_at=None, touched_at__lt=at - KEPT)


def _wipe(one: Opportunity, at: datetime) -> None:
    one.client = one.person = one.reach = one.note = one.step = ""
    one.erased_at, one.version = at, one.version + 1
    one.save(update_fields=["client", "person", "reach", "note", "step", "erased_at", "version"])


def _closed(project: Project, day: date) -> bool:
    """Whether the statement of this month is closed."""
    return project.sales_statements.filter(month=day.replace(day=1)).exists()


def _mine(opportunity: Opportunity, by: Actor, *, ended: bool = False) -> tuple[Opportunity, Seat]:
    """The opportunity re-read, where the seat that acts has it or noted it."""
    _project, seat = (
        my_project(opportunity.project, by, ended=True) if ended else my_tool(opportunity.project, by, "pipeline")
    )
    found = Opportunity.objects.select_for_update(of=("self",)).select_related("project__grouping")
    fresh = found.get(pk=opportunity.pk)
    if seat.pk != fresh.noted_by_id and not fresh.parts.filter(seat=seat).exists():
        raise NotYours
    if fresh.erased_at is not None:
        raise Refusal(_("Cette affaire est effacée."))
    return fresh, seat
