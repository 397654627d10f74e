"""Calls for funds: asking, saying that one paid, noting that it came in."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.engines.sharing import Unfit
from cordee.governance.models import DecisionType
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import within_mandate
from cordee.groupings.models import Seat
from cordee.money import permissions
from cordee.money.acts.at_the_pool import open_pool_of
from cordee.money.models import CostPool, FundCall, FundPart, KeyKind, Nature, PoolLine
from cordee.money.reads import Recipe, key_for, shares_of


class NotCallable(Refusal):
    """The call cannot be made as asked."""


class AlreadySaid(Refusal):
    """One has said so already."""


def call_funds(
    pool: CostPool, *, title: str, cents: int, due_on: date, held_by: Seat, by: Actor, at: datetime
) -> FundCall:
    """Ask the members for money in advance, each its part by the key in force, equally where there is none.

    Allowed       who opened the pool, the treasurer, the coordinator.
    Refused when  the pool is settled; the date is past; who holds the money takes no part; the mandate of a substitute
                  does not cover the sum.
    Tells         money.call.made: the amount, the date, the key.
    """
    with act("money.call.made", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if not permissions.may_settle(fresh, seat):
            raise NotAllowed(_("Seuls l’auteur de ces comptes, la trésorerie ou le mandataire appellent des fonds."))
        if cents <= 0 or due_on < at.date():
            raise NotCallable(_("Un appel de fonds a un montant, et une date à venir."))
        within_mandate(seat, by.person, decision_type=DecisionType.BUDGET, cents=cents, at=at)
        seats = {member.seat.public_id: member.seat for member in fresh.members.select_related("seat")}
        if held_by.public_id not in seats:
            raise NotCallable(_("Cette entreprise ne prend pas part à ces dépenses."))
        key = key_for(fresh, None)
        equal = Recipe(KeyKind.EQUAL, dict.fromkeys(seats, 0), {})
        recipe = Recipe(key.kind, key.figures, key.settings) if key else equal
        try:
            shares = shares_of([(title, cents)], recipe)
        except Unfit as wrong:
            raise NotCallable(_("Cette clé ne partage pas ce montant."), why=wrong.say(language())) from None
        call = FundCall.objects.create(
            pool=fresh, title=title, cents=cents, due_on=due_on, held_by=held_by, key=key, called_by=seat, called_at=at
        )
        for public_id, part in shares.items():
            kept = at if public_id == held_by.public_id else None  # one does not pay oneself
            if part:
                FundPart.objects.create(call=call, seat=seats[public_id], cents=part, paid_at=kept, received_at=kept)
        facts.on = address(call)
        facts |= {"pool": fresh.public_id, "cents": cents, "due_on": due_on.isoformat(), "held_by": held_by.public_id}
        facts["key"] = key.public_id if key else ""
    return call


def declare_paid(part: FundPart, *, by: Actor, at: datetime) -> FundPart:
    """Say that one has paid its part of a call.

    Allowed       the company that is asked.
    Refused when  it has said so already.
    Tells         money.call.paid: the amount.
    """
    with act("money.call.paid", book=part.call.pool.grouping.book, by=by, at=at, on=part) as facts:
        seat = open_pool_of(part.call.pool, by)[1]
        fresh = FundPart.objects.select_for_update().get(pk=part.pk)
        if fresh.seat_id != seat.pk:
            raise NotAllowed(_("Chaque entreprise dit elle-même qu’elle a versé."))
        if fresh.paid_at:
            raise AlreadySaid(_("Vous l’avez déjà dit."))
        fresh.paid_at = at
        fresh.save(update_fields=["paid_at"])
        facts |= {"cents": fresh.cents, "call": part.call.public_id}
    return fresh


def receive_part(part: FundPart, *, by: Actor, at: datetime) -> FundPart:
    """Note that a part came in: it becomes an advance of that company in the accounts.

    Allowed       the company that holds the money, the treasurer.
    Refused when  it is noted already.
    Tells         money.call.received: the amount.
    """
    with act("money.call.received", book=part.call.pool.grouping.book, by=by, at=at, on=part) as facts:
        pool, seat = open_pool_of(part.call.pool, by)
        fresh = FundPart.objects.select_for_update(of=("self",)).select_related("call__held_by", "seat").get(pk=part.pk)
        holder = fresh.call.held_by
        if seat.pk != holder.pk and not permissions.keeps_the_money(seat):
            raise NotAllowed(_("Qui garde l’argent note ce qui arrive."))
        if fresh.received_at:
            raise AlreadySaid(_("C’est déjà noté."))
        fresh.line = PoolLine.objects.create(
            pool=pool,
            label=_("Appel de fonds : %(title)s") % {"title": fresh.call.title},
            cents=fresh.cents,
            paid_by=fresh.seat,
            added_by=seat,
            added_at=at,
            posted_at=at,
            nature=Nature.ADVANCE,
            split=PoolLine.Split.AMOUNT,
            parts={holder.public_id: fresh.cents},
        )
        fresh.received_at, fresh.paid_at = at, fresh.paid_at or at
        fresh.save(update_fields=["line", "received_at", "paid_at"])
        facts |= {"cents": fresh.cents, "call": fresh.call.public_id, "from": fresh.seat.public_id}
    return fresh


def remind_call(call: FundCall, *, by: By, at: datetime) -> FundCall:
    """Remind, once, those who have not paid when the day comes.

    Allowed       Cordée itself.
    Refused when  it was done, the day has not come, or everybody paid.
    Tells         money.call.reminded: how many are late.
    """
    with act("money.call.reminded", book=call.pool.grouping.book, by=by, at=at, on=call) as facts:
        fresh = FundCall.objects.select_for_update().get(pk=call.pk)
        late = fresh.parts.filter(paid_at=None).count()
        if fresh.reminded_at or fresh.due_on >= at.date() or not late:
            raise AlreadySaid(_("Rien à rappeler."))
        fresh.reminded_at = at
        fresh.save(update_fields=["reminded_at"])
        facts["late"] = late
    return fresh
