"""A common purchase: who commits to how much, which price all unlock, what lacks to the next."""

from dataclasses import dataclass

from cordee.engines.procurement import Tier, Unlocked, unlocked
from cordee.engines.units import Cents
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.reads import Membership, membership
from cordee.offers.models import VolumePledge, VolumePool


@dataclass(frozen=True, slots=True)
class VolumePage:
    """One common purchase, for one seat."""

    pool: VolumePool
    me: Membership
    found: Unlocked
    pledges: list[tuple[VolumePledge, int, int]]  # with what it costs together, and alone
    mine: int
    tiers: list[tuple[int, int, bool]]


def volume_page(person: Person, public_id: str) -> VolumePage:
    """The purchase with its tiers; a stranger finds nothing."""
    pool = VolumePool.objects.filter(public_id=public_id).select_related("grouping").first()
    if pool is None:
        raise NotYours
    me = membership(person, pool.grouping.public_id)
    pledges = list(pool.pledges.select_related("seat__company"))
    steps = [Tier(quantity, Cents(price)) for quantity, price in pool.tiers]
    found = unlocked(
        steps,
        {each.seat.public_id: each.quantity for each in pledges},
        per_day=pool.per_day,
        lead=pool.lead_days,
        most=pool.most,
    )
    lines = [(each, found.cost[each.seat.public_id], found.alone[each.seat.public_id]) for each in pledges]
    mine = next((each.quantity for each in pledges if each.seat_id == me.seat.pk), 0)
    tiers = [(step.quantity, int(step.unit_price), step == found.tier) for step in steps]
    return VolumePage(pool, me, found, lines, mine, tiers)
