"""The opportunities of a shared sales person, as each company may see them: its own, those led together, and totals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from cordee.engines.prospects import RULES, Field, Rule, say_why
from cordee.engines.sentences import reason
from cordee.governance.models import Ballot
from cordee.ground.kit.money import hundredths
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects import permissions
from cordee.projects.models import Opportunity, OpportunityPart, Project, SalesDispute, SalesField, SalesTerms
from cordee.projects.reads.leads import plain_cell
from cordee.projects.reads.projects import partners_of, project_of
from cordee.projects.reads.votes import last_calls

STAGES = tuple(Opportunity.Stage)
PARTS = Prefetch("parts", OpportunityPart.objects.select_related("seat__company"))
DISPUTED = SalesDispute.objects.filter(opportunity=OuterRef("pk"), settled_at=None)


def terms_of(project: Project) -> SalesTerms | None:
    """What the companies agreed, once it is written."""
    return SalesTerms.objects.select_related("payer__company").filter(project=project).first()


def order_of(project: Project) -> tuple[Rule, ...]:
    """The rules by which opportunities go to companies, in their order; each in turn until others are written."""
    found = terms_of(project)
    written = found.order if found else []
    return tuple(rule for name in written for rule in RULES if rule == name)


def fields_of(project: Project) -> dict[str, Field]:
    """What each company covers, by the public identifier of its seat."""
    written = {each.seat_id: each for each in SalesField.objects.filter(project=project)}
    found = {}
    for seat in partners_of(project):
        one = written.get(seat.pk)
        found[seat.public_id] = Field(tuple(one.zones), tuple(one.trades)) if one else Field()
    return found


@dataclass(frozen=True, slots=True)
class Card:
    """An opportunity on the board: mine, led together, or only counted."""

    opportunity: Opportunity
    seats: tuple[Seat, ...]
    cents: int
    mine: bool
    disputed: bool
    late: bool

    @property
    def together(self) -> bool:
        return len(self.seats) > 1


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: the cards open to me, and how many there are in all, for how much."""

    stage: str
    label: str
    cards: tuple[Card, ...]
    others: int
    total: int
    cents: int


@dataclass(frozen=True, slots=True)
class CompanyCount:
    """What one company was given and won, counted; without a client’s name."""

    seat: Seat
    given: int
    open: int
    won: int
    mine: bool


@dataclass(frozen=True, slots=True)
class PipelinePage:
    """The opportunities of a project, as one participant sees them."""

    project: Project
    me: Membership
    terms: SalesTerms | None
    columns: tuple[Column, ...]
    counts: tuple[CompanyCount, ...]
    fields: tuple[tuple[Seat, Field], ...]
    clients: tuple[Card, ...]
    leads: bool
    out: bool

    @property
    def total(self) -> int:
        return sum(column.total for column in self.columns)

    @property
    def sight(self) -> str:
        return str(SalesTerms.Sight(self.terms.sight if self.terms else SalesTerms.Sight.OWN).label)

    @property
    def my_field(self) -> Field:
        return next((field for seat, field in self.fields if seat.pk == self.me.seat.pk), Field())


def _every(project: Project) -> list[Opportunity]:
    return list(project.opportunities.prefetch_related(PARTS).annotate(disputed=Exists(DISPUTED)))


def _card(one: Opportunity, seat: Seat, today: date) -> Card:
    parts = list(one.parts.all())
    over = one.stage in (Opportunity.Stage.WON, Opportunity.Stage.LOST)
    return Card(
        one,
        tuple(each.seat for each in parts),
        sum(each.cents for each in parts),
        seat.pk == one.noted_by_id or any(each.seat_id == seat.pk for each in parts),
        one.disputed,  # type: ignore[attr-defined]
        bool(one.step_on and one.step_on < today and not over),
    )


def pipeline_page(project: Project, me: Membership, *, today: date) -> PipelinePage:
    """The board: my cards by stage, the nearest step first; the others counted."""
    terms, seats = terms_of(project), partners_of(project)
    cards = [_card(one, me.seat, today) for one in _every(project)]
    fields = fields_of(project)
    names = terms is not None and terms.sight == SalesTerms.Sight.CLIENTS
    clients = [card for card in cards if names and not card.mine and card.opportunity.client]
    return PipelinePage(
        project,
        me,
        terms,
        tuple(_column(stage, cards) for stage in STAGES),
        tuple(_count(seat, cards, me.seat) for seat in seats),
        tuple((seat, fields[seat.public_id]) for seat in seats),
        tuple(sorted(clients, key=lambda card: card.opportunity.client.casefold())),
        permissions.may_lead(project, me.seat),
        "pipeline" in project.tools and project.ended_at is None,
    )


