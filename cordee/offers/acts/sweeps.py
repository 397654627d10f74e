"""Sweeps in slices: each worker holds its slice by a lock of the database, and one that is killed loses nothing."""

import gc
import json
import multiprocessing
from collections.abc import Callable
from datetime import datetime
from time import sleep

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cordee.engines.procurement.radar import Hit, Radar
from cordee.ground.kit.clock import now
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Clockwork
from cordee.ground.register.acts import INSTANCE, By, act
from cordee.offers.models import RadarHit, RadarNotice, RadarSweep, SweepSlice
from cordee.offers.reads.radar import asked_of, watchers

CLOCK = Clockwork()
KEEP = """
INSERT INTO offers_radarhit (public_id, profile_id, notice_id, score, lots, partners, reasons, found_at, answer)
SELECT public_id, profile_id, notice_id, score, lots, partners, reasons, %s, ''
FROM jsonb_to_recordset(%s::jsonb) AS hit(public_id text, profile_id bigint, notice_id bigint, score smallint,
  lots jsonb, partners jsonb, reasons jsonb)
ON CONFLICT DO NOTHING
"""


def sweep_next(sweep: RadarSweep, radar: Radar, profiles: dict[str, int], *, at: datetime) -> int | None:
    """Sweep the next slice that nobody holds; how many hits. None: nothing is left, or the sweep was stopped.

    Holds   one slice is one transaction that holds its row: two workers never sweep the same one, and a slice whose
            worker was killed is free again at once, with nothing half kept.
    """
    with transaction.atomic():
        if not RadarSweep.objects.filter(pk=sweep.pk, state=RadarSweep.State.RUNNING).exists():
            return None
        free = SweepSlice.objects.select_for_update(skip_locked=True).filter(sweep=sweep, done_at=None)
        one = free.order_by("pk").first()
        if one is None:
            return None
        found = [
            (profiles[hit.watcher], notice.pk, hit)
            for notice in RadarNotice.objects.filter(pk__in=one.notices).defer("packed").order_by("pk")
            for hit in radar.hits(asked_of(notice), notice.buyer)
            if hit.watcher in profiles
        ]
        _keep(found, at)
        SweepSlice.objects.filter(pk=one.pk).update(taken_at=at, done_at=now(), hits=len(found))
    return len(found)


def _keep(found: list[tuple[int, int, Hit]], at: datetime) -> None:
    """Keep hits; one that is known already, with its answer, stays as it is. PostgreSQL takes a slice in one go."""
    rows = [
        {
            "public_id": new_public_id(), "profile_id": profile, "notice_id": notice, "score": hit.score,
            "lots": hit.lots, "partners": hit.partners,
            "reasons": [[each.code, dict(each.facts)] for each in hit.reasons],
        }
        for profile, notice, hit in found
    ]  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [at, json.dumps(rows)])
    else:
        made = [RadarHit(**row, found_at=at) for row in rows]
        RadarHit.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)


def sweep_together(sweep: RadarSweep, workers: int, said: Callable[[int], None] | None = None) -> int:
    """Sweep with several processes of this machine: the companies are loaded once, and the workers share that memory.

    `said` is told how many slices are left, about twice a second. What a worker that died had begun, the others do,
    and this process in the end. How many hits.
    """
    radar, profiles = watchers()
    return share_out(sweep, radar, profiles, workers, said)


def share_out(
    sweep: RadarSweep, radar: Radar, profiles: dict[str, int], workers: int, said: Callable[[int], None] | None = None
) -> int:
    """The same, with companies that are loaded already."""
    waiting = sweep.slices.filter(done_at=None)
    if workers > 1:
        let_go()
        gc.freeze()  # what is shared stays shared: the collector does not touch it
        fork = multiprocessing.get_context("fork")
        running = [fork.Process(target=_work, args=(sweep, radar, profiles)) for _each in range(workers)]
        for each in running:
            each.start()
        while any(each.is_alive() for each in running):
            next(each for each in running if each.is_alive()).join(0.5)
            if said is not None:
                said(waiting.count())
        gc.unfreeze()
        if any(each.exitcode for each in running):
            sleep(0.5)  # the server needs an instant to see that a worker was killed, and to free its slice
    _work(sweep, radar, profiles, said)
    return sum(sweep.slices.values_list("hits", flat=True))


def let_go() -> None:
    """Close what is open towards the database, before processes are made: each opens its own."""
    connection.close()
    getattr(connection, "close_pool", lambda: None)()


def _work(sweep: RadarSweep, radar: Radar, profiles: dict[str, int], said: Callable[[int], None] | None = None) -> None:
    while sweep_next(sweep, radar, profiles, at=now()) is not None:
        if said is not None:
            said(sweep.slices.filter(done_at=None).count())


def finish_sweep(sweep: RadarSweep, *, at: datetime) -> RadarSweep:
    """Note that every slice is done; leaders are told of what was found, once.

    Allowed       Cordée itself.
    Refused when  never: a sweep that is not over, or is noted already, is left as it is.
    Tells         offers.sweep.finished: how many notices and hits.
    """
    with act("offers.sweep.finished", book=INSTANCE, by=CLOCK, at=at, on=sweep) as facts:
        fresh = RadarSweep.objects.select_for_update().get(pk=sweep.pk)
        over = not fresh.slices.filter(done_at=None).exists()
        facts |= {"notices": fresh.total, "over": over, "hits": sum(fresh.slices.values_list("hits", flat=True))}
        if over and fresh.state == RadarSweep.State.RUNNING:
            fresh.state, fresh.finished_at = RadarSweep.State.DONE, at
            fresh.save(update_fields=["state", "finished_at"])
    return fresh


def stop_sweep(sweep: RadarSweep, *, resume: bool = False, by: By = CLOCK, at: datetime) -> RadarSweep:
    """Stop a sweep where it is, or take it up again: slices that are done stay done.

    Allowed       whoever runs the server.
    Refused when  it is over.
    Tells         offers.sweep.stopped: stopped or resumed.
    """
    with act("offers.sweep.stopped", book=INSTANCE, by=by, at=at, on=sweep) as facts:
        fresh = RadarSweep.objects.select_for_update().get(pk=sweep.pk)
        if fresh.state == RadarSweep.State.DONE:
            raise Refusal(_("Ce balayage est terminé."))
        fresh.state = RadarSweep.State.RUNNING if resume else RadarSweep.State.STOPPED
        fresh.save(update_fields=["state"])
        facts["resumed"] = resume
    return fresh
