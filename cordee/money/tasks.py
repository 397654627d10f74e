"""Letters about money: bad news first to the one concerned, with the figures and their origin; what falls due."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.money import euros
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.money.acts import post_line, remind_call, remind_late, write_recurring
from cordee.money.acts.paid import GRACE
from cordee.money.models import CostPool, Dispute, FundCall, Invoice, Nature, PoolLine, Recurring, Transfer
from cordee.money.reads import due_on
from cordee.money.reads.paid import late_invoices, standing_of


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
            lines=(_("Les comptes « %(pool)s » sont soldés, selon les clés que vous avez votées.") % words,),
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
                    _("Confirmez quand la somme sera arrivée.")
                    if paid
                    else _("Rien d’autre à faire : c’est soldé entre vous.")
                ),
            ),
            button=_("Ouvrir les comptes"),
            url=f"{settings.SITE_URL}{reverse('money:pool', args=[transfer.pool.public_id])}?voix={seat.public_id}",
            why=_("Vous recevez ce message car vous représentez %(company)s.") % {"company": seat.company},
        )


def _id(entry: Entry) -> str:
    return entry.subject.rpartition("/")[2]


def _url(name: str, pool: CostPool, seat: Seat) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[pool.public_id])}?voix={seat.public_id}"


def _why(seat: Seat) -> str:
    return _("Vous recevez ce message car vous représentez %(company)s.") % {"company": seat.company}


def tell_line(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the other members: a cost that waits for their approval, or one added after its key was voted."""
    line = PoolLine.objects.select_related("pool", "key").get(public_id=_id(entry))
    late = bool(entry.facts.get("key"))
    advance = line.nature == Nature.ADVANCE
    if not (line.state == PoolLine.State.SUBMITTED or late) or line.struck_at:
        return
    seats = [member.seat for member in line.pool.members.select_related("seat__holder", "seat__company")]
    for seat in seats:
        if seat.pk == line.added_by_id or (advance and seat.public_id not in line.parts):
            continue
        with translation.override(seat.holder.language):
            words = {"amount": euros(line.cents), "label": line.label, "pool": line.pool.title}
            if advance:
                subject, told = _("À confirmer : une avance de %(amount)s"), _("« %(label)s », dans « %(pool)s ».")
            elif line.state == PoolLine.State.SUBMITTED:
                subject = _("À approuver : %(amount)s dans « %(pool)s »")
                told = _("« %(label)s » comptera si personne ne la conteste dans le délai.")
            else:
                subject = _("Une dépense de %(amount)s s’ajoute à « %(pool)s »")
                told = _("« %(label)s » est partagée par la clé que vous avez votée, comme le vote le prévoyait.")
            yield Draft(
                to=seat.holder,
                kind=f"money.line.{line.public_id}",
                subject=subject % words,
                lines=(told % words,),
                figures=((_("Montant"), euros(line.cents)), (_("Pour"), str(seat.company))),
                button=_("Ouvrir les comptes"),
                url=_url("money:pool", line.pool, seat),
                why=_why(seat),
            )


