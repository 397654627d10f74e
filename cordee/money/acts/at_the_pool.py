"""What every act on a pool checks, inside its lock: the pool is open, and who acts takes part in it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat
from cordee.money.models import CostPool, PoolLine, SharingKey
from cordee.money.reads import key_for


class PoolSettled(Refusal):
    """The pool is settled: nothing changes any more."""


def open_pool_of(pool: CostPool, by: Actor) -> tuple[CostPool, Seat]:
    """Re-read a pool inside the lock, with the seat that acts on it."""
    fresh = CostPool.objects.select_for_update().select_related("grouping").get(pk=pool.pk)
    seat = acting_seat(fresh.grouping, by)
    if not fresh.members.filter(seat=seat).exists():
        raise NotAllowed(_("Votre entreprise ne prend pas part à ces dépenses."))
    if fresh.state == CostPool.State.SETTLED:
        raise PoolSettled(_("Ces comptes sont soldés."), do=_("Ouvrez-en de nouveaux pour une autre dépense."))
    return fresh, seat


def write_line(line: PoolLine, *, at: datetime) -> PoolLine:
    """Save a new line: under which key, and whether it waits for an approval."""
    pool = line.pool
    line.added_at = at
    if line.split == PoolLine.Split.KEY:
        key = key_for(pool, line.heading)
        line.key = key if key and key.later == SharingKey.Later.SAME else None
    if pool.review_days:
        line.state, line.post_after = PoolLine.State.SUBMITTED, at + timedelta(days=pool.review_days)
    else:
        line.state, line.posted_at = PoolLine.State.POSTED, at
    line.save()
    return line
