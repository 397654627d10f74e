"""Every way of voting, from the question to the announced result."""

from datetime import timedelta
from typing import Any

import pytest

from cordee.governance import acts
from cordee.governance.models import Ballot
from cordee.governance.reads import ballot_page
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.models import Office
from cordee.groupings.reads import actor_for
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
CLOSES = AT + timedelta(days=7)
THREE = ("Aubrac", "Larzac", "Cévennes")


def ask(world: World, *, decision_type: str = "ordinary", **way: Any) -> Ballot:
    return acts.propose_resolution(
        world.grouping,
        title="Quelle assurance ?",
        text="Choisissons.",
        decision_type=decision_type,
        closes_at=CLOSES,
        way=acts.Way(**way),
        by=world.actor("aude"),
        at=AT,
    )


def say(world: World, ballot: Ballot, name: str, choice: str, **answer: Any) -> Any:
    seat = world.seats[name]
    return acts.cast_vote(ballot, seat=seat, choice=choice, answer=answer, by=actor_for(seat.holder, seat), at=AT)


def result(ballot: Ballot) -> Ballot:
    return acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)


def test_consent_stops_at_a_reasoned_objection(world: World) -> None:
    ballot = ask(world, method="consent")
    with pytest.raises(acts.NotThatWay, match="raison"):
        say(world, ballot, "bruno", "object", why=" ")
    say(world, ballot, "aude", "consent")
    say(world, ballot, "denis", "consent")
    say(world, ballot, "bruno", "object", why="La franchise est trop haute")
    closed = result(ballot)
    assert closed.outcome == "rejected"
    assert "La franchise est trop haute" in closed.explanation["fr"]
    page = ballot_page(closed, world.seats["aude"], at=CLOSES)
    assert [(seat.pk, why) for seat, why in page.objections] == [
        (world.seats["bruno"].pk, "La franchise est trop haute")
    ]


A, L, C = THREE
ANSWERS: list[tuple[str, list[dict[str, Any]], str]] = [
    ("approval", [{"approved": [A, L]}, {"approved": [L]}, {"approved": [C]}], L),
    ("schulze", [{"ranking": [[L], [A]]}, {"ranking": [[L], [A]]}, {"ranking": [[A]]}], L),
    ("irv", [{"ranking": [[A], [L]]}, {"ranking": [[L]]}, {"ranking": [[L]]}], L),
    ("score", [{"scores": {A: 2, C: 9}}, {"scores": {A: 10}}], A),
    ("majority_judgment", [{"scores": {A: 5, L: 3}}, {"scores": {A: 1, L: 3}}, {"scores": {A: 1, L: 3}}], L),
]


@pytest.mark.parametrize(("method", "answers", "winner"), ANSWERS, ids=[each[0] for each in ANSWERS])
def test_a_choice_among_options(world: World, method: str, answers: list[dict[str, Any]], winner: str) -> None:
    ballot = ask(world, method=method, options=THREE)
    for name, answer in zip(("aude", "bruno", "denis", "emma"), answers, strict=False):
        say(world, ballot, name, "cast", **answer)
    assert ballot_page(ballot, world.seats["aude"], at=AT).tendency == ()  # nobody sees how it goes before the end
    closed = result(ballot)
    assert (closed.outcome, closed.figures["winners"]) == ("elected", [winner])
    line = Entry.objects.of(world.grouping.book).last()
    assert line.facts["chosen"] == str(THREE.index(winner) + 1)
    assert winner not in str(line.facts)
    bars = ballot_page(closed, world.seats["aude"], at=CLOSES).tendency
    assert [bar.label for bar in bars if bar.won] == [winner]
    assert max(bar.share for bar in bars) == 100


@pytest.mark.parametrize(
    ("method", "choice", "answer"),
    [
        ("majority", "consent", {}),
        ("approval", "cast", {"approved": ["Ailleurs"]}),
        ("approval", "cast", {}),
        ("score", "cast", {"scores": {"Aubrac": 11}}),
        ("schulze", "cast", {"ranking": [["Aubrac"], ["Aubrac"]]}),
        ("gradients", "peut-être", {}),
        ("sociocratic", "cast", {"named": "Personne"}),
    ],
)
def test_what_cannot_be_counted_is_refused_at_once(
    world: World, method: str, choice: str, answer: dict[str, Any]
) -> None:
    ballot = ask(world, method=method, options=THREE)
    with pytest.raises(acts.NotThatWay):
        say(world, ballot, "bruno", choice, **answer)


def test_only_everyday_decisions_choose_their_way(world: World) -> None:
    with pytest.raises(acts.NotThatWay, match="règle"):
        ask(world, decision_type="admission", method="consent")
    with pytest.raises(acts.NotThatWay, match="entre deux"):
        ask(world, method="approval", options=("Aubrac",))
    with pytest.raises(acts.NotThatWay, match="voix haute"):
        ask(world, method="consent", secret=True)


