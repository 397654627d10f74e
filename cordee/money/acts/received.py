"""A cost that comes with its electronic invoice: read, checked, written with what it says."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from cordee.engines import invoicing
from cordee.ground.files.acts import check_upload, keep
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.models import CostPool, PoolLine, ReceivedInvoice
from cordee.money.reads import check_file


class NotABill(Refusal):
    """This invoice cannot become a cost here."""


def import_bill(
    pool: CostPool, *, file: UploadedFile, paid_by: Seat | None, with_tax: bool, by: Actor, at: datetime
) -> PoolLine:
    """Write a cost from the electronic invoice behind it (PDF or XML): who sold, its number, its amount, and its check.

    Allowed       any member of the pool.
    Refused when  the file is no electronic invoice; it is a credit note, in another currency, or comes to nothing; it
                  is in this pool already; the payer takes no part in it.
    Tells         money.bill.imported: the cost, the amount, whether the invoice breaks no rule, its digest.
    """
    data = check_upload(file)
    report = check_file(data)
    said = invoicing.facts_of(invoicing.read_invoice(data))
    with act("money.bill.imported", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if paid_by is not None and not fresh.members.filter(seat=paid_by).exists():
            raise Refusal(_("Cette entreprise ne prend pas part à ces dépenses."))
        cents = said.gross if with_tax else said.net
        if said.credit or said.currency not in ("EUR", "") or cents <= 0:
            raise NotABill(_("Seule une facture en euros, d’un montant positif, devient une dépense."))
        known = ReceivedInvoice.objects.filter(line__pool=fresh, line__struck_at=None, number=said.number)
        if known.filter(seller=said.seller).exists():
            raise NotABill(
                _("La facture %(number)s est déjà dans ces comptes.") % {"number": said.number},
                do=_("Rayez d’abord l’autre dépense, si c’est une erreur."),
            )
        kept = keep(SimpleUploadedFile(file.name or "facture", data), book=fresh.grouping.book, by=by.person, at=at)
        words = {"seller": said.seller or _("Facture"), "number": said.number}
        line = write_line(
            PoolLine(
                pool=fresh,
                label=(_("%(seller)s, facture %(number)s") % words)[:160],
                cents=cents,
                paid_by=paid_by,
                receipt=kept,
                added_by=seat,
            ),
            at=at,
        )
        ReceivedInvoice.objects.create(
            line=line,
            seller=said.seller,
            siren=said.siren[:20],
            number=said.number[:60],
            issued_on=said.issued,
            buyer=said.buyer,
            net_cents=said.net,
            gross_cents=said.gross,
            profile=report.profile,
            valid=report.valid,
            rules=[{"id": one.id, "message": one.message, "level": one.level} for one in report.rules],
        )
        facts.on = address(line)
        facts |= {"pool": fresh.public_id, "cents": cents, "valid": report.valid, "receipt": kept.digest}
        facts["profile"] = report.profile
    return line
