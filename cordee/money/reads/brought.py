"""The costs that the projects of a grouping settled, and where each is in the accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotYours
from cordee.ground.register.acts import address
from cordee.groupings.models import Seat
from cordee.money.models import BillingIdentity, BroughtCost, CostPool, Invoice, PoolLine
from cordee.projects.models import BuyIn, EmploymentAccount, EmploymentLine, Project, SalesStatement, Tranche


@dataclass(frozen=True, slots=True)
class ProjectCost:
    """A cost of a project to the cent: who paid it, what each bears. Below zero, it goes back to those of `parts`.

    Units   cents without VAT; `parts` by the public identifier of each seat, none below zero.
    Holds   the parts add up to the amount, its sign set aside.
    """

    source: str
    project: Project
    label: str
    cents: int
    payer: Seat
    parts: Mapping[str, int]
    line: PoolLine | None = None
    invoice: Invoice | None = None
    detail: str = ""
    about: str = ""  # whose hours: what a credit note may take back from
    names: tuple[tuple[Seat, int], ...] = ()
    pools: tuple[CostPool, ...] = ()
    private: bool = False  # between two companies: on an invoice, or in accounts that these two keep alone

    @property
    def settled(self) -> bool:
        """In the accounts, or on an invoice."""
        return self.line is not None or self.invoice is not None

    @property
    def debtor(self) -> Seat:
        """Who owes it, or gets it back, where it is between two."""
        return self.names[0][0]


@dataclass(frozen=True, slots=True)
class ProjectCosts:
    """What a company sees of them."""

    seat: Seat
    costs: tuple[ProjectCost, ...]

    @property
    def waiting(self) -> tuple[ProjectCost, ...]:
        return tuple(one for one in self.costs if not one.settled)

    @property
    def brought(self) -> tuple[ProjectCost, ...]:
        return tuple(one for one in self.costs if one.settled)


def costs_of_projects(seat: Seat) -> ProjectCosts:
    """The costs of the projects in which a seat takes part, with the open pools that may take each: nine queries."""
    mine = {"participants__seat": seat, "participants__left_at": None}
    projects = Project.objects.filter(grouping=seat.grouping_id, **mine)
    found = [*_costs(projects), *_employment(projects, seat)]
    known = BroughtCost.objects.filter(source__in=[one.source for one in found])
    lines = {one.source: one for one in known.select_related("line__pool", "invoice")}
    keys = {key for one in found for key in one.parts}
    seats = {one.public_id: one for one in Seat.objects.filter(public_id__in=keys).select_related("company")}
    open_ones = CostPool.objects.filter(grouping=seat.grouping_id, state=CostPool.State.OPEN)
    pools = [(pool, {one.seat_id for one in pool.members.all()}) for pool in open_ones.prefetch_related("members")]
    return ProjectCosts(seat, tuple(_shown(one, lines, seats, pools) for one in found))


def _shown(
    one: ProjectCost,
    lines: Mapping[str, BroughtCost],
    seats: Mapping[str, Seat],
    pools: Iterable[tuple[CostPool, set[int]]],
) -> ProjectCost:
    named = tuple((seats[key], cents) for key, cents in one.parts.items() if key in seats)
    needed = {seat.pk for seat, _cents in named} | {one.payer.pk}
    fits = tuple(pool for pool, members in pools if needed <= members and not (one.private and members - needed))
    where = lines.get(one.source)
    line, invoice = (where.line, where.invoice) if where else (None, None)
    return replace(one, line=line, invoice=invoice, names=named, pools=fits)


def costs_page(project: Project, seat: Seat) -> tuple[tuple[str, str], ...]:
    """Where what a project settled is invoiced, or brought into the accounts."""
    page = reverse("money:project_costs", args=[project.grouping.public_id])
    return ((_("Facturer ou porter aux comptes"), f"{page}?voix={seat.public_id}"),)


def invoice_to_credit(cost: ProjectCost) -> Invoice | None:
    """The newest invoice of the same person’s hours from which a refund may be taken back whole."""
    known = BroughtCost.objects.filter(invoice__seat=cost.payer, invoice__state=Invoice.State.ISSUED)
    known = known.filter(invoice__buyer__siren=cost.debtor.company.siren or "-").order_by("-invoice__id")
    wanted = {address(line) for line in EmploymentLine.objects.filter(account__person__public_id=cost.about)}
    for one in known.select_related("invoice__seat__grouping", "invoice__seat__company"):
        found = one.invoice
        if found and one.source in wanted and not found.is_credit and found.net_cents >= -cost.cents:
            return found
    return None


def billed_to(seat: Seat) -> dict[str, str]:
    """A member as the invoice of another names it: what it prints itself, else its head office."""
    told = (
        BillingIdentity.objects.filter(company=seat.company).first() or seat.company.places.order_by("-is_head").first()
    )
    where = {name: str(getattr(told, name, "") or "") for name in ("street", "postcode", "city")}
    vat = getattr(told, "vat_number", "")
    words = {"name": seat.company.name, "siren": seat.company.siren or "", **where}
    return {**words, "vat": vat} if vat else words


def cost_at(seat: Seat, source: str) -> ProjectCost:
    """One of them, by its address. NotYours where the seat takes no part in it."""
    found = next((one for one in costs_of_projects(seat).costs if one.source == source), None)
    if found is None:
        raise NotYours
    return found


def _costs(projects: Iterable[Project]) -> Iterable[ProjectCost]:
    mine = {"project__in": projects}
    tranches = Tranche.objects.filter(state=Tranche.State.RELEASED, fund__project__in=projects)
    for one in tranches.select_related("fund__project", "fund__buyer__company"):
        label = f"{one.fund.project.name}, {one.label}"
        yield _cost(one, one.fund.project, label, one.cents, one.fund.buyer, one.parts)
    for month in SalesStatement.objects.filter(**mine).select_related("project", "payer__company"):
        parts = {key: row["total"] for key, row in month.rows.items()}
        label = f"{month.project.name}, {date_format(month.month, 'm/Y')}"
        yield _cost(month, month.project, label, month.total_cents, month.payer, parts)
    entries = BuyIn.objects.filter(**mine, state=BuyIn.State.ACCEPTED).select_related("project", "seat__company")
    for entry in entries:
        label = _("%(project)s, entrée de %(company)s") % {"project": entry.project.name, "company": entry.seat}
        yield _cost(entry, entry.project, label, -entry.cents, entry.seat, entry.back)


def _employment(projects: Iterable[Project], seat: Seat) -> Iterable[ProjectCost]:
    """What each company owes for a shared person: between it and who employs, nobody else reads it."""
    lines = EmploymentLine.objects.filter(account__person__project__in=projects).exclude(cents=0)
    lines = lines.filter(Q(seat=seat) | Q(account__payer=seat)).exclude(seat=F("account__payer"))
    for line in lines.select_related("account__person__project", "account__payer__company", "seat__company"):
        account = line.account
        project = account.person.project
        when = date_format(account.on, "Y" if account.kind == EmploymentAccount.Kind.YEAR else "m/Y")
        label = f"{project.name}, {account.person.name}, {account.get_kind_display()} {when}"
        cost = _cost(line, project, label, line.cents, account.payer, {line.seat.public_id: abs(line.cents)})
        words = {"hours": line.minutes // 60, "minutes": f"{line.minutes % 60:02d}"}
        detail = _("%(hours)s h %(minutes)s au coût complet, sans marge") % words if line.rows else ""
        yield replace(cost, private=True, detail=detail, about=account.person.public_id)


def _cost(
    source: Tranche | EmploymentLine | SalesStatement | BuyIn,
    project: Project,
    label: str,
    cents: int,
    payer: Seat,
    parts: Mapping[str, int],
) -> ProjectCost:
    kept = {key: value for key, value in parts.items() if value}
    return ProjectCost(address(source), project, label[:160], cents, payer, kept)


def open_pool_at(seat: Seat, public_id: str) -> CostPool:
    """Open accounts in which a seat takes part. NotYours where there are none of this name."""
    found = CostPool.objects.select_related("grouping").filter(grouping=seat.grouping_id, members__seat=seat)
    pool = found.filter(public_id=public_id, state=CostPool.State.OPEN).first()
    if pool is None:
        raise NotYours
    return pool
