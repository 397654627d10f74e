"""Visitors' contacts: noted anywhere, taken in once, shared by the rule, followed, erased."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cordee.engines.turns import Contact, Rule, deal
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import check_leads, my_project, my_tool, same_version
from cordee.projects.models import Lead, LeadRule, Project
from cordee.projects.reads import partners_of, rule_of

MOST = 200
"""Contacts taken in at once; a device that holds more sends them in several parcels."""
OLDEST = timedelta(days=60)
KEPT = timedelta(days=3 * 365)
"""A prospect who is not heard of any more is forgotten after three years: the usual advice of the CNIL."""
KEY = re.compile(r"[0-9a-f]{16,32}")


class NothingToShare(Refusal):
    """Every contact has its company already."""


@dataclass(frozen=True, slots=True)
class NewLead:
    """A contact as a device noted it; `about`: public identifiers of the companies that it concerns."""

    key: str
    name: str = ""
    company: str = ""
    reach: str = ""
    note: str = ""
    heat: int = 2
    shared: bool = False
    about: tuple[str, ...] = ()
    noted_at: datetime | None = None

    @property
    def good(self) -> bool:
        """Whether somebody could be found again from it."""
        return bool(KEY.fullmatch(self.key) and (self.name.strip() or self.company.strip() or self.reach.strip()))


def set_lead_rule(project: Project, *, rule: str, by: Actor, at: datetime) -> LeadRule:
    """Write the rule by which contacts are shared.

    Allowed       who leads the project.
    Refused when  the project is over, the tool is put away, or a contact was shared by the rule before.
    Tells         projects.lead_rule.set.
    """
    with act("projects.lead_rule.set", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "leads")
        check_leads(fresh, seat)
        if rule not in LeadRule.Rule.values:
            raise NotYours
        if fresh.leads.exclude(given_to=None).exists():
            raise Refusal(
                _("Des contacts ont déjà été partagés par la règle : elle ne change plus pour ce salon."),
                do=_("Un contact mal placé se cède depuis sa page."),
            )
        row, _made = LeadRule.objects.update_or_create(project=fresh, defaults={"rule": rule, "seat": seat, "at": at})
        facts["rule"] = rule
    return row


def take_leads(project: Project, rows: Sequence[NewLead], *, by: Actor, at: datetime) -> list[str]:
    """Take in contacts that a device noted, each once; says which keys are here, so that the device forgets them.

    Nothing that was noted is lost: contacts still come in when the project is over or the tool is put away.

    Allowed       any participant.
    Refused when  there are more than two hundred at once.
    Tells         projects.leads.taken: how many, how many of them may be shared. Nothing when all were here already.
    """
    if len(rows) > MOST:
        raise Refusal(_("Trop de contacts à la fois."), do=_("Envoyez-les en plusieurs fois."))
    wanted = {row.key: row for row in rows if row.good}
    if not set(wanted) - set(project.leads.filter(key__in=wanted).values_list("key", flat=True)):
        my_project(project, by, ended=True)
        return sorted(wanted)
    with act("projects.leads.taken", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by, ended=True)
        here = set(fresh.leads.filter(key__in=wanted).values_list("key", flat=True))
        partners = {each.seat.public_id: each.seat for each in fresh.participants.select_related("seat")}
        new = [row for key, row in wanted.items() if key not in here]
        made = Lead.objects.bulk_create([_lead(fresh, seat, row, at) for row in new])
        links = [
            Lead.about.through(lead_id=lead.pk, seat_id=partners[each].pk)
            for lead, row in zip(made, new, strict=True)
            for each in dict.fromkeys(row.about)
            if each in partners
        ]
        Lead.about.through.objects.bulk_create(links)
        facts |= {"leads": len(new), "shared": sum(row.shared for row in new)}
    return sorted(wanted)


def _lead(project: Project, seat: Seat, row: NewLead, at: datetime) -> Lead:
    noted = row.noted_at if row.noted_at and at - OLDEST <= row.noted_at <= at else at
    words: dict[str, Any] = {
        name: getattr(row, name).strip()[:length]
        for name, length in (("name", 120), ("company", 120), ("reach", 160), ("note", 500))
    }
    return Lead(
        public_id=new_public_id(),
        project=project,
        key=row.key,
        received_by=seat,
        noted_at=noted,
        arrived_at=at,
        heat=row.heat if row.heat in Lead.Heat.values else Lead.Heat.WARM,
        shared=row.shared,
        **words,
    )


def deal_leads(project: Project, *, by: Actor, at: datetime) -> int:
    """Share the contacts that have no company yet, by the rule; each keeps why.

    Allowed       any participant: the rule decides, not the person.
    Refused when  the tool is put away, or every contact has its company.
    Tells         projects.leads.dealt: the rule, how many.
    """
    with act("projects.leads.dealt", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "leads", ended=True)
        unshared = fresh.leads.filter(given_to=None, erased_at=None)
        waiting = list(unshared.select_related("received_by").prefetch_related("about"))
        if not waiting:
            raise NothingToShare(_("Chaque contact a déjà son entreprise."))
        seats = {each.public_id: each for each in partners_of(fresh)}
        given = fresh.leads.exclude(given_to=None).select_related("given_to")
        already: Mapping[str, int] = Counter(each.given_to.public_id for each in given if each.given_to)
        rule: Rule = rule_of(fresh)
        contacts = [
            Contact(
                lead.public_id,
                lead.received_by.public_id,
                tuple(each.public_id for each in lead.about.all()),
                lead.shared,
            )
            for lead in waiting
        ]
        known = {lead.public_id: lead for lead in waiting}
        for one in deal(contacts, tuple(seats), rule, already):
            lead = known[one.key]
            lead.given_to = seats.get(one.member) or lead.received_by
            lead.given_at = at
            lead.why = {"code": one.why.code, "had": one.why["had"]}
        Lead.objects.bulk_update(waiting, ["given_to", "given_at", "why"])
        facts |= {"rule": rule, "leads": len(waiting)}
    return len(waiting)


def follow_lead(
    lead: Lead,
    *,
    state: str,
    next_on: date | None = None,
    order_cents: int = 0,
    note: str = "",
    version: int,
    by: Actor,
    at: datetime,
) -> Lead:
    """Say what became of a contact.

    Allowed       the company to which it was given, or which received it while it is given to nobody.
    Refused when  it is erased; an order has no amount; somebody changed it in between (both are shown).
    Tells         projects.lead.followed: the state, the amount of the order.
    """
    project = lead.project
    with act("projects.lead.followed", book=project.grouping.book, by=by, at=at, on=lead) as facts:
        fresh, _seat = _mine(lead, by)
        if state not in Lead.State.values:
            raise NotYours
        shown = {_("État"): str(Lead.State(state).label), _("Commande"): euros(order_cents), _("Note"): note.strip()}
        theirs = {_("État"): str(fresh.get_state_display()), _("Commande"): euros(fresh.order_cents)}
        same_version(fresh.version, version, now={**theirs, _("Note"): fresh.note}, wanted=shown)
        if state == Lead.State.ORDER and not order_cents:
            raise Refusal(_("Quel est le montant de la commande ?"), do=_("Hors taxes, même estimé."))
        fresh.state, fresh.next_on, fresh.note = state, next_on, note.strip()[:500]
        fresh.order_cents = order_cents if state == Lead.State.ORDER else 0
        fresh.version += 1
        fresh.save(update_fields=["state", "next_on", "note", "order_cents", "version"])
        facts |= {"state": state, "order": fresh.order_cents}
    return fresh


def hand_lead(lead: Lead, *, to: Seat, by: Actor, at: datetime) -> Lead:
    """Hand a contact to another company of the project.

    Allowed       the company that has it.
    Refused when  it is erased, the visitor did not agree to be shared, or the other company does not take part.
    Tells         projects.lead.handed: to which seat.
    """
    with act("projects.lead.handed", book=lead.project.grouping.book, by=by, at=at, on=lead) as facts:
        fresh, _seat = _mine(lead, by)
        if not fresh.shared:
            raise NotAllowed(_("Le visiteur n’a pas accepté que son contact soit partagé."))
        if not lead.project.participants.filter(left_at=None, seat=to).exists():
            raise NotYours
        fresh.given_to, fresh.given_at, fresh.why = to, at, {}
        fresh.version += 1
        fresh.save(update_fields=["given_to", "given_at", "why", "version"])
        facts["to"] = to.public_id
    return fresh


def erase_lead(lead: Lead, *, by: Actor, at: datetime) -> Lead:
    """Erase what a contact says of a person; that there was one is still counted.

    Allowed       the company that has it, or the one that received it.
    Refused when  it is erased already.
    Tells         projects.lead.erased.
    """
    with act("projects.lead.erased", book=lead.project.grouping.book, by=by, at=at, on=lead) as facts:
        fresh, _seat = _mine(lead, by, received=True)
        wipe(fresh, at)
        facts["state"] = fresh.state
    return fresh


def wipe(lead: Lead, at: datetime) -> None:
    """Empty the words of a contact."""
    lead.name = lead.company = lead.reach = lead.note = ""
    lead.erased_at, lead.version = at, lead.version + 1
    lead.save(update_fields=["name", "company", "reach", "note", "erased_at", "version"])


def forget_leads(project: Project, *, at: datetime) -> int:
    """Erase what old contacts say of people, three years after they were noted.

    Allowed       Cordée itself.
    Refused when  never: where there is nothing to forget, nothing is said.
    Tells         projects.leads.forgotten: how many.
    """
    with act("projects.leads.forgotten", book=project.grouping.book, by=Clockwork(), at=at, on=project) as facts:
        old = list(old_leads(at).filter(project=project).select_for_update())
        for lead in old:
            wipe(lead, at)
        facts["leads"] = len(old)
    return len(old)


def old_leads(at: datetime) -> QuerySet[Lead]:
    """Contacts kept for too long."""
    return Lead.objects.filter(erased_at=None, noted_at__lt=at - KEPT)


def _mine(lead: Lead, by: Actor, *, received: bool = False) -> tuple[Lead, Seat]:
    """The contact re-read, where the seat that acts has it."""
    _project, seat = my_project(lead.project, by, ended=True)
    fresh = Lead.objects.select_for_update(of=("self",)).select_related("project__grouping").get(pk=lead.pk)
    holder = fresh.given_to_id or fresh.received_by_id
    if seat.pk != holder and not (received and seat.pk == fresh.received_by_id):
        raise NotYours
    if fresh.erased_at is not None:
        raise Refusal(_("Ce contact est effacé."))
    return fresh, seat
