"""Leaving: at once and without reasons while nothing is signed; with a notice and a statement afterwards; excluded."""

from datetime import timedelta

import pytest

from cordee.governance.acts import BallotClosed, set_aside
from cordee.governance.models import Ballot, Voter
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.groupings.acts.seats import SomethingLeft
from cordee.groupings.models import Departure, Grouping, Office, Seat
from cordee.groupings.reads import actor_for
from cordee.journeys import tasks
from cordee.journeys.acts import (
    TooSoonToVote,
    answer_exclusion,
    carry_out_departure,
    drop_exclusion,
    leave_grouping,
    open_exclusion,
    put_exclusion_to_vote,
    stay_after_all,
)
from cordee.journeys.acts.leaving import AlreadyLeaving, LeavesAtTheEnd, NothingWritten, NotUnderWay
from cordee.journeys.reads import left_to_settle, statement_of
from cordee.money import acts as money
from cordee.money.models import CostPool, Transfer
from tests.factories import AT
from tests.journeys.together import last_act, vote_all
from tests.people import World, browser_of, make_world

pytestmark = pytest.mark.django_db
FACTS = "Trois échéances non payées en janvier, février et mars."


@pytest.fixture
def world() -> World:
    return make_world(stage="committed")


def shared(world: World) -> CostPool:
    """A stand of 1 200 €, paid by Aude, shared equally by a vote."""
    by = world.actor("aude")
    pool = money.open_pool(world.grouping, title="Stand", by=by, at=AT)
    money.add_line(pool, label="Location", cents=120_000, paid_by=world.seats["aude"], by=by, at=AT)
    vote_all(world, money.propose_key(pool, kind="equal", by=by, at=AT))
    return pool


def test_while_nothing_is_signed_one_leaves_at_once_unless_something_binds() -> None:
    world = make_world(stage="collective")
    pool = shared(world)
    with pytest.raises(SomethingLeft) as told:
        leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    assert "Stand" in told.value.why
    money.settle_pool(pool, by=world.actor("aude"), at=AT)
    assert "300,00" in " ".join(left_to_settle(world.seats["bruno"]))
    transfer = Transfer.objects.get(debtor=world.seats["bruno"])
    money.confirm_payment(transfer, by=world.actor("aude"), at=AT)
    assert leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT) is None
    assert Seat.objects.get(pk=world.seats["bruno"].pk).state == "left"


def test_once_committed_a_notice_runs_and_the_account_is_stated(world: World) -> None:
    pool = shared(world)
    departure = leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    assert departure is not None
    assert departure.effective_on.isoformat() == "2026-06-10"
    assert departure.statement == [["Part de «\u00a0Stand\u00a0»", -30_000]]
    told = last_act(world.grouping, "journeys.departure.announced")
    assert (told["cents"], told["effective_on"]) == (-30_000, "2026-06-10")
    tasks.tick(at=AT)
    assert Letter.objects.filter(kind="journeys.departure").count() == 4
    with pytest.raises(AlreadyLeaving):
        leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    with pytest.raises(NotUnderWay):
        carry_out_departure(departure, by=Clockwork(), at=AT)
    after = AT + timedelta(days=95)
    with pytest.raises(SomethingLeft):
        carry_out_departure(departure, by=Clockwork(), at=after)
    money.settle_pool(pool, by=world.actor("aude"), at=AT)
    for transfer in Transfer.objects.all():
        money.confirm_payment(transfer, by=world.actor("aude"), at=AT)
    assert statement_of(world.seats["bruno"]).balance == 0
    tasks.tick(at=after)
    departure.refresh_from_db()
    assert departure.state == "gone"
    assert Seat.objects.get(pk=world.seats["bruno"].pk).state == "left"
    assert last_act(world.grouping, "journeys.departure.carried_out")["kind"] == "withdrawal"
    assert "Versé à Menuiserie Lambert" in Letter.objects.get(kind="journeys.gone", to=world.bruno).text


def test_one_may_stay_after_all(world: World) -> None:
    departure = leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    assert departure is not None
    with pytest.raises(NotYours):
        stay_after_all(departure, by=world.actor("aude"), at=AT)
    assert stay_after_all(departure, by=world.actor("bruno"), at=AT).state == "dropped"
    assert last_act(world.grouping, "journeys.departure.taken_back") == {}


def test_who_winds_up_leaves_with_the_others(world: World) -> None:
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="winding_up")
    with pytest.raises(LeavesAtTheEnd):
        leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=AT)


def reproach(world: World, days: int = 20) -> Departure:
    return open_exclusion(
        world.seats["bruno"], grievances=FACTS, hearing_at=AT + timedelta(days=days), by=world.actor("aude"), at=AT
    )


