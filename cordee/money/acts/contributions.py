"""What members bring beside bills: time and things valued by rates that are voted, and advances."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.models import Seat
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.acts.keys import VOTE_LENGTH, adopt_key
from cordee.money.models import CostPool, Heading, Nature, PoolLine, Rate, SharingKey


class NoRate(Refusal):
    """No value was voted for this contribution."""


def propose_rate(pool: CostPool, *, label: str, unit: str, unit_cents: int, by: Actor, at: datetime) -> Ballot:
    """Put to the vote what an hour, a day or a loan is worth among the members.

    Allowed       any member of the pool.
    Refused when  the pool is settled, or the value is zero.
    Tells         money.rate.proposed: the value of a unit, and governance.ballot.opened.
    """
    with act("money.rate.proposed", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if unit_cents <= 0:
            raise Refusal(_("Un apport valorisé a une valeur."))
        rate = Rate.objects.create(
            pool=fresh, label=label, unit=unit, unit_cents=unit_cents, proposed_by=seat, proposed_at=at
        )
        with for_the_papers():
            words = {"what": label, "unit": unit, "value": euros(unit_cents), "pool": fresh.title}
            title = _("Valoriser « %(what)s » à %(value)s par %(unit)s") % words
            text = _("Chaque %(unit)s de « %(what)s » comptera %(value)s d’apport dans « %(pool)s ».") % words
        ballot = propose_resolution(
            fresh.grouping,
            title=title[:160],
            text=text,
            decision_type=DecisionType.SHARING_KEY,
            closes_at=at + VOTE_LENGTH,
            effect="key",
            effect_on=address(rate),
            by=by,
            at=at,
        )
        facts.on = address(rate)
        facts |= {"pool": fresh.public_id, "cents": unit_cents, "ballot": ballot.public_id}
    return ballot


def adopt_rate(rate: Rate, *, by_decision: str, by: By, at: datetime) -> Rate:
    """Put the value of a contribution in force, as the members voted it.

    Allowed       the effect of an adopted resolution.
    Tells         money.rate.adopted: the value, by which resolution.
    """
    with act("money.rate.adopted", book=rate.pool.grouping.book, by=by, at=at, on=rate) as facts:
        again = Rate.objects.select_for_update().get(pk=rate.pk)
        again.adopted_at, again.by_decision = at, by_decision
        again.save(update_fields=["adopted_at", "by_decision"])
        facts |= {"cents": again.unit_cents, "by_decision": by_decision}
    return again


def adopt_voted(subject: str, *, by_decision: str, by: By, at: datetime) -> None:
    """Put in force what a resolution named: a sharing key, or the value of a contribution."""
    kind, public_id = subject.split("/")[1:]
    if kind == "rate":
        rate = Rate.objects.select_related("pool__grouping").get(public_id=public_id)
        adopt_rate(rate, by_decision=by_decision, by=by, at=at)
        return
    key = SharingKey.objects.select_related("pool__grouping").get(public_id=public_id)
    if key.pool.state == CostPool.State.OPEN:
        adopt_key(key, by_decision=by_decision, by=by, at=at)


def add_contribution(
    pool: CostPool, *, rate: Rate, quantity: int, what: str, by: Actor, at: datetime, heading: Heading | None = None
) -> PoolLine:
    """Note time or things that one brings, valued as voted; all then bear their part of it by the key.

    Allowed       any member of the pool, for itself.
    Refused when  the pool is settled; the rate is not adopted; nothing is brought.
    Tells         money.line.added: the value, the quantity in hundredths.
    """
    with act("money.line.added", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        known = Rate.objects.filter(pk=rate.pk, pool=fresh, adopted_at__isnull=False).first()
        if known is None:
            raise NoRate(_("La valeur de cet apport n’est pas votée."), do=_("Proposez-la au vote d’abord."))
        cents = (2 * quantity * known.unit_cents + 100) // 200
        if cents <= 0:
            raise Refusal(_("Dites combien vous apportez."))
        line = write_line(
            PoolLine(
                pool=fresh,
                label=what or known.label,
                cents=cents,
                paid_by=seat,
                added_by=seat,
                nature=Nature.IN_KIND,
                heading=heading,
                rate=known,
                quantity=quantity,
            ),
            at=at,
        )
        facts.on = address(line)
        facts |= {"pool": fresh.public_id, "cents": cents, "paid_by": seat.public_id, "receipt": ""}
        facts |= {"quantity": quantity, "rate": known.public_id, "state": line.state}
        facts["key"] = line.key.public_id if line.key else ""
    return line


def add_advance(pool: CostPool, *, to: Seat, cents: int, label: str, by: Actor, at: datetime) -> PoolLine:
    """Note money handed to another member before the accounts are settled; it counts once that member confirms.

    Allowed       any member of the pool, for what it paid itself.
    Refused when  the pool is settled; to oneself or to a stranger; nothing.
    Tells         money.line.added: the amount, from whom.
    """
    with act("money.line.added", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if cents <= 0:
            raise Refusal(_("Une avance a un montant."))
        if to.pk == seat.pk or not fresh.members.filter(seat=to).exists():
            raise Refusal(_("Une avance va à une autre entreprise de ces comptes."))
        line = PoolLine.objects.create(
            pool=fresh,
            label=label,
            cents=cents,
            paid_by=seat,
            added_by=seat,
            added_at=at,
            nature=Nature.ADVANCE,
            split=PoolLine.Split.AMOUNT,
            parts={to.public_id: cents},
            state=PoolLine.State.SUBMITTED,
        )
        facts.on = address(line)
        facts |= {"pool": fresh.public_id, "cents": cents, "paid_by": seat.public_id, "to": to.public_id}
        facts |= {"receipt": "", "state": line.state, "key": ""}
    return line
