"""Approving or contesting a cost before it counts; contesting a payment; answering; ending it."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.money import permissions
from cordee.money.acts.at_the_pool import open_pool_of
from cordee.money.models import Dispute, PoolLine, Transfer


class NotWaiting(Refusal):
    """This cost counts already, is struck out or contested."""


class Contested(Refusal):
    """There is a dispute already, or none is open."""


def approve_line(line: PoolLine, *, by: Actor, at: datetime) -> PoolLine:
    """Approve a cost that somebody else wrote: from now on it counts.

    Allowed       a member of the pool that neither wrote nor paid it.
    Refused when  it does not wait for an approval.
    Tells         money.line.approved: the amount.
    """
    with act("money.line.approved", book=line.pool.grouping.book, by=by, at=at, on=line) as facts:
        seat = open_pool_of(line.pool, by)[1]
        fresh = _waiting(line)
        if not permissions.may_approve(fresh, seat):
            raise NotAllowed(
                _("On n’approuve pas sa propre dépense."), do=_("Une autre entreprise l’approuve, ou le délai passe.")
            )
        fresh.state, fresh.posted_at, fresh.posted_by = PoolLine.State.POSTED, at, seat
        fresh.save(update_fields=["state", "posted_at", "posted_by"])
        facts |= {"pool": line.pool.public_id, "cents": fresh.cents}
    return fresh


def post_line(line: PoolLine, *, by: By, at: datetime) -> PoolLine:
    """Let a cost count that nobody contested in time.

    Allowed       Cordée itself, when the time to contest is over.
    Refused when  it does not wait, or its time is not over.
    Tells         money.line.posted: the amount.
    """
    with act("money.line.posted", book=line.pool.grouping.book, by=by, at=at, on=line) as facts:
        fresh = _waiting(line)
        if fresh.post_after is None or fresh.post_after > at:
            raise NotWaiting(_("Le délai pour contester n’est pas passé."))
        fresh.state, fresh.posted_at = PoolLine.State.POSTED, at
        fresh.save(update_fields=["state", "posted_at"])
        facts |= {"pool": line.pool.public_id, "cents": fresh.cents}
    return fresh


def _waiting(line: PoolLine) -> PoolLine:
    fresh = PoolLine.objects.select_for_update(of=("self",)).select_related("pool").get(pk=line.pk)
    if fresh.struck_at or fresh.state != PoolLine.State.SUBMITTED:
        raise NotWaiting(_("Cette dépense n’attend pas d’approbation."))
    return fresh


def raise_dispute(about: PoolLine | Transfer, *, reason: str, by: Actor, at: datetime) -> Dispute:
    """Contest a cost before it counts, or a payment before it is settled, and say why.

    Allowed       any member of the pool for a cost; the two companies concerned for a payment.
    Refused when  the cost counts already, the payment is received, or one contests it already.
    Tells         money.dispute.raised: what is contested; the reason stays between the members.
    """
    grouping = about.pool.grouping
    with act("money.dispute.raised", book=grouping.book, by=by, at=at) as facts:
        dispute = Dispute(reason=reason.strip()[:500], raised_at=at)
        if isinstance(about, PoolLine):
            dispute.seat = open_pool_of(about.pool, by)[1]
            line = _waiting(about)
            line.state = PoolLine.State.DISPUTED
            line.save(update_fields=["state"])
            dispute.line = line
        else:
            dispute.seat = acting_seat(grouping, by)
            transfer = Transfer.objects.select_for_update().get(pk=about.pk)
            if not permissions.may_confirm(transfer, dispute.seat):
                raise NotAllowed(_("Seules les deux entreprises concernées contestent ce paiement."))
            if transfer.received_at:
                raise Contested(_("Ce paiement est soldé : il ne se conteste plus ici."))
            if transfer.disputes.filter(outcome="").exists():
                raise Contested(_("Ce paiement est déjà contesté."))
            dispute.transfer = transfer
        if not dispute.reason:
            raise Refusal(_("Dites pourquoi vous contestez : l’autre entreprise doit pouvoir répondre."))
        dispute.save()
        facts.on = address(dispute)
        facts |= {"about": address(about), "pool": about.pool.public_id}
    return dispute


def answer_dispute(dispute: Dispute, *, answer: str, by: Actor, at: datetime) -> Dispute:
    """Answer a dispute.

    Allowed       who wrote or paid the cost; the other side of the payment; the treasurer or the coordinator.
    Refused when  the dispute is over, or the answer is empty.
    Tells         money.dispute.answered.
    """
    with act("money.dispute.answered", book=_of(dispute).book, by=by, at=at, on=dispute) as facts:
        fresh, seat = _open(dispute, by)
        if not permissions.may_answer(fresh, seat):
            raise NotAllowed(_("L’auteur de la dépense, l’autre entreprise ou la trésorerie répondent."))
        if not answer.strip():
            raise Refusal(_("Écrivez une réponse."))
        fresh.answer, fresh.answered_by, fresh.answered_at = answer.strip()[:500], seat, at
        fresh.save(update_fields=["answer", "answered_by", "answered_at"])
        facts["about"] = address(fresh.line or fresh.transfer)
    return fresh


def end_dispute(dispute: Dispute, *, outcome: str, by: Actor, at: datetime) -> Dispute:
    """End a dispute: the answer is accepted, the cost is struck out, or the treasurer decides that it stands.

    Allowed       who raised it accepts; who may strike the cost out corrects; the treasurer or the coordinator,
                  when not a party, decides once there is an answer.
    Refused when  it is over; a payment cannot be struck out.
    Tells         money.dispute.ended: how.
    """
    with act("money.dispute.ended", book=_of(dispute).book, by=by, at=at, on=dispute) as facts:
        fresh, seat = _open(dispute, by)
        if not permissions.may_end(fresh, seat, outcome):
            raise NotAllowed(_("Ce n’est pas à vous de clore cette contestation ainsi."))
        fresh.outcome, fresh.ended_by, fresh.ended_at = Dispute.Outcome(outcome), seat, at
        fresh.save(update_fields=["outcome", "ended_by", "ended_at"])
        if fresh.line is not None:
            line = fresh.line
            if outcome == Dispute.Outcome.CORRECTED:
                line.struck_at = at
            else:
                line.state, line.posted_at, line.posted_by = PoolLine.State.POSTED, at, seat
            line.save(update_fields=["struck_at", "state", "posted_at", "posted_by"])
        facts |= {"outcome": outcome, "about": address(fresh.line or fresh.transfer)}
    return fresh


def _of(dispute: Dispute) -> Grouping:
    about = dispute.line or dispute.transfer
    assert about is not None  # the database refuses a dispute about nothing
    return about.pool.grouping


def _open(dispute: Dispute, by: Actor) -> tuple[Dispute, Seat]:
    seat = acting_seat(_of(dispute), by)
    fresh = (
        Dispute.objects.select_for_update(of=("self",))
        .select_related("line__pool", "transfer__pool", "seat")
        .get(pk=dispute.pk)
    )
    if fresh.outcome:
        raise Contested(_("Cette contestation est close."))
    return fresh, seat
