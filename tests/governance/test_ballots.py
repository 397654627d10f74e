"""Asking, voting, withdrawing, closing: the right case, each refusal, what the register says."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from cordee.engines.voting import Rule
from cordee.governance import acts
from cordee.governance.models import Ballot
from cordee.governance.reads import awaiting_me, ballot_page
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.acts import LinkSpent, make_link
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.reads import actor_for
from tests import factories
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
CLOSES = AT + timedelta(days=7)


def ask(world: World, *, closes_at: datetime = CLOSES, decision_type: str = "ordinary") -> Ballot:
    return acts.propose_resolution(
        world.grouping,
        title="Répondre au marché de Paulhan ?",
        text="Répondons ensemble, Menuiserie Lambert mandataire.",
        decision_type=decision_type,
        closes_at=closes_at,
        by=world.actor("aude"),
        at=AT,
    )


def vote(world: World, ballot: Ballot, **choices: str) -> None:
    for name, choice in choices.items():
        seat = world.seats[name]
        acts.cast_vote(ballot, seat=seat, choice=choice, by=actor_for(seat.holder, seat), at=AT)


def last(world: World) -> Entry:
    return Entry.objects.of(world.grouping.book).last()


def test_a_question_opens_a_vote_for_every_member(world: World) -> None:
    ballot = ask(world)
    assert ballot.voters.count() == 4
    assert last(world).act == "governance.ballot.opened"
    assert last(world).facts["seats"] == 4
    assert [voter.ballot for voter in awaiting_me(world.bruno, at=AT)] == [ballot]
    assert awaiting_me(world.chloe, at=AT) == []


@pytest.mark.parametrize("closes_at", [AT, AT + timedelta(minutes=59), AT + timedelta(days=91)])
def test_a_vote_lasts_between_an_hour_and_three_months(world: World, closes_at: datetime) -> None:
    with pytest.raises(acts.BadDeadline):
        ask(world, closes_at=closes_at)


def test_somebody_from_elsewhere_cannot_ask(world: World) -> None:
    with pytest.raises(NotYours):
        acts.propose_resolution(
            world.grouping,
            title="x",
            text="x",
            decision_type="ordinary",
            closes_at=CLOSES,
            by=world.actor("chloe"),
            at=AT,
        )


def test_a_vote_can_be_changed_until_closing(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, bruno="for")
    vote(world, ballot, bruno="against")
    assert ballot.voters.get(seat=world.seats["bruno"]).choice == "against"
    assert last(world).facts == {
        "seat": world.seats["bruno"].public_id,
        "choice": "against",
        "by_proxy": False,
        "changed": True,
    }


def test_nobody_votes_for_another_seat(world: World) -> None:
    ballot = ask(world)
    with pytest.raises(NotAllowed):
        acts.cast_vote(ballot, seat=world.seats["denis"], choice="for", by=world.actor("bruno"), at=AT)
    with pytest.raises(NotYours):
        acts.cast_vote(ballot, seat=world.seats["chloe"], choice="for", by=world.actor("chloe"), at=AT)


def test_a_shared_mailbox_never_votes(world: World) -> None:
    ballot = ask(world)
    world.bruno.shared_mailbox = True
    with pytest.raises(NotAllowed):
        acts.cast_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("bruno"), at=AT)


def test_an_unknown_choice_is_refused(world: World) -> None:
    with pytest.raises(Refusal):
        vote(world, ask(world), bruno="peut-être")


def test_after_the_hour_nobody_votes(world: World) -> None:
    ballot = ask(world)
    with pytest.raises(acts.BallotClosed):
        acts.cast_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("bruno"), at=CLOSES)


def test_closing_says_the_result_and_the_arithmetic(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for", bruno="for", denis="against", emma="abstain")
    closed = acts.close_ballot(ballot, by=world.actor("aude"), at=AT)
    assert closed.outcome == "adopted"
    assert "2 voix pour" in closed.explanation["fr"]
    assert last(world).facts["outcome"] == "adopted"
    with pytest.raises(acts.BallotClosed):
        acts.close_ballot(ballot, by=world.actor("aude"), at=AT)


def test_nobody_closes_while_others_may_still_vote(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for")
    with pytest.raises(acts.TooEarly):
        acts.close_ballot(ballot, by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        acts.close_ballot(ballot, by=world.actor("bruno"), at=CLOSES)


def test_without_quorum_nothing_is_decided_and_a_second_vote_opens(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for")
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    assert closed.outcome == "no_quorum"
    second = acts.call_again(closed, closes_at=CLOSES + timedelta(days=8), by=Clockwork(), at=CLOSES)
    assert (second.call, second.voters.count()) == (2, 4)
    with pytest.raises(Refusal):
        acts.call_again(second, closes_at=CLOSES + timedelta(days=9), by=Clockwork(), at=CLOSES)


def test_a_withdrawn_seat_leaves_the_quorum(world: World) -> None:
    ballot = ask(world)
    acts.withdraw_from_ballot(
        ballot,
        seat=world.seats["emma"],
        why="Fournisseur",
        by=actor_for(world.seats["emma"].holder, world.seats["emma"]),
        at=AT,
    )
    assert last(world).act == "governance.voter.withdrew"
    assert ballot_page(ballot, world.seats["aude"], at=AT).needed == 2
    with pytest.raises(acts.NotFitToVote):
        vote(world, ballot, emma="for")
    vote(world, ballot, aude="for", bruno="for", denis="against")
    closed = acts.close_ballot(ballot, by=world.actor("aude"), at=AT)
    assert closed.figures["entitled"] == "3"


def test_a_proxy_votes_once_and_within_its_limit(world: World) -> None:
    ballot = ask(world)
    emma, denis, bruno = (world.seats[name] for name in ("emma", "denis", "bruno"))
    acts.give_proxy(ballot, seat=emma, to=bruno, by=actor_for(emma.holder, emma), at=AT)
    with pytest.raises(Refusal, match="1 pouvoir"):
        acts.give_proxy(ballot, seat=denis, to=bruno, by=actor_for(denis.holder, denis), at=AT)
    vote(world, ballot, bruno="for")
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    assert (closed.figures["for"], closed.figures["present"]) == ("2", "2")


def test_voting_oneself_takes_the_proxy_back(world: World) -> None:
    ballot = ask(world)
    emma = world.seats["emma"]
    acts.give_proxy(ballot, seat=emma, to=world.seats["bruno"], by=actor_for(emma.holder, emma), at=AT)
    vote(world, ballot, emma="against")
    voter = ballot.voters.get(seat=emma)
    assert (voter.choice, voter.proxy_to) == ("against", None)


def test_a_link_votes_once(world: World) -> None:
    ballot = ask(world)
    seat = world.seats["bruno"]
    link = make_link(world.bruno, purpose="vote", subject=ballot, seat=seat, at=AT)
    acts.cast_vote(ballot, seat=seat, choice="for", by=link.actor, at=AT, link=link)
    with pytest.raises(LinkSpent):
        acts.cast_vote(ballot, seat=seat, choice="against", by=link.actor, at=AT, link=link)
    assert ballot.voters.get(seat=seat).choice == "for"


def test_an_adopted_rule_is_the_one_in_force(world: World) -> None:
    acts.adopt_rule(world.grouping, "ordinary", Rule(majority="unanimity", quorum=Fraction(1)), by=Clockwork(), at=AT)
    ballot = ask(world)
    assert ballot.rule_in_force.majority == "unanimity"
    vote(world, ballot, aude="for", bruno="for", denis="for", emma="against")
    assert acts.close_ballot(ballot, by=world.actor("aude"), at=AT).outcome == "rejected"


def test_a_reminder_is_noted_with_how_many_are_waited_for(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for")
    acts.note_reminder(ballot, count=1, by=Clockwork(), at=AT)
    assert last(world).facts == {"waiting": 3}


def test_a_member_who_came_later_is_not_on_the_roll(world: World) -> None:
    ballot = ask(world)
    late = factories.seat(world.grouping, factories.person("Fanny Late"))
    page = ballot_page(ballot, late, at=AT)
    assert page.voter is None
