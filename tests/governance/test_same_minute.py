"""Fifty leaders vote in the same minute in a grouping of two hundred companies with fifty open votes: none is lost."""

import threading

import pytest
from django.db import close_old_connections, connection

from cordee.directory.models import Company, Representative
from cordee.governance.acts import cast_vote, close_ballot
from cordee.governance.models import Ballot, Voter
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.register import reads
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for
from tests.factories import AT
from tests.governance.test_ballots import CLOSES, ask
from tests.people import World, make_world

SEATS, BALLOTS, LEADERS, EACH = 200, 50, 50, 3


def crowd(world: World) -> list[Seat]:
    """Two hundred companies, each with its leader; made by the hundred, for here only the votes are timed."""
    numbers = range(SEATS - 4)
    leaders = [Person(email=f"dirigeant{n}@exemple.fr", name=f"Dirigeant {n}", password="!") for n in numbers]
    companies = [Company(name=f"Entreprise {n}", created_at=AT) for n in numbers]
    leaders, companies = Person.objects.bulk_create(leaders), Company.objects.bulk_create(companies)
    pairs = list(zip(leaders, companies, strict=True))
    Representative.objects.bulk_create([Representative(company=c, person=p, since=AT) for p, c in pairs])
    seats = [Seat(grouping=world.grouping, company=c, holder=p, invited_at=AT, answered_at=AT) for p, c in pairs]
    Seat.objects.bulk_create(seats)
    return list(Seat.objects.filter(grouping=world.grouping).select_related("holder", "company"))


@pytest.mark.django_db(transaction=True)
def test_fifty_leaders_in_the_same_minute_lose_no_vote_and_count_none_twice() -> None:
    world = make_world()
    seats = crowd(world)
    ballots = [ask(world) for _ in range(BALLOTS)]
    assert Voter.objects.count() == SEATS * BALLOTS
    start, faults = threading.Barrier(LEADERS), []

    def vote(number: int) -> None:
        close_old_connections()
        try:
            seat = seats[number]
            start.wait()
            for step in range(EACH):
                ballot = Ballot.objects.select_related("grouping").get(pk=ballots[(number + step) % BALLOTS].pk)
                choice = "for" if (number + step) % 3 else "against"
                cast_vote(ballot, seat=seat, choice=choice, by=actor_for(seat.holder, seat), at=AT)
        except Exception as fault:  # whatever it is, this test looks for it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(number,)) for number in range(LEADERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Voter.objects.exclude(choice="").count() == LEADERS * EACH
    told = Entry.objects.filter(act="governance.vote.cast")
    assert told.count() == LEADERS * EACH
    assert len({(each.subject, each.facts["seat"]) for each in told}) == LEADERS * EACH
    assert reads.state(world.grouping.book).intact
    for ballot in ballots[:3]:
        cast = ballot.voters.exclude(choice="")
        closed = close_ballot(ballot, by=Clockwork(), at=CLOSES)
        assert closed.figures["present"] == str(cast.count()) == str(EACH)
        assert closed.figures["for"] == str(cast.filter(choice="for").count())
