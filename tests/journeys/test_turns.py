"""The turns of a grouping's life: ended, closed, stepped back, gone on as two, its purpose changed; each by a vote."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cordee.engines.lifecycle import proposed_rule
from cordee.governance.acts import adopt_rule
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.ground.register.acts import address
from cordee.groupings.acts import answer_review, open_review, pause, settle_item
from cordee.groupings.acts.at_the_table import DecidedTogether, GroupingClosed
from cordee.groupings.models import FinalStatement, Office, PurposeChange, Review, Seat, Settling
from cordee.groupings.reads import actor_for
from cordee.journeys import tasks
from cordee.journeys.acts import (
    AlreadyVoted,
    GateShut,
    NotNow,
    change_voted_purpose,
    go_on_as_two,
    note_minimum,
    pass_gate,
    propose_purpose,
    propose_turn,
    put_ending_to_vote,
)
from cordee.journeys.acts.closing import NothingChanged
from cordee.journeys.reads import facts
from tests.factories import AT
from tests.journeys.together import LATER, again, committed, last_act, vote_all
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return committed()


def ask(world: World, turn: str, **more):
    return propose_turn(world.grouping, turn=turn, closes_at=LATER, by=world.actor("bruno"), at=AT, **more)


def test_a_voted_end_names_who_leads_it_and_starts_by_itself(world: World) -> None:
    ballot = ask(world, "wind_up", lead=world.seats["bruno"], why="Le chantier est livré.")
    assert "Charpente Masson mène la fin" in ballot.resolution.text
    assert (ballot.resolution.decision_type, ballot.rule_in_force.majority) == ("winding_up", "two_thirds")
    vote_all(world, ballot)
    grouping = again(world.grouping)
    assert grouping.stage == "winding_up"
    office = Office.objects.get(grouping=grouping, role="closing", until=None)
    assert office.seat == world.seats["bruno"]
    assert Settling.objects.filter(grouping=grouping, state="todo").count() == 7
    assert last_act(grouping, "journeys.turn.proposed")["turn"] == "wind_up"
    assert last_act(grouping, "journeys.gate.passed")["to"] == "winding_up"


def test_a_rejected_end_changes_nothing(world: World) -> None:
    vote_all(world, ask(world, "wind_up", lead=world.seats["bruno"]), "against")
    assert again(world.grouping).stage == "committed"
    assert not Office.objects.filter(role="closing").exists()


def test_refusals_of_a_turn(world: World) -> None:
    with pytest.raises(GateShut):
        ask(world, "wind_up")
    with pytest.raises(GateShut):
        ask(world, "wind_up", lead=world.seats["chloe"])
    for turn in ("closing", "partnership", "nonsense"):
        with pytest.raises(NotNow):
            ask(world, turn)
    ask(world, "step_back")
    with pytest.raises(AlreadyVoted):
        ask(world, "step_back")
    with pytest.raises(NotYours):
        propose_turn(world.grouping, turn="step_back", closes_at=LATER, by=world.actor("chloe"), at=AT)


def test_nobody_passes_to_the_end_or_back_without_its_vote(world: World) -> None:
    for to in ("winding_up", "collective"):
        with pytest.raises(GateShut):
            pass_gate(world.grouping, to=to, by=world.actor("aude"), at=AT)


def test_one_stage_back_by_a_vote_and_on_again(world: World) -> None:
    vote_all(world, ask(world, "step_back"))
    assert again(world.grouping).stage == "collective"
    grouping = pass_gate(world.grouping, to="exchange", by=world.actor("aude"), at=AT)
    assert grouping.stage == "exchange"
    with pytest.raises(NotAllowed):
        pass_gate(world.grouping, to="collective", by=world.actor("bruno"), at=AT)
    assert pass_gate(world.grouping, to="collective", by=world.actor("aude"), at=AT).stage == "collective"


def test_a_vote_of_an_earlier_stage_opens_no_gate_later(world: World) -> None:
    vote_all(world, ask(world, "step_back"))
    type(world.grouping).objects.filter(pk=world.grouping.pk).update(
        stage="committed", stage_since=AT + timedelta(days=9)
    )
    assert not facts(again(world.grouping)).step_back_voted


def test_a_paused_grouping_waits_even_for_a_voted_turn(world: World) -> None:
    ballot = ask(world, "step_back")
    pause(world.grouping, by=world.actor("aude"), at=AT)
    vote_all(world, ballot)
    assert again(world.grouping).stage == "committed"


def wound_up(world: World) -> None:
    vote_all(world, ask(world, "wind_up", lead=world.seats["bruno"]))
    for item in Settling.objects.filter(grouping=world.grouping).values_list("item", flat=True):
        settle_item(world.grouping, item, state="done", by=world.actor("bruno"), at=AT)


def test_closing_waits_for_the_list_the_statements_and_the_last_vote(world: World) -> None:
    wound_up(world)
    with pytest.raises(GateShut) as told:
        pass_gate(world.grouping, to="closed", by=world.actor("bruno"), at=AT)
    assert "décompte final" in told.value.why
    assert "Votez la clôture" in told.value.why
    for name in ("aude", "bruno", "denis", "emma"):
        FinalStatement.objects.create(grouping=world.grouping, seat=world.seats[name], made_at=AT, accepted_at=AT)
    vote_all(world, ask(world, "closing"))
    assert again(world.grouping).stage == "closed"
    assert "Téléchargez l’archive" in Letter.objects.filter(kind="journeys.gate").last().text
    with pytest.raises(GroupingClosed):
        ask(world, "closing")


def test_two_left_have_ninety_days_and_may_go_on_as_two(world: World) -> None:
    Seat.objects.filter(pk__in=[world.seats["denis"].pk, world.seats["emma"].pk]).update(state="left")
    tasks.tick(at=AT)
    grouping = again(world.grouping)
    assert grouping.below_since == AT.date()
    assert last_act(grouping, "journeys.minimum.noted") == {"below": True, "independent": 2}
    assert Letter.objects.filter(kind="journeys.minimum").count() == 2
    with pytest.raises(NothingChanged):
        note_minimum(grouping, by=Clockwork(), at=AT)
    ballot = ask(world, "partnership")
    assert ballot.resolution.decision_type == "purpose"
    vote_all(world, ballot)
    grouping = again(world.grouping)
    assert (grouping.partnership, grouping.below_since) == (True, None)
    assert last_act(grouping, "journeys.partnership.chosen")["by_decision"]


def test_the_minimum_is_noted_again_when_a_company_comes(world: World) -> None:
    for name in ("denis", "emma"):
        Seat.objects.filter(pk=world.seats[name].pk).update(state="left")
    tasks.tick(at=AT)
    Seat.objects.filter(pk=world.seats["denis"].pk).update(state="member")
    tasks.tick(at=LATER)
    assert again(world.grouping).below_since is None
    assert last_act(world.grouping, "journeys.minimum.noted")["below"] is False


def test_two_may_choose_a_partenariat_without_paper(world: World) -> None:
    type(world.grouping).objects.filter(pk=world.grouping.pk).update(stage="collective")
    with pytest.raises(NotNow):
        go_on_as_two(world.grouping, by=world.actor("aude"), at=AT)
    Seat.objects.filter(pk__in=[world.seats["denis"].pk, world.seats["emma"].pk]).update(state="left")
    with pytest.raises(NotAllowed):
        go_on_as_two(world.grouping, by=world.actor("bruno"), at=AT)
    assert go_on_as_two(world.grouping, by=world.actor("aude"), at=AT).partnership
    with pytest.raises(NotNow):
        go_on_as_two(world.grouping, by=world.actor("aude"), at=AT)
    type(world.grouping).objects.filter(pk=world.grouping.pk).update(stage="committed")
    with pytest.raises(DecidedTogether):
        go_on_as_two(world.grouping, by=world.actor("aude"), at=AT)


def test_a_voted_purpose_replaces_the_old_one(world: World) -> None:
    by = world.actor("bruno")
    ballot = propose_purpose(
        world.grouping, purpose="Un atelier commun", end_condition="En 2030", closes_at=LATER, by=by, at=AT
    )
    assert "Un atelier commun" in ballot.resolution.text
    with pytest.raises(AlreadyVoted):
        propose_purpose(world.grouping, purpose="Autre chose", closes_at=LATER, by=by, at=AT)
    vote_all(world, ballot)
    grouping = again(world.grouping)
    assert (grouping.purpose, grouping.end_condition) == ("Un atelier commun", "En 2030")
    change = PurposeChange.objects.get()
    assert (change.applied_at, last_act(grouping, "journeys.purpose.changed")["change"]) == (AT, change.public_id)
    change_voted_purpose(change, by_decision="x", by=Clockwork(), at=AT)
    with pytest.raises(NotNow):
        propose_purpose(grouping, purpose=" ", closes_at=LATER, by=by, at=AT)
    with pytest.raises(NotNow):
        propose_purpose(
            grouping, purpose=grouping.purpose, end_condition="En 2030", necessity=grouping.necessity,
            closes_at=LATER, by=by, at=AT,
        )  # fmt: skip


def yearly(world: World, **said: str) -> Review:
    """The question is put, each company answers, the next round of the ticker counts."""
    review = open_review(world.grouping, by=Clockwork(), at=AT)
    for name, choice in said.items():
        seat = world.seats[name]
        answer_review(review, choice=choice, by=actor_for(seat.holder, seat), at=AT)
    tasks.tick(at=LATER)
    review.refresh_from_db()
    return review


END = {"aude": "continue", "bruno": "wind_up", "denis": "wind_up", "emma": "wind_up"}


def test_a_yearly_question_decides_the_end_as_one_vote_under_its_rule() -> None:
    """Three of four are two thirds, with the quorum: nobody votes twice, and the winding-up begins by itself."""
    world = committed()
    review = yearly(world, **END)
    ballot = Ballot.objects.select_related("resolution").get()
    assert (review.outcome, review.decision) == ("wind_up", address(ballot))
    assert (ballot.resolution.effect, ballot.resolution.decision_type) == ("wind_up", "winding_up")
    assert (ballot.outcome, ballot.figures["for"], ballot.figures["against"]) == ("adopted", "3", "1")
    assert "3 entreprises sur 4" in ballot.resolution.text
    assert last_act(world.grouping, "governance.ballot.recorded")["outcome"] == "adopted"
    assert last_act(world.grouping, "journeys.review.concluded")["ballot"] == ballot.public_id
    tasks.tick(at=LATER)
    assert again(world.grouping).stage == "winding_up"
    assert Ballot.objects.count() == 1
    page = browser_of(world.bruno).get(f"/groupements/{world.grouping.public_id}/bilan-du-but").content.decode()
    assert f"/decisions/{ballot.public_id}" in page
    assert "Majorité" in page or "majorité" in page


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"aude": "wind_up", "bruno": "wind_up", "denis": "continue", "emma": "continue"}, "continue"),
        ({"aude": "wind_up", "bruno": "wind_up", "denis": "wind_up", "emma": "change"}, "wind_up"),
        ({"aude": "wind_up", "bruno": "wind_up", "denis": "change", "emma": "continue"}, "change"),
        ({"bruno": "wind_up", "denis": "wind_up"}, "change"),  # two of four: no quorum of two thirds for an end
        ({"aude": "pause", "bruno": "pause", "denis": "pause", "emma": "continue"}, "pause"),
        ({}, "continue"),
    ],
)
def test_each_answer_is_counted_under_its_own_rule(said: dict[str, str], outcome: str) -> None:
    world = committed()
    review = yearly(world, **said)
    if not review.outcome:  # somebody did not answer: it closes when its time is over
        tasks.tick(at=review.closes_at)
        review.refresh_from_db()
    assert review.outcome == outcome
    tasks.tick(at=review.closes_at)
    assert (again(world.grouping).paused_at is not None) == (outcome == "pause")
    assert (again(world.grouping).stage == "winding_up") == (outcome == "wind_up")


def test_an_end_that_is_voted_in_secret_has_a_vote_of_its_own() -> None:
    """Where the rule asks for a secret vote, answers with a name on them decide nothing: the vote opens by itself."""
    world = committed()
    with pytest.raises(NotNow):
        put_ending_to_vote(open_review(world.grouping, by=Clockwork(), at=AT), by=Clockwork(), at=AT)
    Review.objects.all().delete()
    rule = replace(proposed_rule("winding_up"), secret=True)
    adopt_rule(world.grouping, "winding_up", rule, by=Clockwork(), at=AT, by_decision="governance/resolution/x")
    review = yearly(world, **END)
    ballot = Ballot.objects.get()
    assert (review.outcome, ballot.closed_at) == ("wind_up", None)
    assert last_act(world.grouping, "journeys.ending.put_to_vote")["lead"] == world.seats["aude"].public_id
    vote_all(world, ballot, at=LATER)
    assert again(world.grouping).stage == "winding_up"
