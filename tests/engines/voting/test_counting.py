"""What counting promises, and the methods that decide otherwise than by majority."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.voting import (
    Proxy,
    Rule,
    Vote,
    Votes,
    count,
    decided_already,
    explain,
    privacy_warnings,
    say_warning,
)

QUICK = settings(deadline=None, max_examples=100, derandomize=True)
SEATS = tuple("ABCDEF")
CHOICES = st.sampled_from(["for", "against", "abstain", ""])
SHARES = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)])
RULES = st.builds(
    Rule,
    quorum=SHARES,
    majority=st.sampled_from(["simple", "absolute", "two_thirds", "three_quarters", "unanimity"]),
    of_all=st.booleans(),
    abstentions_count=st.booleans(),
    tie=st.sampled_from(["rejected", "chair"]),
)


def ballot(choices, **more):
    cast = tuple(Vote(seat, choice) for seat, choice in zip(SEATS, choices, strict=False) if choice)
    return Votes(SEATS[: len(choices)], cast, **more)


@given(st.lists(CHOICES, min_size=1, max_size=6), RULES, st.integers(0, 5), st.booleans())
@QUICK
def test_one_more_yes_never_turns_a_yes_down(choices, rule, place, chair):
    more = {"chair": "A"} if chair else {}
    before = count(ballot(choices, **more), rule)
    choices = list(choices)
    choices[place % len(choices)] = "for"
    if before.adopted:
        assert count(ballot(choices, **more), rule).adopted


@given(
    st.lists(CHOICES, min_size=1, max_size=6), RULES, st.integers(0, 5), st.sampled_from(["for", "against", "abstain"])
)
@QUICK
def test_one_more_who_comes_never_loses_the_quorum(choices, rule, place, choice):
    before = count(ballot(choices), rule)
    choices = list(choices)
    choices[place % len(choices)] = choices[place % len(choices)] or choice
    assert count(ballot(choices), rule).quorum_met >= before.quorum_met


@given(st.lists(st.tuples(CHOICES, st.integers(1, 3)), min_size=1, max_size=6), RULES)
@QUICK
def test_a_weight_is_so_many_seats(rows, rule):
    weights = {seat: n for seat, (_, n) in zip(SEATS, rows, strict=False)}
    heavy = count(ballot([choice for choice, _ in rows], weights=weights), replace(rule, weighted=True))
    copies = [(f"{seat}{i}", choice) for seat, (choice, n) in zip(SEATS, rows, strict=False) for i in range(n)]
    many = Votes(tuple(seat for seat, _ in copies), tuple(Vote(seat, choice) for seat, choice in copies if choice))
    light = count(many, rule)
    for name in ("outcome", "quorum_met", "present", "entitled", "in_favour", "against", "abstain", "needed", "cast"):
        assert getattr(heavy, name) == getattr(light, name)


@given(st.lists(CHOICES, min_size=2, max_size=6), RULES)
@QUICK
def test_a_proxy_is_voting_twice(choices, rule):
    choices = ["", choices[1] or "for", *choices[2:]]
    by_proxy = count(ballot(choices, proxies=(Proxy("A", "B"),)), rule)
    in_person = count(ballot([choices[1], *choices[1:]]), rule)
    assert replace(by_proxy, represented=()) == in_person
    assert by_proxy.represented == (("A", "B"),)


@given(st.lists(CHOICES, min_size=2, max_size=6), RULES, st.sets(st.sampled_from(SEATS[:2])))
@QUICK
def test_who_withdraws_is_as_if_not_a_member(choices, rule, away):
    with_them = count(ballot(choices, withdrawn=frozenset(away)), rule)
    kept = [(s, c) for s, c in zip(SEATS, choices, strict=False) if s not in away]
    without = count(Votes(tuple(s for s, _ in kept), tuple(Vote(s, c) for s, c in kept if c)), rule)
    assert replace(with_them, withdrawn=(), set_aside=()) == without


@given(st.lists(CHOICES, min_size=1, max_size=5), RULES, st.booleans())
@QUICK
def test_a_result_announced_early_cannot_change(choices, rule, chair):
    votes = ballot(choices, **({"chair": "A"} if chair else {}))
    missing = [seat for seat, choice in zip(SEATS, choices, strict=False) if not choice]
    ends = set()
    for later in product(["for", "against", "abstain", ""], repeat=len(missing)):
        cast = tuple(Vote(seat, choice) for seat, choice in zip(missing, later, strict=True) if choice)
        ends.add(count(replace(votes, cast=votes.cast + cast), rule).outcome)
    assert decided_already(votes, rule) == (ends.pop() if len(ends) == 1 else None)


def test_early_results_of_other_methods():
    three = tuple(Vote(seat, frozenset("X")) for seat in "ABC")
    rule = Rule("approval")
    assert decided_already(Votes(SEATS[:5], three, options=("X", "Y")), rule) == "elected"
    assert decided_already(Votes(SEATS, three, options=("X", "Y")), rule) is None
    consent = Votes(SEATS[:3], (Vote("A", "object", why="Trop tôt"),))
    assert decided_already(consent, Rule("consent")) == "rejected"
    assert decided_already(replace(consent, cast=(Vote("A", "consent"),)), Rule("consent")) is None
    ranked = tuple(Vote(seat, ("X", "Y")) for seat in "ABC")
    assert decided_already(Votes(SEATS[:4], ranked, options=("X", "Y")), Rule("schulze")) is None
    assert decided_already(Votes(SEATS[:3], ranked, options=("X", "Y")), Rule("schulze")) == "elected"
    # A seat that may still change its mind is missing too.
    assert (
        decided_already(Votes(SEATS[:3], (Vote("A", "for"), Vote("B", "for"), Vote("C", "for"))), Rule()) == "adopted"
    )
    assert decided_already(Votes(SEATS[:1], (Vote("A", "for"),)), Rule(), missing="A") is None


def codes(votes, **rule):
    return [
        (warning.code, dict(warning.facts).get("seat"))
        for warning in privacy_warnings(votes, Rule(secret=True, **rule))
    ]


def test_numbers_that_would_reveal_a_vote():
    assert codes(ballot(["for"] * 4)) == [("all_same", None)]
    assert codes(ballot(["for", "for", "for", "against"])) == [("lone", None)]
    assert codes(ballot(["for", "for", "against", "against"])) == []
    assert codes(ballot(["for", "against"])) == [("few", None)]
    assert codes(ballot([""] * 4)) == []
    # Two voters hold four votes: a proxy does not make more people.
    two = ballot(["for", "against", "", ""], proxies=(Proxy("C", "A"), Proxy("D", "B")))
    assert ("few", None) in codes(two)
    # 3 for, 2 against: only A has three votes, so A said yes, the others no.
    heavy = ballot(["for", "against", "against"], weights={"A": 3})
    assert codes(heavy, weighted=True) == [("lone", None), ("weight", "A"), ("weight", "B"), ("weight", "C")]
    assert privacy_warnings(ballot(["for"] * 4), Rule()) == ()
    for warning in privacy_warnings(heavy, Rule(secret=True, weighted=True)):
        assert say_warning(warning) != say_warning(warning, "en")


@given(st.lists(st.sampled_from(["for", "against", "abstain"]), min_size=3, max_size=6))
@QUICK
def test_everybody_is_revealed_exactly_when_all_agree(choices):
    ways = {p for p in product(["for", "against", "abstain"], repeat=len(choices)) if sorted(p) == sorted(choices)}
    assert (("all_same", None) in codes(ballot(choices))) == (len(ways) == 1)


def test_consent_needs_a_reason_to_stop():
    votes = Votes(tuple("ABC"), (Vote("A", "consent"), Vote("B", "consent"), Vote("C", "object")))
    tally = count(votes, Rule("consent"))
    assert tally.outcome == "adopted"
    assert "L’objection de C est sans motif" in explain(tally)
    reasoned = replace(votes, cast=(*votes.cast[:2], Vote("C", "object", why="Trop cher")))
    tally = count(reasoned, Rule("consent"))
    assert (tally.outcome, tally.objections) == ("rejected", (("C", "Trop cher"),))
    assert "Objection de C\u00a0: «\u00a0Trop cher\u00a0»." in explain(tally)
    assert count(replace(votes, cast=(Vote("A", "abstain"),)), Rule("consent")).outcome == "rejected"
    assert count(replace(reasoned, cast=()), Rule("consent", quorum=Fraction(1, 2))).outcome == "no_quorum"


@pytest.mark.parametrize(
    ("choices", "outcome"),
    [
        (("endorse", "minor", "serious"), "adopted"),
        (("endorse", "serious", "discuss"), "rejected"),
        (("endorse", "disagree_support", "abstain"), "adopted"),
        (("endorse", "endorse", "block"), "rejected"),
        (("reservations", "serious", "abstain"), "rejected"),
        (("abstain", "abstain", "abstain"), "rejected"),
    ],
)
def test_gradients(choices, outcome):
    votes = Votes(tuple("ABC"), tuple(Vote(seat, choice) for seat, choice in zip("ABC", choices, strict=True)))
    assert count(votes, Rule("gradients")).outcome == outcome


def name(*pairs):
    return tuple(Vote(seat, person) for seat, person in pairs)


def test_election_without_candidates():
    first = name(("A", "Aude"), ("B", "Aude"), ("C", "Chloé"), ("D", "Chloé"))
    votes = Votes(tuple("ABCD"), tuple(Vote(seat, "consent") for seat in "ABCD"), rounds=(first,))
    level = count(votes, Rule("sociocratic"))
    assert (level.outcome, level.tied) == ("tie", ("Aude", "Chloé"))
    second = count(replace(votes, rounds=(first, name(("B", "Chloé")))), Rule("sociocratic"))
    assert (second.outcome, second.winners) == ("elected", ("Chloé",))
    assert "Tour 2\u00a0: Chloé 3, Aude 1. Chloé est proposé, nommé 3 fois. Choix retenu\u00a0: Chloé." in explain(
        second
    )
    proposed = count(replace(votes, proposed="Aude"), Rule("sociocratic"))
    assert proposed.winners == ("Aude",)
    refused = replace(votes, proposed="Aude", cast=(*votes.cast[:3], Vote("D", "object", why="Déjà chargée")))
    assert count(refused, Rule("sociocratic")).outcome == "rejected"
    assert count(replace(votes, rounds=()), Rule("sociocratic")).outcome == "rejected"
    assert count(replace(votes, withdrawn=frozenset("D")), Rule("sociocratic")).winners == ("Aude",)


def test_choosing_among_options_with_a_quorum():
    cast = (Vote("A", ("X", "Y")), Vote("B", ("X", "Y")), Vote("C", ("Y", "X")), Vote("D", "abstain"))
    votes = Votes(tuple("ABCDEF"), cast, options=("X", "Y"), proxies=(Proxy("E", "A"),))
    tally = count(votes, Rule("schulze", quorum=Fraction(2, 3)))
    assert (tally.outcome, tally.winners, tally.abstain, tally.present) == ("elected", ("X",), 1, 5)
    assert explain(tally, "en") == (
        "4 votes cast, 1 abstention; quorum 5 of 6 (4 needed). X beats Y 3 to 1. Chosen: X. A also voted for E (proxy)."
    )
    assert count(votes, Rule("schulze", quorum=Fraction(1))).outcome == "no_quorum"
    none = count(replace(votes, cast=(Vote("A", "abstain"),)), Rule("schulze"))
    assert (none.outcome, none.winners) == ("rejected", ())
    with pytest.raises(ValueError, match="names options"):
        count(replace(votes, cast=(Vote("A", "X"),)), Rule("schulze"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats": ("A", "A")},
        {"cast": (Vote("Z", "for"),)},
        {"cast": (Vote("A", "for"), Vote("A", "against"))},
        {"cast": (Vote("A", "for", "Z"),)},
        {"proxies": (Proxy("A", "Z"),)},
        {"weights": {"A": -1}},
        {"weights": {"A": 0.5}},
        {"withdrawn": frozenset("Z")},
        {"chair": "Z"},
        {"casting": "perhaps"},
        {"call": 3},
        {"options": ("X", "X")},
    ],
)
def test_votes_that_cannot_be(wrong):
    with pytest.raises(ValueError, match=r"."):
        Votes(**{"seats": ("A", "B"), **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"quorum": Fraction(3, 2)},
        {"majority": "fraction"},
        {"threshold": Fraction(1, 2)},
        {"majority": "fraction", "threshold": Fraction(2)},
        {"proxies": -1},
        {"seats": 0},
        {"notice_days": -1},
    ],
)
def test_rules_that_cannot_be(wrong):
    with pytest.raises(ValueError, match=r"."):
        Rule(**wrong)


@pytest.mark.parametrize("method", ["majority", "consent", "gradients"])
def test_a_choice_the_method_does_not_know(method):
    with pytest.raises(ValueError, match="must"):
        count(Votes(("A",), (Vote("A", "perhaps"),)), Rule(method))
