"""The final account of a member: drawn up, frozen, sent to be signed."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from cordee.engines.finals import fingerprint_of
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.ground.signing.acts import Called, open_ceremony
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Office, Seat
from cordee.money.models import FinalAccount
from cordee.money.permissions import keeps_the_money, powers_over
from cordee.money.reads import account_statement, figures_of_final, pdf_of_final

TIME_TO_SIGN = timedelta(days=21)


class NotFinal(Refusal):
    """Something may still change the balance."""


def draw_final_account(seat: Seat, *, by: Actor, at: datetime) -> FinalAccount:
    """Draw up the final account of a member, line by line; its figures are frozen and printed.

    Allowed       the company itself; the treasurer or the coordinator.
    Refused when  a cost waits for an approval or for a key: the balance could still move.
    Tells         money.final.drawn: the balance, the fingerprint of the figures, the digest of the paper.
    """
    with act("money.final.drawn", book=seat.grouping.book, by=by, at=at) as facts:
        mine = acting_seat(seat.grouping, by)
        if mine.pk != seat.pk and not keeps_the_money(mine):
            raise NotAllowed(_("L’entreprise elle-même, la trésorerie ou le mandataire arrêtent son décompte."))
        standing = account_statement(seat.grouping, seat.company)
        if standing is None or not standing.pools:
            raise NotFinal(_("Cette entreprise n’a pris part à aucune dépense."))
        if standing.unsettled:
            raise NotFinal(_("Ce décompte n’est pas définitif."), why=" ".join(standing.unsettled))
        figures = figures_of_final(standing)
        pdf = pdf_of_final(figures, seat.grouping.name, at=at)
        with for_the_papers():
            name = _("Décompte définitif – %(company)s.pdf") % {"company": seat.company}
        text = keep(SimpleUploadedFile(name, pdf), book=seat.grouping.book, by=by.person, at=at)
        final = FinalAccount.objects.create(
            seat=seat, figures=figures, balance=standing.balance, drawn_by=mine, drawn_at=at, text=text
        )
        facts.on = address(final)
        facts |= {"seat": seat.public_id, "cents": standing.balance, "text": text.digest}
        facts["fingerprint"] = fingerprint_of(figures)
    return final


def send_final_account(final: FinalAccount, *, by: Actor, at: datetime) -> FinalAccount:
    """Send a final account to be signed by the company and by whoever keeps the money of the grouping.

    Allowed       the company itself; the treasurer or the coordinator.
    Refused when  it was sent already; somebody called has no power to sign; nobody is there to sign with it.
    Tells         money.final.sent, and signing.ceremony.opened.
    """
    grouping = final.seat.grouping
    with act("money.final.sent", book=grouping.book, by=by, at=at, on=final) as facts:
        mine = acting_seat(grouping, by)
        fresh = (
            FinalAccount.objects.select_for_update(of=("self",))
            .select_related("seat__company", "seat__holder", "text")
            .get(pk=final.pk)
        )
        if mine.pk != fresh.seat_id and not keeps_the_money(mine):
            raise NotAllowed(_("L’entreprise elle-même, la trésorerie ou le mandataire l’envoient à signer."))
        if fresh.ceremony:
            raise NotFinal(_("Ce décompte est déjà parti à la signature."))
        keepers = Office.objects.filter(
            grouping=grouping, until=None, role__in=[Office.Role.TREASURER, Office.Role.COORDINATOR]
        ).select_related("seat__company", "seat__holder")
        others = {one.seat_id: one.seat for one in keepers if one.seat_id != fresh.seat_id}
        if not others:  # the keeper's own account is signed by another member
            rest = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).exclude(pk=fresh.seat_id)
            others = {one.pk: one for one in rest.select_related("company", "holder")[:1]}
        seats = [fresh.seat, *others.values()]
        powers = powers_over(fresh, seats, at=at)
        without = [str(one.company) for one in seats if not powers[one.pk]]
        if without or len(seats) < 2:
            raise NotFinal(_("%(who)s : personne n’a le pouvoir de signer.") % {"who": ", ".join(without) or "–"})
        ceremony = open_ceremony(
            book=grouping.book,
            subject=address(fresh),
            title=fresh.text.name.removesuffix(".pdf"),
            pdf=fresh.text.read(),
            fingerprint=fingerprint_of(fresh.figures),
            called=[
                Called(power.person, address(one), one.company.name, one.company.siren or "", power.capacity)
                for one in seats
                for power in powers[one.pk][:1]
            ],
            expires_at=at + TIME_TO_SIGN,
            by=by,
            at=at,
        )
        fresh.ceremony = ceremony.public_id
        fresh.save(update_fields=["ceremony"])
        facts |= {"ceremony": ceremony.public_id, "signatories": len(seats)}
    return fresh
