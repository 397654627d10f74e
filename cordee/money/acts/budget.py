"""The budget and its vote, what is committed, what recurs."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import within_mandate
from cordee.groupings.models import Seat
from cordee.money import permissions
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.acts.keys import VOTE_LENGTH, NothingToShare
from cordee.money.models import Commitment, CostPool, Heading, PoolLine, Recurring
from cordee.money.reads import due_on


class NotRecurring(Refusal):
    """It was stopped, or its day has not come."""


def add_heading(pool: CostPool, *, label: str, planned_cents: int, by: Actor, at: datetime) -> Heading:
    """Add a line to the budget.

    Allowed       any member of the pool; after the vote the line shows that it came later.
    Refused when  the pool is settled, or nothing is planned.
    Tells         money.heading.added: the amount planned.
    """
    with act("money.heading.added", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if planned_cents <= 0:
            raise Refusal(_("Un poste de budget a un montant."))
        heading = Heading.objects.create(
            pool=fresh, label=label, planned_cents=planned_cents, added_by=seat, added_at=at
        )
        facts.on = address(heading)
        facts |= {"pool": fresh.public_id, "cents": planned_cents}
    return heading


def propose_budget(pool: CostPool, *, by: Actor, at: datetime) -> Ballot:
    """Put the budget to the vote, line by line.

    Allowed       any member of the pool.
    Refused when  the pool is settled, the budget has no line, or it is being voted.
    Tells         money.budget.proposed: the total, and governance.ballot.opened.
    """
    with act("money.budget.proposed", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        fresh = open_pool_of(pool, by)[0]
        headings = list(fresh.headings.all())
        if not headings:
            raise NothingToShare(_("Ce budget n’a pas encore de poste."), do=_("Ajoutez-en un."))
        if fresh.budget_ballot and Ballot.objects.filter(public_id=fresh.budget_ballot, closed_at=None).exists():
            raise Refusal(_("Ce budget est déjà au vote."), do=_("Attendez le résultat."))
        total = sum(heading.planned_cents for heading in headings)
        with for_the_papers():
            title = _("Budget « %(pool)s » : %(total)s") % {"pool": fresh.title, "total": euros(total)}
            text = "\n".join(
                _("%(label)s : %(amount)s") % {"label": heading.label, "amount": euros(heading.planned_cents)}
                for heading in headings
            )
        ballot = propose_resolution(
            fresh.grouping,
            title=title[:160],
            text=text,
            decision_type=DecisionType.BUDGET,
            cents=total,
            closes_at=at + VOTE_LENGTH,
            by=by,
            at=at,
        )
        fresh.budget_ballot = ballot.public_id
        fresh.save(update_fields=["budget_ballot"])
        facts |= {"cents": total, "headings": len(headings), "ballot": ballot.public_id}
    return ballot


def make_commitment(
    heading: Heading, *, label: str, cents: int, by: Actor, at: datetime, paper: UploadedFile | None = None
) -> Commitment:
    """Note an order given or a quote signed, on a line of the budget.

    Allowed       any member of the pool.
    Refused when  the pool is settled, or the amount is zero; the mandate of a substitute does not cover it.
    Tells         money.commitment.made: the amount.
    """
    with act("money.commitment.made", book=heading.pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(heading.pool, by)
        if cents <= 0:
            raise Refusal(_("Un engagement a un montant."))
        within_mandate(seat, by.person, decision_type=DecisionType.BUDGET, cents=cents, at=at)
        kept = keep(clean_photo(paper), book=fresh.grouping.book, by=by.person, at=at) if paper else None
        made = Commitment.objects.create(
            heading=heading, label=label, cents=cents, paper=kept, made_by=seat, made_at=at
        )
        facts.on = address(made)
        facts |= {"pool": fresh.public_id, "cents": cents, "heading": heading.public_id}
    return made


def close_commitment(commitment: Commitment, *, by: Actor, at: datetime) -> Commitment:
    """Say that nothing more will be billed on a commitment; what is left of it is free again.

    Allowed       who made it, the treasurer, the coordinator.
    Refused when  it is closed already.
    Tells         money.commitment.closed: the amount.
    """
    pool = commitment.heading.pool
    with act("money.commitment.closed", book=pool.grouping.book, by=by, at=at, on=commitment) as facts:
        seat = open_pool_of(pool, by)[1]
        fresh = Commitment.objects.select_for_update().get(pk=commitment.pk)
        if fresh.made_by_id != seat.pk and not permissions.keeps_the_money(seat):
            raise NotAllowed(_("Qui a engagé la dépense, ou la trésorerie, clôt cet engagement."))
        if fresh.closed_at:
            raise Refusal(_("Cet engagement est déjà clos."))
        fresh.closed_at = at
        fresh.save(update_fields=["closed_at"])
        facts |= {"pool": pool.public_id, "cents": fresh.cents}
    return fresh


def add_recurring(
    pool: CostPool,
    *,
    label: str,
    cents: int,
    paid_by: Seat,
    every_months: int,
    first_on: date,
    by: Actor,
    at: datetime,
    heading: Heading | None = None,
    until: date | None = None,
) -> Recurring:
    """Note a cost that comes back; Cordée writes it on its day.

    Allowed       any member of the pool.
    Refused when  the pool is settled; the payer takes no part; it would end before it begins; the mandate of a
                  substitute does not cover what it costs in a year (or in all, where it ends sooner).
    Tells         money.recurring.added: the amount, and every how many months.
    """
    with act("money.recurring.added", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if cents <= 0 or every_months < 1:
            raise Refusal(_("Une dépense qui revient a un montant et un rythme."))
        if not fresh.members.filter(seat=paid_by).exists():
            raise Refusal(_("Cette entreprise ne prend pas part à ces dépenses."))
        if until is not None and until < first_on:
            raise Refusal(_("Elle finirait avant de commencer."), do=_("Corrigez une des deux dates."))
        times = (
            -(-12 // every_months)
            if until is None
            else min(-(-12 // every_months), _times(first_on, until, every_months))
        )
        within_mandate(seat, by.person, decision_type=DecisionType.BUDGET, cents=cents * times, at=at)
        made = Recurring.objects.create(
            pool=fresh,
            heading=heading,
            label=label,
            cents=cents,
            paid_by=paid_by,
            every_months=every_months,
            first_on=first_on,
            until=until,
            added_by=seat,
            added_at=at,
        )
        facts.on = address(made)
        facts |= {"pool": fresh.public_id, "cents": cents, "months": every_months}
    return made


def _times(first_on: date, until: date, every_months: int) -> int:
    """How often it comes back, from the first to the last day."""
    months = (until.year - first_on.year) * 12 + until.month - first_on.month - (until.day < first_on.day)
    return months // every_months + 1


def stop_recurring(recurring: Recurring, *, by: Actor, at: datetime) -> Recurring:
    """Stop a cost that comes back; what was written stays.

    Allowed       who noted it, who pays it, the treasurer, the coordinator.
    Refused when  it is stopped already.
    Tells         money.recurring.stopped.
    """
    with act("money.recurring.stopped", book=recurring.pool.grouping.book, by=by, at=at, on=recurring) as facts:
        seat = open_pool_of(recurring.pool, by)[1]
        fresh = Recurring.objects.select_for_update().get(pk=recurring.pk)
        if seat.pk not in (fresh.added_by_id, fresh.paid_by_id) and not permissions.keeps_the_money(seat):
            raise NotAllowed(_("Qui l’a notée, qui la paie ou la trésorerie l’arrête."))
        if fresh.stopped_at:
            raise NotRecurring(_("Cette dépense est déjà arrêtée."))
        fresh.stopped_at = at
        fresh.save(update_fields=["stopped_at"])
        facts["pool"] = recurring.pool.public_id
    return fresh


def write_recurring(recurring: Recurring, *, by: By, at: datetime) -> PoolLine:
    """Write a cost that comes back, once for each of its days.

    Allowed       Cordée itself, from that day on.
    Refused when  it was stopped, the pool is settled, or its day has not come.
    Tells         money.line.added: the amount, its day.
    """
    with act("money.line.added", book=recurring.pool.grouping.book, by=by, at=at) as facts:
        pool = CostPool.objects.select_for_update().select_related("grouping").get(pk=recurring.pool_id)
        fresh = (
            Recurring.objects.select_for_update(of=("self",)).select_related("heading", "paid_by").get(pk=recurring.pk)
        )
        day = due_on(fresh)
        if pool.state == CostPool.State.SETTLED or day is None or day > at.date():
            raise NotRecurring(_("Rien à écrire pour cette dépense aujourd’hui."))
        line = write_line(
            PoolLine(
                pool=pool,
                label=f"{fresh.label}, {day:%m/%Y}",
                cents=fresh.cents,
                paid_by=fresh.paid_by,
                added_by_id=fresh.added_by_id,
                heading=fresh.heading,
                recurring=fresh,
                recurring_on=day,
            ),
            at=at,
        )
        fresh.written += 1
        fresh.save(update_fields=["written"])
        facts.on = address(line)
        facts |= {"pool": pool.public_id, "cents": line.cents, "paid_by": fresh.paid_by.public_id, "receipt": ""}
        facts |= {"day": day.isoformat(), "state": line.state, "key": line.key.public_id if line.key else ""}
    return line
