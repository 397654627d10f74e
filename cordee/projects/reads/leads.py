"""Contacts, as each company may see them: its own in full, the others counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.sentences import reason
from cordee.engines.turns import Rule, say_why
from cordee.ground.kit.money import hundredths
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects.models import Lead, LeadRule, Project
from cordee.projects.reads.projects import Check, checks_of, partners_of, project_of

QUALIFIED = (Lead.State.TALKING, Lead.State.MEETING, Lead.State.ORDER)


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A contact, and whether it is open to me."""

    lead: Lead
    open: bool
    mine: bool
    why: str


@dataclass(frozen=True, slots=True)
class LeadCount:
    """What one company received, was given, and made of it."""

    seat: Seat
    received: int
    given: int
    meetings: int
    orders: int


@dataclass(frozen=True, slots=True)
class LeadsPage:
    """The contacts of a project, as one participant sees them."""

    project: Project
    me: Membership
    lines: tuple[LeadLine, ...]
    counts: tuple[LeadCount, ...]
    rule: str
    decided: Check | None
    leads: bool
    budget: int

    @property
    def waiting(self) -> int:
        return sum(line.lead.given_to_id is None and line.lead.erased_at is None for line in self.lines)

    @property
    def mine(self) -> tuple[LeadLine, ...]:
        """What is mine to call back, the warmest and the nearest day first."""
        return tuple(sorted((line for line in self.lines if line.mine), key=_urgent))

    @property
    def others(self) -> tuple[LeadLine, ...]:
        return tuple(line for line in self.lines if not line.mine)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def qualified(self) -> int:
        return sum(line.lead.state in QUALIFIED for line in self.lines)

    @property
    def orders(self) -> int:
        return sum(line.lead.order_cents for line in self.lines)

    @property
    def cost_each(self) -> int | None:
        """The project's budget over its contacts, in cents; nothing before the first one."""
        return round(Fraction(self.budget, self.total)) if self.total else None

    @property
    def cost_qualified(self) -> int | None:
        return round(Fraction(self.budget, self.qualified)) if self.qualified else None


def _urgent(line: LeadLine) -> tuple[object, ...]:
    lead = line.lead
    over = lead.state in (Lead.State.ORDER, Lead.State.LOST)
    return (over, lead.next_on is None, lead.next_on or lead.noted_at.date(), -lead.heat, lead.pk)


def rule_of(project: Project) -> Rule:
    """The rule by which the contacts of a project are shared; « origin » until another is written."""
    written = LeadRule.objects.filter(project=project).first()
    rules: dict[str, Rule] = {"origin": "origin", "turns": "turns", "keep": "keep"}
    return rules[written.rule if written else "origin"]


def leads_page(project: Project, me: Membership, *, may_lead: bool) -> LeadsPage:
    """The page of the contacts."""
    found = list(
        project.leads.select_related("received_by__company", "given_to__company").prefetch_related("about__company")
    )
    seats = [each.seat for each in project.participants.filter(left_at=None).select_related("seat__company")]
    rule = rule_of(project)
    has_choice = any(choice.slug == "lead_rule" for choice in project.kind_data.choices)
    return LeadsPage(
        project,
        me,
        tuple(_line(lead, me.seat) for lead in found),
        _counts(seats, found),
        str(LeadRule.Rule(rule).label),
        checks_of(project)["lead_rule"] if has_choice else None,
        may_lead,
        sum(project.budget.values_list("cents", flat=True)),
    )


def _line(lead: Lead, seat: Seat) -> LeadLine:
    holder = lead.given_to_id or lead.received_by_id
    concerned = lead.shared and lead.given_to_id is None and seat.pk in [each.pk for each in lead.about.all()]
    mine = holder == seat.pk
    return LeadLine(lead, mine or concerned or lead.received_by_id == seat.pk, mine, why_of(lead))


def why_of(lead: Lead) -> str:
    """Why a contact went where it is, in a sentence; nothing where it was handed by somebody."""
    if not lead.why or lead.given_to is None:
        return ""
    return say_why(reason(lead.why["code"], had=lead.why["had"]), str(lead.given_to), language())


def _counts(seats: Iterable[Seat], found: list[Lead]) -> tuple[LeadCount, ...]:
    received = Counter(lead.received_by_id for lead in found)
    given = Counter(lead.given_to_id for lead in found)
    return tuple(
        LeadCount(
            seat,
            received[seat.pk],
            given[seat.pk],
            sum(lead.given_to_id == seat.pk and lead.state in (Lead.State.MEETING, Lead.State.ORDER) for lead in found),
            sum(lead.order_cents for lead in found if lead.given_to_id == seat.pk),
        )
        for seat in seats
    )


def lead_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Lead, Membership, bool]:
    """A contact that is open to this person; the last says whether it is theirs to follow."""
    lead = (
        Lead.objects.select_related("project__grouping", "received_by__company", "given_to__company")
        .prefetch_related("about__company")
        .filter(public_id=public_id)
        .first()
    )
    if lead is None:
        raise NotYours
    _project, me = project_of(person, lead.project.public_id, voice=voice)
    line = _line(lead, me.seat)
    if not line.open:
        raise NotYours
    return lead, me, line.mine


def partner_of(project: Project, public_id: str) -> Seat:
    """A company that takes part. NotYours where it does not."""
    found = next((seat for seat in partners_of(project) if seat.public_id == public_id), None)
    if found is None:
        raise NotYours
    return found


def my_leads_table(project: Project, me: Membership) -> list[list[str]]:
    """My contacts as a table for a spreadsheet; a cell that would be computed there is made plain text."""
    head = [_("Noté le"), _("Nom"), _("Entreprise"), _("Téléphone ou e-mail"), _("Note"), _("État"), _("Commande")]
    page = leads_page(project, me, may_lead=False)
    rows = [
        [
            date_format(localtime(line.lead.noted_at), "Y-m-d H:i"),
            *map(plain_cell, (line.lead.name, line.lead.company, line.lead.reach, line.lead.note)),
            str(line.lead.get_state_display()),
            hundredths(line.lead.order_cents),
        ]
        for line in page.mine
    ]
    return [head, *rows]


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: « +33 4… » stays a number one may dial."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
