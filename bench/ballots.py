"""How long a vote takes to be stored while fifty leaders vote in the same minute: 200 companies, 50 open votes.

The goal is a median under 100 ms on PostgreSQL. There is no peer: what is timed is the whole act, from the lock on the
book to the commit, register line included, seen from the leader's side. The site is that of docs/server: two processes
of four threads, beside the database on the same processors. Each vote has its moment beforehand, and its time counts
from that moment on: a leader who waits for the votes before is not forgotten.
"""

import multiprocessing
import os
import random
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench import Row

SEATS, BALLOTS, LEADERS, GOAL = 200, 50, 50, 100.0
A_MINUTE = 60.0
SEED = 2026
PROCESSES, THREADS = 2, 4


@dataclass(frozen=True, slots=True)
class Moment:
    """One vote that is to come: who, in which vote, how many seconds after the start."""

    at: float
    leader: int
    ballot: int


def over_a_minute(seed: int, *, share: float = 1.0) -> list[Moment]:
    """Each leader votes once in each open vote (or in a share of them), at moments spread over the same minute.

    With a share, the minute is shortened by as much: so many votes a second, for a shorter time.
    """
    chance = random.Random(seed)
    each, length = round(BALLOTS * share), A_MINUTE * share
    moments = []
    for leader in range(LEADERS):
        for ballot in chance.sample(range(BALLOTS), each):
            moments.append(Moment(chance.uniform(0, length), leader, ballot))
    return sorted(moments, key=lambda one: one.at)


def all_at_once(seed: int) -> list[Moment]:
    """The harshest: all fifty press the button at the same instant, four times, two seconds apart."""
    chance = random.Random(seed)
    return [
        Moment(2.0 * again, leader, ballot)
        for again in range(4)
        for leader, ballot in enumerate(chance.sample(range(BALLOTS), LEADERS))
    ]


def minute(full: bool) -> list[Row]:
    """2,500 votes in one minute with --full, 500 in twelve seconds without; then fifty at the same instant."""
    from tests.postgres import postgres_binaries, postgres_server

    with ExitStack() as stack:
        where = "SQLite"
        os.environ["CORDEE_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="cordee-bench-"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ["CORDEE_DATABASE_POOL"] = "false"
        if postgres_binaries() is not None:
            os.environ["CORDEE_DATABASE_URL"] = stack.enter_context(postgres_server())
            where = "PostgreSQL"
        world = _world()
        spread = over_a_minute(SEED, share=1.0 if full else 0.2)
        took, used = _measure(world, spread)
        burst, _used = _measure(world, all_at_once(SEED + 1))
        _none_lost_none_twice(world, [*spread, *all_at_once(SEED + 1)])
    rate = len(spread) / spread[-1].at
    size = f"{SEATS} seats, {BALLOTS} votes, {LEADERS} leaders, "
    note = f"{rate:.0f} votes a second; the site used {1000 * used / len(took):.1f} ms of processor for each"
    return [
        _row(f"{size}{len(spread)} cast over the minute", where, took, note, goal=GOAL),
        _row(f"{size}all at the same instant", where, burst, "the fiftieth waits for the forty-nine before it"),
    ]


def _row(size: str, where: str, took: list[float], note: str, *, goal: float | None = None) -> Row:
    median, slow = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    return Row(
        "ballots",
        size,
        where,
        median,
        max(took),
        figure=f"{median:.0f} ms",
        worst=f"{slow:.0f} ms",
        goal="" if goal is None else f"< {goal:.0f} ms",
        met=None if goal is None else median < goal,
        note=f"{note}; none lost, none twice; the worst figure is that of 19 votes out of 20",
    )


@dataclass(frozen=True, slots=True)
class World:
    """What is voted on, and by whom."""

    seats: list[Any]
    ballots: list[Any]


def _world() -> World:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.governance.test_ballots import ask
    from tests.governance.test_same_minute import crowd
    from tests.people import make_world

    call_command("migrate", verbosity=0)
    world = make_world()
    return World(crowd(world), [ask(world) for _ in range(BALLOTS + 1)])


def _measure(world: World, moments: list[Moment]) -> tuple[list[float], float]:
    """Cast each vote at its moment; milliseconds from the moment to the commit, and the processor time all took."""
    from django.db import connections

    connections.close_all()  # a connection is of one process
    fork, length = multiprocessing.get_context("fork"), moments[-1].at
    start, ready = fork.Value("d", 0.0), fork.Barrier(PROCESSES + 1)
    told = fork.Queue()
    workers = [
        fork.Process(target=_site, args=(world, moments[number::PROCESSES], number, start, ready, told))
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    ready.wait(120)
    start.value = time.perf_counter() + 0.2
    ready.wait(120)
    answers = [told.get(timeout=length + 120) for _worker in workers]
    for worker in workers:
        worker.join()
    return [each for took, _used in answers for each in took], sum(used for _took, used in answers)


def _site(world: World, mine: list[Moment], number: int, start: Any, ready: Any, told: Any) -> None:
    """One process of the site: its threads take the votes in the order of their moments, as requests come in."""
    from django.db import connection

    from cordee.governance.acts import cast_vote
    from cordee.governance.models import Ballot
    from cordee.groupings.reads import actor_for
    from tests.factories import AT

    took: list[float] = []
    coming, warm = iter(mine), threading.Barrier(THREADS + 1)

    def cast(leader: int, ballot: int, second: float) -> None:
        seat = world.seats[leader]
        found = Ballot.objects.select_related("grouping").get(pk=world.ballots[ballot].pk)
        by = actor_for(seat.holder, seat)
        cast_vote(found, seat=seat, choice="for", by=by, at=AT + timedelta(seconds=int(second)))

    def thread(place: int) -> None:
        cast(LEADERS + number * THREADS + place, BALLOTS, 0)  # a site that runs has its connections and its caches
        warm.wait()
        warm.wait()
        for one in coming:
            time.sleep(max(0.0, start.value + one.at - time.perf_counter()))
            cast(one.leader, one.ballot, one.at)
            took.append((time.perf_counter() - start.value - one.at) * 1000)
        connection.close()

    threads = [threading.Thread(target=thread, args=(place,)) for place in range(THREADS)]
    for each in threads:
        each.start()
    warm.wait()
    ready.wait(120)
    ready.wait(120)
    used = time.process_time()
    warm.wait()
    for each in threads:
        each.join()
    told.put((took, time.process_time() - used))


def _none_lost_none_twice(world: World, moments: list[Moment]) -> None:
    """Each vote stands once in its roll and once for each time it was cast in the book, whose seals hold."""
    from django.db import connection

    from cordee.governance.models import Voter
    from cordee.ground.register import reads
    from cordee.ground.register.models import Entry

    wanted = {(one.leader, one.ballot) for one in moments}
    stored = Voter.objects.exclude(choice="").count()
    told = Entry.objects.filter(act="governance.vote.cast").count()
    warming = PROCESSES * THREADS  # before each of the two rows, in the same places
    stored, told = stored - warming, told - 2 * warming
    intact = reads.state(world.ballots[0].grouping.book).intact
    connection.close()
    if (stored, told, intact) != (len(wanted), len(moments), True):
        raise RuntimeError(f"{len(moments)} votes were cast in {len(wanted)} places; {stored} stand, {told} are told")


PARTS = {"minute": minute}