def tell_dispute(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the one who is contested: what, and why."""
    dispute = Dispute.objects.select_related(
        "seat__company", "line__pool", "line__added_by__holder", "transfer__pool", "transfer__debtor__holder",
        "transfer__creditor__holder",
    ).get(public_id=_id(entry))  # fmt: skip
    about = dispute.line or dispute.transfer
    if dispute.line is not None:
        seat = dispute.line.added_by
    elif dispute.transfer is not None:
        transfer = dispute.transfer
        seat = transfer.creditor if transfer.debtor_id == dispute.seat_id else transfer.debtor
    else:
        return
    if about is None or seat.pk == dispute.seat_id:
        return
    with translation.override(seat.holder.language):
        yield Draft(
            to=seat.holder,
            kind=f"money.dispute.{dispute.public_id}",
            subject=_("%(company)s conteste %(amount)s")
            % {"company": dispute.seat.company, "amount": euros(about.cents)},
            lines=(
                _("« %(reason)s »") % {"reason": dispute.reason},
                _("Répondez, ou corrigez : rien ne compte d’ici là."),
            ),
            button=_("Répondre"),
            url=_url("money:pool", about.pool, seat),
            why=_why(seat),
        )


def tell_answer(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the one who contested: the answer."""
    dispute = Dispute.objects.select_related(
        "seat__holder", "answered_by__company", "line__pool", "transfer__pool"
    ).get(public_id=_id(entry))
    about = dispute.line or dispute.transfer
    if about is None:
        return
    seat = dispute.seat
    with translation.override(seat.holder.language):
        yield Draft(
            to=seat.holder,
            kind=f"money.answer.{dispute.public_id}.{entry.number}",
            subject=_("%(company)s répond à votre contestation") % {"company": dispute.answered_by},
            lines=(_("« %(answer)s »") % {"answer": dispute.answer},),
            button=_("Lire et conclure"),
            url=_url("money:pool", about.pool, seat),
            why=_why(seat),
        )


def tell_call(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each who is asked for money: how much, by when, to whom; again when it is late."""
    call = FundCall.objects.select_related("pool", "held_by__company").get(public_id=_id(entry))
    late = entry.act == "money.call.reminded"
    for part in call.parts.filter(paid_at=None).select_related("seat__holder", "seat__company"):
        seat = part.seat
        with translation.override(seat.holder.language):
            words = {"amount": euros(part.cents), "title": call.title, "day": date_format(call.due_on, "j F")}
            yield Draft(
                to=seat.holder,
                kind=f"money.call.{part.public_id}.{'late' if late else 'asked'}",
                subject=(
                    _("En retard : %(amount)s pour « %(title)s »")
                    if late
                    else _("À verser avant le %(day)s : %(amount)s")
                )
                % words,
                lines=(_("Appel de fonds « %(title)s ». Ce n’est pas une facture.") % words,),
                figures=((_("À qui"), str(call.held_by)), (_("Pour"), str(seat.company))),
                button=_("Voir l’appel"),
                url=_url("money:budget", call.pool, seat),
                why=_why(seat),
            )


def tell_invoice(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To another member that an invoice is for: who asks how much, until when. It made it itself when self-billed."""
    invoice = Invoice.objects.select_related("seller", "grouping").get(public_id=_id(entry))
    siren = invoice.buyer.get("siren")
    if not siren or invoice.is_self_billed or entry.book != invoice.grouping.book:
        return  # the line is in the book of the company too
    seats = Seat.objects.filter(grouping=invoice.grouping_id, company__siren=siren, state=Seat.State.MEMBER)
    for seat in seats.exclude(pk=invoice.seat_id).select_related("holder", "company"):
        with translation.override(seat.holder.language):
            words = {"seller": invoice.seller, "number": invoice.number, "amount": euros(invoice.gross_cents)}
            credit = invoice.is_credit
            yield Draft(
                to=seat.holder,
                kind=f"money.invoice.{invoice.public_id}",
                subject=(
                    _("Un avoir de %(amount)s de %(seller)s")
                    if credit
                    else _("Une facture de %(amount)s de %(seller)s")
                )
                % words,
                lines=(
                    _("Le document %(number)s est à lire dans Cordée, tel qu’il a été émis.") % words,
                    _("Un doute sur un montant ? Dites-le à l’entreprise avant l’échéance."),
                ),
                figures=(
                    (_("Montant"), euros(invoice.gross_cents)),
                    (_("Échéance"), date_format(invoice.due, "j F Y")),
                    (_("Pour"), str(seat.company)),
                ),
                button=_("Lire l’avoir") if credit else _("Lire la facture"),
                url=f"{settings.SITE_URL}{reverse('money:invoice', args=[invoice.public_id])}?voix={seat.public_id}",
                why=_why(seat),
            )


def tell_late(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To who sells first, with a courteous way; to who pays where it is a member: perhaps it only forgot."""
    invoice = Invoice.objects.select_related("seller", "seat__holder", "seat__company").get(public_id=_id(entry))
    seats, siren = [invoice.seat], invoice.buyer.get("siren")
    if siren and not invoice.paid_on:
        members = Seat.objects.filter(grouping=invoice.grouping_id, company__siren=siren, state=Seat.State.MEMBER)
        seats += members.exclude(pk=invoice.seat_id).select_related("holder", "company")
    for seat in seats:
        ours = seat.pk == invoice.seat_id
        with translation.override(seat.holder.language):
            words = {"number": invoice.number, "buyer": invoice.buyer_name, "seller": invoice.seller}
            lines = (
                (
                    _("Un appel suffit souvent : demandez d’abord si la facture est bien arrivée."),
                    _("Elle est payée ? Notez-le sur sa page. Cordée ne vous le rappellera pas deux fois."),
                )
                if ours
                else (
                    _("C’est sans doute un oubli. Si vous venez de la payer, n’en tenez pas compte."),
                    _("Un doute sur un montant ? Dites-le à l’entreprise."),
                )
            )
            yield Draft(
                to=seat.holder,
                kind=f"money.late.{invoice.public_id}",
                subject=(
                    _("La facture %(number)s attend : %(buyer)s")
                    if ours
                    else _("La facture %(number)s de %(seller)s attend")
                )
                % words,
                lines=lines,
                figures=(
                    (_("Reste à payer"), euros(standing_of(invoice).due)),
                    (_("Échéance"), date_format(invoice.due, "j F Y")),
                    (_("Pour"), str(seat.company)),
                ),
                button=_("Lire la facture"),
                url=f"{settings.SITE_URL}{reverse('money:invoice', args=[invoice.public_id])}?voix={seat.public_id}",
                why=_why(seat),
                group="reminders",
            )


LETTERS: dict[str, Teller] = {
    "money.invoice.reminded": tell_late,
    "money.invoice.issued": tell_invoice,
    "money.pool.settled": tell_settlement,
    "money.pools.netted": tell_settlement,
    "money.transfer.confirmed": tell_confirmation,
    "money.line.added": tell_line,
    "money.dispute.raised": tell_dispute,
    "money.dispute.answered": tell_answer,
    "money.call.made": tell_call,
    "money.call.reminded": tell_call,
}


def post_due(*, at: datetime) -> int:
    """Let the costs count whose time to be contested is over."""
    rows = PoolLine.objects.filter(state=PoolLine.State.SUBMITTED, struck_at=None, post_after__lte=at)
    found = list(rows.filter(pool__state=CostPool.State.OPEN).select_related("pool__grouping"))
    return each_apart(found, lambda line: post_line(line, by=Clockwork(), at=at))


def write_due(*, at: datetime) -> int:
    """Write the costs that come back, each on its day."""
    rows = Recurring.objects.filter(stopped_at=None, first_on__lte=at.date(), pool__state=CostPool.State.OPEN)
    found = [each for each in rows.select_related("pool__grouping") if (day := due_on(each)) and day <= at.date()]
    return each_apart(found, lambda each: write_recurring(each, by=Clockwork(), at=at))


def remind_due(*, at: datetime) -> int:
    """Remind those who have not paid a call whose day has passed."""
    rows = FundCall.objects.filter(reminded_at=None, due_on__lt=at.date(), parts__paid_at=None).distinct()
    found = list(rows.filter(pool__state=CostPool.State.OPEN).select_related("pool__grouping"))
    return each_apart(found, lambda call: remind_call(call, by=Clockwork(), at=at))


def remind_invoices(*, at: datetime) -> int:
    """Remind of the invoices whose day has passed; those that came to Cordée long after it are left alone."""
    late = late_invoices(timezone.localtime(at).date() - GRACE).filter(reminded_at=None).select_related("grouping")
    return each_apart(list(late), lambda each: remind_late(each, by=Clockwork(), at=at))


DEADLINES = (post_due, write_due, remind_due, remind_invoices)
"""What falls due here; the ticker calls them."""
