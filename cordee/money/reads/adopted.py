"""Which keys are in force, and which are being voted."""

from collections.abc import Iterable

from django.db.models import QuerySet

from cordee.governance.models import Ballot
from cordee.ground.register.acts import address
from cordee.money.models import CostPool, Heading, SharingKey


def newest(keys: Iterable[SharingKey]) -> dict[int | None, SharingKey]:
    """Of some keys, the last adopted for the pool (None) and for each budget line that has its own."""
    adopted = [(key.adopted_at, key.pk, key) for key in keys if key.adopted_at]
    return {key.heading_id: key for _when, _pk, key in sorted(adopted, key=lambda one: one[:2])}


def ballots_on(pool: CostPool, keys: Iterable[SharingKey]) -> QuerySet[Ballot]:
    """The open votes on some of these keys."""
    return Ballot.objects.filter(
        grouping=pool.grouping_id,
        closed_at=None,
        resolution__effect="key",
        resolution__effect_on__in=[address(key) for key in keys if key.adopted_at is None],
    ).select_related("resolution")


def keys_in_force(pool: CostPool) -> dict[int | None, SharingKey]:
    """The last key adopted for the pool (None) and for each budget line that has its own."""
    return newest(pool.keys.select_related("heading", "proposed_by__company"))


def key_for(pool: CostPool, heading: Heading | None) -> SharingKey | None:
    """The key that governs a cost that comes now: that of its budget line, else that of the pool."""
    keys = keys_in_force(pool)
    return (keys.get(heading.pk) if heading else None) or keys.get(None)


def being_voted(pool: CostPool) -> QuerySet[Ballot]:
    """The open votes on a key of this pool."""
    return ballots_on(pool, pool.keys.all())
