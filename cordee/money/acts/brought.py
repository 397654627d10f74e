"""Bringing into the accounts what a project settled: a tranche, a month of a sales person, a newcomer’s entry."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.models import BroughtCost, CostPool, Nature, PoolLine
from cordee.money.reads import cost_at


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
        if cost.line is not None:
            raise AlreadyBrought(
                _("Ce coût est déjà dans les comptes « %(title)s ».") % {"title": cost.line.pool.title}
            )
        inside = set(found.members.values_list("seat__public_id", flat=True))
        if set(cost.parts) - inside:
            raise Refusal(
                _("Une entreprise qui en porte une part ne prend pas part à ces comptes."),
                do=_("Choisissez des comptes où elles sont toutes."),
            )
        if cost.private and inside - {seat.public_id, *cost.parts}:
            raise Refusal(
                _("Cette ligne reste entre celle qui emploie et celle qui doit : d’autres liraient ces comptes."),
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
