"""A contract invoiced by progress claims, and costs carried for others that are invoiced to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.engines import invoicing
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Seat
from cordee.money.acts.invoices import DraftLine, draft_invoice, may_invoice
from cordee.money.models import CostPool, Invoice, Works, WorksPost
from cordee.money.reads import claimed_so_far, to_rebill, totals_of_lines

MONTH = timedelta(days=30)


class NotClaimable(Refusal):
    """A claim that would ask nothing, or goes beyond the contract."""


@dataclass(frozen=True, slots=True)
class PostGiven:
    """One post of a contract, as it is written. Units: cents without tax, hundredths of a percent."""

    label: str
    cents: int
    vat: str = "S"
    rate: int = 2000


def open_works(
    seller: Seat,
    *,
    title: str,
    buyer: dict[str, str],
    posts: Sequence[PostGiven],
    retention: int = 500,
    by: Actor,
    at: datetime,
    **more: Any,
) -> Works:
    """Follow a contract in progress claims: its posts with their price, its client, its retention.

    Allowed       who binds the company, or holds its mandate.
    Refused when  there is no post; the retention goes beyond the five percent of the law.
    Tells         money.works.opened: the seat that sells, the price in cents, the retention.
    """
    with act("money.works.opened", book=seller.grouping.book, by=by, at=at) as facts:
        living(seller.grouping)
        may_invoice(seller, by)
        if not posts:
            raise NotClaimable(_("Un marché a au moins un poste, avec son prix."))
        if retention > 500:
            raise NotClaimable(_("La retenue de garantie est de 5 % au plus."))
        made = Works.objects.create(
            grouping=seller.grouping,
            seat=seller,
            title=title,
            buyer=buyer,
            retention=retention,
            opened_by=by.person,
            opened_at=at,
            **more,
        )
        WorksPost.objects.bulk_create(
            [WorksPost(works=made, label=one.label, cents=one.cents, vat=one.vat, rate=one.rate) for one in posts]
        )
        facts.on = address(made)
        facts |= {"seat": seller.public_id, "cents": sum(one.cents for one in posts), "retention": retention}
    return made


def claim_progress(works: Works, *, done: Mapping[int, int], due: date, by: Actor, at: datetime) -> Invoice:
    """Draft the next claim: what is done since the beginning (hundredths of a percent), minus what was claimed.

    Allowed       who binds the company, or holds its mandate.
    Refused when  nothing is new since the last claim; a post is beyond 100 %; it takes back more than it asks.
    Tells         money.invoice.drafted.
    """
    posts = list(works.posts.all())
    before = claimed_so_far(works)
    given = [
        invoicing.Post(
            post.label,
            post.cents,
            Fraction(done.get(post.pk, 0), 10_000),
            before.get(post.pk, 0),
            invoicing.Vat(post.vat),
            Fraction(post.rate, 100),
        )
        for post in posts
    ]
    number = works.claims.exclude(kind=Invoice.Kind.CREDIT).count() + 1
    try:
        asked = {post.pk: invoicing.claim([one], number) for post, one in zip(posts, given, strict=True)}
    except ValueError:
        raise NotClaimable(_("Un poste s’avance de 0 à 100 %.")) from None
    lines = [
        DraftLine(
            line.label, int(line.price * 10_000), int(line.quantity * 1000), post.vat, post.rate, line.detail, post
        )
        for post in posts
        for line in asked[post.pk]
    ]
    if not lines:
        raise NotClaimable(_("Rien de nouveau depuis la dernière situation."), do=_("Dites ce qui a avancé."))
    gross = totals_of_lines((one.quantity, one.price, one.vat, one.rate) for one in lines).gross
    return draft_invoice(
        works.seat,
        lines=lines,
        buyer=works.buyer,
        due=due,
        case=works.case,
        contract=works.contract,
        profile=works.profile,
        works=works,
        retention_cents=invoicing.retention(max(gross, 0), Fraction(works.retention, 100)),
        retention_until=works.retention_until if works.retention else None,
        by=by,
        at=at,
    )


def rebill_costs(pool: CostPool, *, by: Actor, at: datetime) -> list[Invoice]:
    """Draft, for each other member, the invoice of its part of what one re-invoices or paid on its behalf.

    Allowed       who binds the company that paid.
    Refused when  it has nothing to re-invoice, or all is on a draft or an invoice already; somebody lacks a SIREN.
    Tells         money.cost.rebilled: the pool, how many drafts, their total; money.invoice.drafted for each.
    """
    with act("money.cost.rebilled", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        seat = acting_seat(pool.grouping, by)
        found = to_rebill(pool, seat)
        if not found:
            raise Refusal(_("Vous n’avez rien à refacturer dans ces comptes."))
        missing = [str(one.seat.company) for one in found if not one.buyer.get("siren")]
        if missing:
            raise Refusal(_("%(who)s : il manque le SIREN pour facturer.") % {"who": ", ".join(missing)})
        made = [
            draft_invoice(
                seat,
                lines=[
                    DraftLine(c.label, c.cents * 100, 1000, c.vat, c.rate, c.detail, cost=c.line) for c in one.costs
                ],
                buyer=one.buyer,
                due=timezone.localtime(at + MONTH).date(),
                case=Invoice.Case.PLAIN,
                by=by,
                at=at,
            )
            for one in found
        ]
        facts |= {"pool": pool.public_id, "drafts": len(made), "cents": sum(one.gross_cents for one in made)}
    return made
