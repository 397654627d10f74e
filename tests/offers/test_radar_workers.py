"""Workers of the radar on one PostgreSQL: one killed in the middle of its slice loses nothing, repeats nothing."""

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection

import pytest
from django.db import connection

from cordee.directory.models import CompanyTrade, Place
from cordee.ground.kit.clock import now
from cordee.offers import acts
from cordee.offers.acts import sweeps
from cordee.offers.models import RadarHit, RadarNotice, RadarProfile, RadarSweep, SweepSlice
from cordee.offers.reads.radar import watchers
from tests import factories

NOTICES, SLICE = 12, 3
LOT = {"title": "Murs", "trades": {"gros-oeuvre": 100}, "departments": ["34"], "value": None}


def a_sweep() -> RadarSweep:
    """Four slices of three notices, that three companies could each win."""
    for number in range(3):
        company = factories.company(f"Murs {number}", listed=True)
        Place.objects.update_or_create(company=company, defaults={"department": "34", "is_head": True})
        CompanyTrade.objects.create(company=company, trade="gros-oeuvre", declared=True)
        RadarProfile.objects.create(company=company, changed_at=now())
    for number in range(NOTICES):
        RadarNotice.objects.create(digest=str(number), title=f"Avis {number}", lots=[LOT], taken_at=now())
    keys = list(RadarNotice.objects.values_list("pk", flat=True))
    sweep = RadarSweep.objects.create(source="essai", total=NOTICES, started_at=now())
    for first in range(0, NOTICES, SLICE):
        SweepSlice.objects.create(sweep=sweep, notices=keys[first : first + SLICE])
    return sweep


def a_worker_that_hangs(sweep: RadarSweep, told: Connection) -> None:
    """Takes a slice, keeps its hits, says so, and never gets to the end of it."""
    keep = sweeps._keep

    def hang(*args: object) -> None:
        keep(*args)  # type: ignore[arg-type]
        told.send(RadarHit.objects.count())
        time.sleep(60)

    sweeps._keep = hang
    sweeps.sweep_next(sweep, *watchers(), at=now())


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing_and_repeats_nothing() -> None:
    sweep = a_sweep()
    radar, profiles = watchers()
    assert acts.sweep_next(sweep, radar, profiles, at=now()) == 3 * SLICE
    sweeps.let_go()
    here, there = multiprocessing.Pipe()
    worker = multiprocessing.get_context("fork").Process(target=a_worker_that_hangs, args=(sweep, there))
    worker.start()
    assert here.recv() == 2 * 3 * SLICE  # its own hits are kept, though not for others yet
    assert acts.sweep_next(sweep, radar, profiles, at=now()) == 3 * SLICE  # another slice: that one is held
    assert RadarHit.objects.count() == 2 * 3 * SLICE
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    until = time.monotonic() + 10
    while SweepSlice.objects.filter(done_at=None).exists() and time.monotonic() < until:
        acts.share_out(sweep, radar, profiles, 2)
    assert acts.finish_sweep(sweep, at=now()).state == "done"
    found = sorted(RadarHit.objects.values_list("profile", "notice"))
    notices = RadarNotice.objects.values_list("pk", flat=True)
    assert found == sorted((profile, notice) for profile in profiles.values() for notice in notices)
    assert sum(SweepSlice.objects.values_list("hits", flat=True)) == len(found)
    assert connection.vendor == "postgresql"
