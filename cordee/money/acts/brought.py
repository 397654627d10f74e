"""What a project settled goes into the accounts, or on an invoice: a tranche, a month of somebody, an entry."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.acts.invoices import DraftLine, credit_invoice, draft_invoice
from cordee.money.models import BroughtCost, CostPool, Invoice, Nature, PoolLine
from cordee.money.reads import ProjectCost, billed_to, cost_at, invoice_to_credit
from cordee.money.reads.invoices import identity_of

DUE_AFTER = timedelta(days=30)


class AlreadyBrought(Refusal):
    """This cost is in the accounts already."""


def bring_project_cost(pool: CostPool, *, source: str, vat_rate: int, by: Actor, at: datetime) -> PoolLine:
    """Enter a cost of a project in common accounts: who paid it paid it, each bears exactly the part settled there.

    Allowed       the company that paid the provider or the sales person; a newcomer, for its own entry.
    Refused when  the company takes no part in the project, the cost is in the accounts already, or a company that
                  bears it takes no part in these accounts, or others would read there what is between two.
    Tells         money.project_cost.brought: the address of the cost, the amount without VAT, the line.
    """
    with act("money.project_cost.brought", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        found, seat = open_pool_of(pool, by)
        cost = cost_at(seat, source)
        if cost.payer.pk != seat.pk:
            raise NotAllowed(_("%(payer)s le porte aux comptes : elle l’a payé.") % {"payer": cost.payer})
        _not_settled(cost)
        inside = set(found.members.values_list("seat__public_id", flat=True))
        if set(cost.parts) - inside:
            raise Refusal(
                _("Une entreprise qui en porte une part ne prend pas part à ces comptes."),
                do=_("Choisissez des comptes où elles sont toutes."),
            )
        if cost.private and inside - {seat.public_id, *cost.parts}:
            raise Refusal(
                _("Cette ligne reste entre celle qui emploie et celle qui doit : d’autres liraient ces comptes."),
                do=_("Ouvrez des comptes entre ces deux entreprises."),
            )
        line = write_line(
            PoolLine(
                pool=found,
                label=cost.label,
                cents=cost.cents,
                paid_by=seat,
                added_by=seat,
                nature=Nature.REBILLED if vat_rate else Nature.PLAIN,
                vat_rate=vat_rate,
                split=PoolLine.Split.AMOUNT,
                parts=dict(cost.parts),
            ),
            at=at,
        )
        BroughtCost.objects.create(source=source, line=line)
        facts |= {"source": source, "cents": cost.cents, "line": line.public_id}
    return line


def draft_project_cost(grouping: Grouping, *, source: str, by: Actor, at: datetime) -> Invoice:
    """Make the draft of what one company owes another for a shared person; a refund is a credit note on what it paid.

    Hours go at cost, with the VAT of whoever employs: lending staff is taxed like any service. Who employs reads the
    draft again, and issues it; a draft thrown away leaves the cost to be settled.

    Allowed       the company that employs.
    Refused when  it is in the accounts or on an invoice already, it concerns more than two companies, the company has
                  not said what it prints, or no invoice issued here is large enough for the refund.
    Tells         money.project_cost.invoiced: the address of the cost, the invoice.
    """
    with act("money.project_cost.invoiced", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        cost = cost_at(seat, source)
        if not cost.private or cost.payer.pk != seat.pk:
            raise NotAllowed(_("%(payer)s le facture : elle emploie.") % {"payer": cost.payer})
        _not_settled(cost)
        taxed = bool(identity_of(seat.company).vat_number)
        words: dict[str, object] = {"vat": "S", "rate": 2000} if taxed else {"vat": "franchise", "rate": 0}
        row = DraftLine(cost.label, abs(cost.cents) * 100, detail=cost.detail, **words)  # type: ignore[arg-type]
        if cost.cents > 0:
            made = draft_invoice(
                seat, lines=[row], buyer=billed_to(cost.debtor), due=(localtime(at) + DUE_AFTER).date(),
                delivered=localtime(at).date(), case=Invoice.Case.PLAIN, by=by, at=at,
            )  # fmt: skip
        else:
            first = invoice_to_credit(cost)
            if first is None:
                raise Refusal(
                    _("Aucune facture émise ici pour cette personne n’est assez grande pour cet avoir."),
                    do=_("Portez ce montant dans des comptes entre vos deux entreprises."),
                )
            made = credit_invoice(first, lines=[row], by=by, at=at)
        BroughtCost.objects.create(source=source, invoice=made)
        facts.on = address(made)
        facts |= {"source": source, "invoice": made.public_id}
    return made


def _not_settled(cost: ProjectCost) -> None:
    if cost.line is not None:
        raise AlreadyBrought(_("Ce coût est déjà dans les comptes « %(title)s ».") % {"title": cost.line.pool.title})
    if cost.invoice is not None:
        raise AlreadyBrought(
            _("Ce coût est déjà sur une facture."), do=_("Jetez d’abord le brouillon, ou corrigez par un avoir.")
        )
