"""What a company carried, paid and received in a grouping, and what still binds it: for who leaves, and at the end."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.ground.kit.money import euros
from cordee.ground.kit.words import for_the_papers
from cordee.ground.register.models import address
from cordee.ground.signing.models import Signatory
from cordee.groupings.models import Grouping, Seat
from cordee.money.models import CostPool, Transfer
from cordee.money.reads import why_page


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines of a company's account, in words and cents: positive, the company gave; negative, it received."""

    lines: tuple[tuple[str, int], ...]
    pending: tuple[str, ...]  # accounts that have no voted key yet: nothing can be computed

    @property
    def balance(self) -> int:
        """What is still owed to the company; negative, what it still owes."""
        return sum(cents for _words, cents in self.lines)

    def as_rows(self) -> list[list[str | int]]:
        """As it is kept, word for word."""
        return [[words, cents] for words, cents in self.lines]


def statement_of(seat: Seat) -> Statement:
    """One company's account over every common account of the grouping, line by line, in the language of the papers."""
    lines: list[tuple[str, int]] = []
    pending: list[str] = []
    pools = CostPool.objects.filter(grouping=seat.grouping_id, members__seat=seat).select_related("grouping")
    with for_the_papers():
        for pool in pools.order_by("opened_at", "pk"):
            why = why_page(pool, seat)
            if why is None:
                if pool.state == CostPool.State.OPEN:
                    pending.append(pool.title)
                continue
            lines.append((_("Part de « %(pool)s »") % {"pool": pool.title}, -why.owes))
            if why.paid:
                lines.append((_("Payé d’avance pour « %(pool)s »") % {"pool": pool.title}, why.paid))
            for each in why.transfers:
                if each.received_at and each.debtor_id == seat.pk:
                    lines.append((_("Versé à %(company)s") % {"company": each.creditor.company}, each.cents))
                elif each.received_at:
                    lines.append((_("Reçu de %(company)s") % {"company": each.debtor.company}, -each.cents))
    return Statement(tuple(lines), tuple(pending))


def left_to_settle(seat: Seat) -> list[str]:
    """What still binds a company: open accounts it shares, payments not confirmed, texts it is asked to sign."""
    pools = CostPool.objects.filter(grouping=seat.grouping_id, state=CostPool.State.OPEN, members__seat=seat)
    found = [_("Les comptes « %(title)s » sont ouverts.") % {"title": title} for title in _titles(pools)]
    waiting = Transfer.objects.filter(Q(debtor=seat) | Q(creditor=seat), received_at=None)
    for each in waiting.select_related("debtor__company", "creditor__company"):
        names = {"amount": euros(each.cents), "debtor": each.debtor.company, "creditor": each.creditor.company}
        found.append(_("%(debtor)s doit %(amount)s à %(creditor)s, et ce n’est pas confirmé.") % names)
    asked = Signatory.objects.filter(seat=address(seat), ceremony__state="open").values("ceremony")
    texts = Agreement.objects.filter(grouping=seat.grouping_id, state=Agreement.State.SENT, ceremony__in=asked)
    found += [_("« %(title)s » est en signature, avec votre nom.") % {"title": title} for title in _titles(texts)]
    return found


def _titles(rows: object) -> list[str]:
    return list(rows.order_by("pk").values_list("title", flat=True))  # type: ignore[attr-defined]


def signed_agreements(grouping: Grouping) -> list[str]:
    """Public identifiers of the texts that all members have signed, here or on paper: what a newcomer accedes to."""
    done = [Agreement.State.SIGNED, Agreement.State.PAPER]
    signed = Agreement.objects.filter(grouping=grouping, state__in=done, between=None)
    return list(signed.order_by("pk").values_list("public_id", flat=True))
