"""What the later rooms already know that a document would ask: settings name these two, for `agreements`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from cordee.groupings.models import Grouping, Seat
from cordee.journeys.reads.gates import convention_values
from cordee.money.models import Heading, SharingKey
from cordee.money.reads import Recipe, shares_of
from cordee.offers.models import Bid, BidPart, Guarantee, Paper

WHOLE = 1_000_000
"""An amount to share, in cents: each part is a percentage to the fourth decimal, and they add up to one hundred."""


def paper_facts(grouping: Grouping) -> dict[str, Any]:
    """The occasion or the offer, its lots, the budget, the sharing key; of each company, its part, task, insurance.

    Who takes part in the offer, under « parties ».
    """
    values, _need = convention_values(grouping)
    bid = Bid.objects.filter(grouping=grouping).exclude(state=Bid.State.ABANDONED).first()
    values = {**values, **(_of_bid(bid) if bid else {})}
    key = _last_key(grouping)
    if key is not None:
        values["sharing_key"] = key.kind
        planned = Heading.objects.filter(pool=key.pool_id).aggregate(sum=Sum("planned_cents"))["sum"]
        values |= {"budget": planned} if planned else {}
    found: dict[str, dict[str, Any]] = {}
    for told in (_shares(key), _insurance(grouping), _tasks(bid)):
        for seat, fields in told.items():
            found.setdefault(seat, {}).update(fields)
    inside = list(bid.members.filter(left_at=None).values_list("seat__public_id", flat=True)) if bid else []
    return {**values, "members_by_id": found, "parties": inside}


def key_in_force(grouping: Grouping) -> str:
    """The way of sharing that the members adopted last; empty when they adopted none."""
    key = _last_key(grouping)
    return key.kind if key else ""


def _last_key(grouping: Grouping) -> SharingKey | None:
    adopted = SharingKey.objects.filter(pool__grouping=grouping, adopted_at__isnull=False, heading=None)
    return adopted.order_by("-adopted_at", "-pk").first()


def _shares(key: SharingKey | None) -> dict[str, dict[str, Any]]:
    """The part of each by the key in force, in percent; nothing where its figures no longer fit."""
    if key is None:
        return {}
    try:
        parts = shares_of([(key.pool.title, WHOLE)], Recipe(key.kind, key.figures, key.settings))
    except ValueError:
        return {}
    return {seat: {"share": f"{(Decimal(part) / 10_000).normalize():f}"} for seat, part in parts.items()}


def _insurance(grouping: Grouping) -> dict[str, dict[str, Any]]:
    """Who insures each company, under which number, until when: from its ten-year guarantee, else its certificate."""
    seats = {
        seat.company_id: seat.public_id
        for seat in Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).order_by("id")
    }
    found: dict[str, dict[str, Any]] = {}
    papers = Paper.objects.filter(company__in=seats, kind__in=[Paper.Kind.TEN_YEAR, Paper.Kind.INSURANCE])
    for paper in papers.order_by("added_at", "id"):
        found[seats[paper.company_id]] = _known(insurer=paper.label, insured_until=paper.valid_to)
    guarantees = Guarantee.objects.filter(company__in=seats, kind=Guarantee.Kind.TEN_YEAR).exclude(insurer="")
    for each in guarantees.order_by("added_at", "id"):
        found[seats[each.company_id]] = _known(insurer=each.insurer, policy=each.number, insured_until=each.end)
    return found


def _tasks(bid: Bid | None) -> dict[str, dict[str, Any]]:
    """What each does in the offer, in its own words."""
    tasks: dict[str, list[str]] = {}
    for part in BidPart.objects.filter(bid=bid).select_related("seat") if bid else ():
        tasks.setdefault(part.seat.public_id, []).append(part.title)
    return {seat: {"task": ", ".join(titles)[:400]} for seat, titles in tasks.items()}


def _of_bid(bid: Bid) -> dict[str, Any]:
    """The offer that is prepared together. Each one's price stays behind the wall; the whole is known once frozen."""
    parts = list(BidPart.objects.filter(bid=bid, optional=False).select_related("seat", "lot"))
    lots = [
        {"id": str(number), "title": part.title[:200], "member": part.seat.public_id}
        for number, part in enumerate(parts, 1)
    ]
    offer = bid.kind == Bid.Kind.OFFER
    return _known(
        contract_title=bid.title,
        client_name=bid.client,
        client_address=bid.client_address,
        contract_reference=bid.reference,
        client_kind="private" if offer else "public",
        building_works=bid.building or bid.nature == Bid.Nature.WORKS,
        new_house=bid.new_house,
        plan_supplied_by_group=bid.plan_by_group,
        lead_directs_works=bid.direction,
        lead_solidary=bid.lead_liable if bid.liability == Bid.Liability.CONJOINT else None,
        single_account=bid.single_account,
        lead=bid.lead.public_id if bid.lead else None,
        start_date=bid.starts_on,
        contract_amount=bid.total_cents,
        lots=lots,
    )


def _known(**values: Any) -> dict[str, Any]:
    """Only what is known, as a document keeps it."""
    kept: Mapping[str, Any] = {name: value for name, value in values.items() if value not in (None, "", [])}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in kept.items()}