def test_an_election_without_candidates(world: World) -> None:
    ballot = ask(world, method="sociocratic")
    names = [str(world.seats[name].company) for name in ("aude", "bruno", "denis", "emma")]
    assert ballot.options == names
    with pytest.raises(acts.NotThatWay, match="nommé"):
        acts.propose_named(ballot, by=world.actor("aude"), at=AT)
    for name, named in (("aude", names[1]), ("bruno", names[3]), ("denis", names[1]), ("emma", names[1])):
        say(world, ballot, name, "cast", named=named)
    with pytest.raises(NotAllowed):
        acts.propose_named(ballot, by=world.actor("bruno"), at=AT)
    proposed = acts.propose_named(ballot, by=world.actor("aude"), at=AT)
    assert proposed.proposed == names[1]
    assert not proposed.voters.exclude(choice="").exists()  # everybody is asked again: consent, or an objection
    for name in ("aude", "denis", "emma"):
        say(world, ballot, name, "consent")
    closed = result(ballot)
    assert (closed.outcome, closed.figures["winners"]) == ("elected", [names[1]])
    with pytest.raises(acts.BallotClosed):
        acts.propose_named(ballot, by=world.actor("aude"), at=AT)


def test_naming_goes_by_rounds_with_reasons_heard_then_changed(world: World) -> None:
    ballot = ask(world, method="sociocratic")
    names = [str(world.seats[name].company) for name in ("aude", "bruno", "denis", "emma")]
    say(world, ballot, "aude", "cast", named=names[1], why="Il connaît les acheteurs.")
    with pytest.raises(acts.NotThatWay, match="nommé personne"):
        acts.name_again(ballot, by=world.actor("aude"), at=AT)
    assert ballot_page(ballot, world.seats["emma"], at=AT).reasons == ()  # nobody follows the first who spoke
    for name in ("bruno", "denis", "emma"):
        say(world, ballot, name, "cast", named=names[0])
    with pytest.raises(NotAllowed):
        acts.name_again(ballot, by=world.actor("bruno"), at=AT)
    again = acts.name_again(ballot, by=world.actor("aude"), at=AT)
    heard = ballot_page(again, world.seats["emma"], at=AT).reasons
    assert (again.naming_round, heard[0][1:]) == (2, (names[1], "Il connaît les acheteurs."))
    assert Entry.objects.of(world.grouping.book).last().facts["round"] == 2
    say(world, again, "emma", "cast", named=names[1])  # having heard, one changes
    assert dict(ballot_page(again, world.seats["aude"], at=AT).named) == {names[0]: 2, names[1]: 2}
    proposed = acts.propose_named(again, name=names[1], by=world.actor("aude"), at=AT)
    say(world, proposed, "denis", "object", why="Il part en mai.")
    third = acts.name_again(proposed, by=world.actor("aude"), at=AT)
    assert (third.naming_round, third.proposed, third.voters.exclude(choice="").count()) == (3, "", 0)
    with pytest.raises(acts.BallotClosed):
        acts.name_again(ask(world), by=world.actor("aude"), at=AT)


def test_a_hidden_result_is_in_no_page_and_in_no_book(world: World) -> None:
    ballot = ask(world, hidden=True)
    say(world, ballot, "aude", "for")
    assert ballot_page(ballot, world.seats["aude"], at=AT).tendency == ()
    assert "choice" not in Entry.objects.of(world.grouping.book).last().facts
    assert ballot_page(result(ballot), world.seats["aude"], at=CLOSES).tendency


def test_the_coordinator_decides_between_equal_votes_where_the_rule_says_so(world: World) -> None:
    from cordee.engines.voting import Rule

    acts.adopt_rule(world.grouping, "ordinary", Rule(tie="chair"), by=Clockwork(), at=AT)
    ballot = ask(world)
    for name, choice in (("aude", "abstain"), ("bruno", "for"), ("denis", "against")):
        say(world, ballot, name, choice)
    closed = result(ballot)
    assert closed.outcome == "tie"
    assert ballot_page(closed, world.seats["aude"], at=CLOSES).may_break_tie
    with pytest.raises(NotAllowed):
        acts.break_tie(closed, choice="for", by=world.actor("bruno"), at=CLOSES)
    broken = acts.break_tie(closed, choice="for", by=world.actor("aude"), at=CLOSES)
    assert broken.outcome == "adopted"
    assert "présidence l’emporte" in broken.explanation["fr"]
    with pytest.raises(Refusal):
        acts.break_tie(broken, choice="against", by=world.actor("aude"), at=CLOSES)


def test_the_coordinators_own_vote_tips_the_scale(world: World) -> None:
    from cordee.engines.voting import Rule

    assert Office.objects.filter(seat=world.seats["aude"], role="coordinator").exists()
    acts.adopt_rule(world.grouping, "ordinary", Rule(tie="chair"), by=Clockwork(), at=AT)
    ballot = ask(world)
    say(world, ballot, "aude", "for")
    say(world, ballot, "bruno", "against")
    assert result(ballot).outcome == "adopted"


def test_weights_count_only_where_the_rule_says_so(world: World) -> None:
    from cordee.engines.voting import Rule

    weights = {world.seats["aude"].public_id: "3"}
    acts.adopt_rule(world.grouping, "budget", Rule(weighted=True), weights=weights, by=Clockwork(), at=AT)
    for kind, outcome in (("budget", "adopted"), ("ordinary", "rejected")):
        ballot = ask(world, decision_type=kind)
        for name, choice in (("aude", "for"), ("bruno", "against"), ("denis", "against")):
            say(world, ballot, name, choice)
        assert result(ballot).outcome == outcome
