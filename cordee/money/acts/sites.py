"""Opening the shared costs of a building site (« compte prorata ») from a contract."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat
from cordee.money.acts.budget import add_heading
from cordee.money.acts.invoices import may_invoice
from cordee.money.acts.keys import note_figures, propose_key
from cordee.money.acts.pools import open_pool
from cordee.money.models import CostPool, KeyKind, Works
from cordee.money.reads import contract_of, site_account


class SiteAlreadyShared(Refusal):
    """The contract has its shared costs already."""


def open_site_account(
    works: Works,
    *,
    title: str,
    lots: Mapping[Seat, int],
    costs: Sequence[tuple[str, int]],
    by: Actor,
    at: datetime,
) -> CostPool:
    """Open the « compte prorata » of a contract: its usual costs as a budget, its key by lots put to the vote.

    Allowed       who binds the company that follows the contract, or holds its mandate.
    Refused when  fewer than two companies have a lot, or one’s own has none; nothing is planned; it exists already.
    Tells         money.site.opened: how many companies, what is planned; then money.pool.opened, money.figures.noted,
                  money.heading.added for each cost, money.key.proposed.
    """
    with act("money.site.opened", book=works.grouping.book, by=by, at=at) as facts:
        fresh = Works.objects.select_for_update(of=("self",)).select_related("seat", "grouping").get(pk=works.pk)
        may_invoice(fresh.seat, by)
        seat = acting_seat(fresh.grouping, by)
        chosen = {one: cents for one, cents in lots.items() if cents > 0}
        if seat not in chosen:
            raise Refusal(_("Votre entreprise n’a pas de lot dans ce marché."), do=_("Écrivez son montant."))
        if not costs:
            raise Refusal(_("Aucune dépense n’est prévue."), do=_("Donnez un montant à une ligne au moins."))
        if site_account(seat, contract_of(fresh)):
            raise SiteAlreadyShared(_("Ce marché a déjà son compte prorata."), do=_("Ouvrez-le depuis le marché."))
        pool = open_pool(fresh.grouping, title=title, seats=list(chosen), by=by, at=at)
        pool.works = fresh
        pool.save(update_fields=["works"])
        rows = {one.public_id: {"lots": cents} for one, cents in chosen.items()}
        note_figures(pool, rows=rows, settings={}, version=pool.version, by=by, at=at)
        for label, cents in costs:
            add_heading(pool, label=label, planned_cents=cents, by=by, at=at)
        propose_key(pool, kind=KeyKind.LOTS, by=by, at=at)
        facts.on = address(pool)
        facts |= {"works": fresh.public_id, "members": len(chosen), "cents": sum(cents for _label, cents in costs)}
    return pool
