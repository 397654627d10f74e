"""Letters about money: bad news first to the one concerned, with the figures and their origin."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.ground.kit.money import euros
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.register.models import Entry
from cordee.money.models import CostPool, Transfer


def tell_settlement(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each payer what to pay to whom; to each payee what will come."""
    pool = CostPool.objects.get(public_id=entry.subject.rpartition("/")[2])
    transfers = pool.transfers.select_related(
        "debtor__holder", "debtor__company", "creditor__holder", "creditor__company"
    )
    for transfer in transfers:
        yield _draft(transfer, pool, pays=True)
        yield _draft(transfer, pool, pays=False)


def _draft(transfer: Transfer, pool: CostPool, *, pays: bool) -> Draft:
    seat, other = (transfer.debtor, transfer.creditor) if pays else (transfer.creditor, transfer.debtor)
    with translation.override(seat.holder.language):
        words = {"amount": euros(transfer.cents), "other": other.company, "pool": pool.title}
        return Draft(
            to=seat.holder,
            kind=f"money.transfer.{transfer.public_id}.{'pay' if pays else 'receive'}",
            subject=(_("À payer : %(amount)s à %(other)s") if pays else _("À recevoir : %(amount)s de %(other)s"))
            % words,
            lines=(_("Les comptes « %(pool)s » sont soldés, selon la clé que vous avez votée.") % words,),
            figures=(
                (_("Montant"), euros(transfer.cents)),
                (_("Avec"), str(other.company)),
                (_("Pour"), str(seat.company)),
            ),
            button=_("Pourquoi ce montant ?"),
            url=f"{settings.SITE_URL}{reverse('money:why', args=[pool.public_id])}?voix={seat.public_id}",
            why=_("Vous recevez ce message car vous représentez %(company)s.") % {"company": seat.company},
        )


def tell_confirmation(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the other side, when one side has confirmed."""
    transfer = Transfer.objects.select_related(
        "debtor__holder", "debtor__company", "creditor__holder", "creditor__company", "pool"
    ).get(public_id=entry.subject.rpartition("/")[2])
    paid = entry.facts["side"] == "paid"
    seat, other = (transfer.creditor, transfer.debtor) if paid else (transfer.debtor, transfer.creditor)
    with translation.override(seat.holder.language):
        words = {"amount": euros(transfer.cents), "other": other.company}
        yield Draft(
            to=seat.holder,
            kind=f"money.confirmed.{transfer.public_id}.{entry.facts['side']}",
            subject=(_("%(other)s dit vous avoir payé %(amount)s") if paid else _("%(other)s a bien reçu %(amount)s"))
            % words,
            lines=(
                (
                    _("Confirmez quand la somme est arrivée.")
                    if paid
                    else _("Rien d’autre à faire : c’est soldé entre vous.")
                ),
            ),
            button=_("Ouvrir les comptes"),
            url=f"{settings.SITE_URL}{reverse('money:pool', args=[transfer.pool.public_id])}?voix={seat.public_id}",
            why=_("Vous recevez ce message car vous représentez %(company)s.") % {"company": seat.company},
        )


LETTERS: dict[str, Teller] = {
    "money.pool.settled": tell_settlement,
    "money.transfer.confirmed": tell_confirmation,
}