def _column(stage: Opportunity.Stage, cards: Iterable[Card]) -> Column:
    here = [card for card in cards if card.opportunity.stage == stage]
    mine = sorted((card for card in here if card.mine and not card.opportunity.erased_at), key=_urgent)
    return Column(
        stage.value, str(stage.label), tuple(mine), len(here) - len(mine), len(here), sum(card.cents for card in here)
    )


def _urgent(card: Card) -> tuple[object, ...]:
    one = card.opportunity
    return (one.step_on is None, one.step_on or one.noted_at.date(), -card.cents, one.pk)


def _count(seat: Seat, cards: Iterable[Card], me: Seat) -> CompanyCount:
    mine = [card.opportunity.stage for card in cards if seat in card.seats]
    won = sum(stage == Opportunity.Stage.WON for stage in mine)
    lost = sum(stage == Opportunity.Stage.LOST for stage in mine)
    return CompanyCount(seat, len(mine), len(mine) - won - lost, won, seat.pk == me.pk)


def opportunity_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Opportunity, Membership, bool]:
    """An opportunity that is open to this person; the last says whether it may be followed, or only disputed."""
    found = Opportunity.objects.select_related("project__grouping", "noted_by__company")
    one = found.prefetch_related(PARTS).filter(public_id=public_id).first()
    if one is None:
        raise NotYours
    one.project, me = project_of(person, one.project.public_id, voice=voice)
    mine = me.seat.pk == one.noted_by_id or any(each.seat_id == me.seat.pk for each in one.parts.all())
    if not mine and not SalesTerms.objects.filter(project=one.project, sight=SalesTerms.Sight.CLIENTS).exists():
        raise NotYours
    return one, me, mine


def why_it_went(opportunity: Opportunity) -> list[str]:
    """The rules that gave it to its company, in sentences."""
    seats = {seat.public_id: str(seat) for seat in partners_of(opportunity.project)}
    found = []
    for stored in opportunity.why:
        facts = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
        code = str(facts.pop("code"))
        found.append(say_why(reason(code, **facts), seats, language()))
    return found


def disputes_of(opportunity: Opportunity) -> list[tuple[SalesDispute, Ballot | None]]:
    """Who said that it was theirs, and what was decided."""
    found = list(opportunity.disputes.select_related("seat__company"))
    ballots = last_calls(one.ballot for one in found)
    return [(one, ballots.get(one.ballot)) for one in found]


# --- The client file ---


def goes_to(opportunity: Opportunity, joint: str) -> list[Seat]:
    """The companies that take this contact with them, by the agreed rule."""
    return [part.seat for part in _takers(list(opportunity.parts.all()), joint)]


def _takers(parts: list[OpportunityPart], joint: str) -> list[OpportunityPart]:
    if len(parts) > 1 and joint == SalesTerms.Joint.MAIN:
        return [max(parts, key=lambda part: (part.cents, -part.pk))]
    return parts


def file_of(project: Project, me: Membership) -> list[list[str]]:
    """My contacts as a table for a spreadsheet; a cell that would be computed there is made plain text."""
    terms = terms_of(project)
    joint = terms.joint if terms else SalesTerms.Joint.EACH
    head = [_("Client"), _("Personne"), _("Téléphone ou e-mail"), _("Code postal"), _("Métier"), _("Étape")]
    head += [_("Ma part, hors taxes"), _("Menée avec"), _("Note"), _("Noté le")]
    rows = []
    for one in _every(project):
        if one.erased_at or me.seat not in goes_to(one, joint):
            continue
        mine = sum(part.cents for part in one.parts.all() if part.seat_id == me.seat.pk)
        others = ", ".join(str(part.seat) for part in one.parts.all() if part.seat_id != me.seat.pk)
        texts = (one.client, one.person, one.reach, one.postcode, one.trade)
        rows.append(
            [
                *map(plain_cell, texts),
                str(one.get_stage_display()),
                hundredths(mine),
                plain_cell(others),
                plain_cell(one.note),
                one.noted_at.date().isoformat(),
            ]
        )
    return [head, *rows]


def file_counts(project: Project, joint: str) -> list[tuple[Seat, int, int]]:
    """How many contacts each company takes with it, and how many of them were led together: one query."""
    every = OpportunityPart.objects.filter(opportunity__project=project, opportunity__erased_at=None)
    by_one: dict[int, list[OpportunityPart]] = {}
    for part in every.order_by("pk"):
        by_one.setdefault(part.opportunity_id, []).append(part)
    taken = [(len(parts) > 1, {part.seat_id for part in _takers(parts, joint)}) for parts in by_one.values()]
    return [
        (seat, sum(seat.pk in who for _both, who in taken), sum(both and seat.pk in who for both, who in taken))
        for seat in partners_of(project)
    ]
