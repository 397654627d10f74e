"""How long a vote takes to be stored while fifty leaders vote in the same minute: 200 companies, 50 open votes.

The goal is a median under 100 ms on PostgreSQL. There is no peer: what is timed is the whole act, from the lock on the
book to the commit, register line included, seen from the leader's side.
"""

import os
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import timedelta

from bench import Row

SEATS, BALLOTS, LEADERS, GOAL = 200, 50, 50, 100.0
A_MINUTE = 60.0


def rows(full: bool) -> list[Row]:
    """Each of fifty leaders votes in ten of the fifty votes (all fifty with --full), evenly over the same minute."""
    from tests.postgres import postgres_binaries, postgres_server

    with ExitStack() as stack:
        where = "SQLite"
        os.environ["CORDEE_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="cordee-bench-"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ["CORDEE_DATABASE_POOL"] = "false"
        if postgres_binaries() is not None:
            os.environ["CORDEE_DATABASE_URL"] = stack.enter_context(postgres_server())
            where = "PostgreSQL"
        each = BALLOTS if full else 10
        took = _measure(each, pause=A_MINUTE / BALLOTS)
    median, slow = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    note = f"{'kept' if median < GOAL else 'MISSED'}; 19 of 20 within {slow:.0f} ms"
    size = f"{SEATS} seats, {BALLOTS} votes, {LEADERS} leaders, {len(took)} cast"
    return [Row("ballots", size, f"goal {GOAL:.0f} ms, {where}", median, GOAL, GOAL / median, note)]


def _measure(each: int, *, pause: float) -> list[float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from cordee.governance.acts import cast_vote
    from cordee.governance.models import Ballot, Voter
    from cordee.groupings.reads import actor_for
    from tests.factories import AT
    from tests.governance.test_ballots import ask
    from tests.governance.test_same_minute import crowd
    from tests.people import make_world

    call_command("migrate", verbosity=0)
    world = make_world()
    seats = crowd(world)
    ballots = [ask(world) for _ in range(BALLOTS)]
    start, took = threading.Barrier(LEADERS), []

    def leader(number: int) -> None:
        seat = seats[number]
        start.wait()
        time.sleep(pause * number / LEADERS)
        for step in range(each):
            began = time.perf_counter()
            ballot = Ballot.objects.select_related("grouping").get(pk=ballots[(number + step) % BALLOTS].pk)
            by = actor_for(seat.holder, seat)
            cast_vote(ballot, seat=seat, choice="for", by=by, at=AT + timedelta(seconds=step))
            passed = time.perf_counter() - began
            took.append(passed * 1000)
            time.sleep(max(0.0, pause - passed))
        connection.close()

    threads = [threading.Thread(target=leader, args=(number,)) for number in range(LEADERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = Voter.objects.exclude(choice="").count()
    connection.close()
    if stored != LEADERS * each:
        raise RuntimeError(f"{LEADERS * each} votes were cast, {stored} are stored")
    return took
