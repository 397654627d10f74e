"""Eighty threads close twenty votes at once: twenty closings, on both databases."""

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from cordee.governance.acts import BallotClosed, close_ballot
from cordee.governance.models import Ballot
from cordee.governance.tasks import close_due
from cordee.ground.people.models import Clockwork
from cordee.ground.register import reads
from cordee.ground.register.models import Entry
from tests.factories import AT
from tests.governance.test_ballots import ask
from tests.people import make_world

BALLOTS, EACH = 20, 4


@pytest.mark.django_db(transaction=True)
def test_eighty_threads_on_twenty_ballots_give_twenty_closings() -> None:
    world = make_world()
    ballots = [ask(world) for _ in range(BALLOTS)]
    at = AT + timedelta(days=8)
    start, said, faults = threading.Barrier(BALLOTS * EACH), [], []

    def close(pk: int) -> None:
        close_old_connections()
        try:
            ballot = Ballot.objects.select_related("grouping").get(pk=pk)  # loaded before the lock, as a view does
            start.wait()
            close_ballot(ballot, by=Clockwork(), at=at)
            said.append("closed")
        except BallotClosed:
            said.append("refused")
        except Exception as fault:  # any other trouble is what this test looks for
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=(ballot.pk,)) for ballot in ballots for _ in range(EACH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (said.count("closed"), said.count("refused")) == (BALLOTS, BALLOTS * (EACH - 1))
    assert Entry.objects.filter(act="governance.ballot.closed").count() == BALLOTS
    assert reads.state(world.grouping.book).intact


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_closing_in_time_locks_the_book_first_as_voting_does() -> None:
    """Whoever took the ballot first and the book after would wait for a voter who waits for it."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL locks row by row: CORDEE_TEST_DATABASE=postgres")
    ballot = ask(make_world())
    with CaptureQueriesContext(connection) as queries:
        assert close_due(at=ballot.closes_at) == 1
    locks = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"]]
    assert "register_book" in locks[0]