def test_the_company_is_heard_first_votes_not_and_leaves_with_its_statement(world: World) -> None:
    Office.objects.create(grouping=world.grouping, seat=world.seats["bruno"], role="treasurer", since=AT)
    departure = reproach(world)
    tasks.tick(at=AT)
    letter = Letter.objects.get(kind="journeys.grievances")
    assert letter.to == world.bruno
    assert FACTS not in letter.text
    assert FACTS not in str(last_act(world.grouping, "journeys.exclusion.opened"))
    answer_exclusion(departure, answer="Un client nous doit 80 000 €.", by=world.actor("bruno"), at=AT)
    assert last_act(world.grouping, "journeys.exclusion.answered") == {}
    with pytest.raises(TooSoonToVote):
        put_exclusion_to_vote(departure, by=world.actor("aude"), at=AT)
    heard = AT + timedelta(days=21)
    ballot = put_exclusion_to_vote(departure, by=world.actor("aude"), at=heard)
    assert "Un client nous doit" in ballot.resolution.text
    assert Voter.objects.get(ballot=ballot, seat=world.seats["bruno"]).withdrawn_at == heard
    vote_all(world, ballot, at=heard)
    ballot.refresh_from_db()
    assert (ballot.outcome, ballot.figures["entitled"]) == ("adopted", "3")
    departure.refresh_from_db()
    assert (departure.state, departure.effective_on) == ("notice", (heard + timedelta(days=15)).date())
    tasks.tick(at=heard + timedelta(days=16))
    assert Seat.objects.get(pk=world.seats["bruno"].pk).state == "left"
    assert not Office.objects.filter(seat=world.seats["bruno"], until=None).exists()
    assert last_act(world.grouping, "journeys.exclusion.put_to_vote")["without"] == world.seats["bruno"].public_id


def test_the_members_do_not_exclude(world: World) -> None:
    departure = reproach(world)
    heard = AT + timedelta(days=21)
    vote_all(world, put_exclusion_to_vote(departure, by=world.actor("aude"), at=heard), "against", at=heard)
    departure.refresh_from_db()
    assert departure.state == "dropped"
    assert last_act(world.grouping, "journeys.exclusion.rejected") == {}
    assert Seat.objects.get(pk=world.seats["bruno"].pk).state == "member"


def test_without_quorum_the_second_call_is_without_its_voice_too(world: World) -> None:
    departure = reproach(world)
    heard = AT + timedelta(days=21)
    first = put_exclusion_to_vote(departure, by=world.actor("aude"), at=heard)
    tasks.tick(at=first.closes_at)
    second = Ballot.objects.get(resolution=first.resolution, call=2)
    aside = second.voters.get(seat=world.seats["bruno"])
    assert (aside.withdrawn_at, aside.concerned) == (first.closes_at, True)
    assert last_act(world.grouping, "governance.voter.set_aside") == {"seat": world.seats["bruno"].public_id}
    page = browser_of(world.bruno).get(f"/decisions/{second.public_id}").content.decode()
    assert "La question concerne votre entreprise" in page
    with pytest.raises(BallotClosed):
        set_aside(first, seat=world.seats["bruno"], by=Clockwork(), at=first.closes_at)


def test_refusals_of_an_exclusion(world: World) -> None:
    with pytest.raises(TooSoonToVote):
        reproach(world, days=10)
    with pytest.raises(NothingWritten):
        open_exclusion(world.seats["bruno"], grievances="Non", hearing_at=AT, by=world.actor("aude"), at=AT)
    with pytest.raises(NotUnderWay):
        open_exclusion(world.seats["aude"], grievances=FACTS, hearing_at=AT, by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        open_exclusion(world.seats["denis"], grievances=FACTS, hearing_at=AT, by=world.actor("bruno"), at=AT)
    departure = reproach(world)
    with pytest.raises(AlreadyLeaving):
        reproach(world)
    denis = world.seats["denis"]
    with pytest.raises(NotYours):
        answer_exclusion(departure, answer="Non", by=actor_for(denis.holder, denis), at=AT)
    with pytest.raises(NothingWritten):
        answer_exclusion(departure, answer=" ", by=world.actor("bruno"), at=AT)
    assert drop_exclusion(departure, by=world.actor("aude"), at=AT).state == "dropped"
    assert last_act(world.grouping, "journeys.exclusion.dropped") == {}
    with pytest.raises(NotUnderWay):
        put_exclusion_to_vote(departure, by=world.actor("aude"), at=AT)


def test_grievances_are_private_until_the_vote(world: World) -> None:
    departure = reproach(world)
    address = f"/groupements/{world.grouping.public_id}/departs/{departure.public_id}"
    assert FACTS in browser_of(world.bruno).get(address).content.decode()
    assert FACTS in browser_of(world.aude).get(address).content.decode()
    assert browser_of(world.seats["denis"].holder).get(address).status_code == 404
    put_exclusion_to_vote(departure, by=world.actor("aude"), at=AT + timedelta(days=21))
    assert FACTS in browser_of(world.seats["denis"].holder).get(address).content.decode()
