"""Guarantees run from the reception; turns go round; progress never lies."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.delivery import Piece, legal_guarantees, next_turn, progress

STATES = ["open", "planned", "doing", "check", "done"]
PIECES = st.lists(st.builds(Piece, st.integers(0, 60), st.sampled_from(STATES)), max_size=12)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_each_guarantee_ends_on_the_day_of_the_reception_years_later(day: date) -> None:
    for one in legal_guarantees(day):
        assert one.ends_on.year == day.year + one.years
        assert (one.ends_on.month, one.ends_on.day) in ((day.month, day.day), (2, 28))
    assert [one.label() for one in legal_guarantees(day)] == ["Parfait achèvement", "Bon fonctionnement", "Décennale"]
    assert legal_guarantees(day)[2].covers("en").startswith("The solidity")


@given(PIECES, st.integers(0, 11))
def test_progress_is_whole_only_when_all_is_done_and_never_goes_back(pieces: list[Piece], place: int) -> None:
    found = progress(pieces)
    assert 0 <= found <= 100
    assert (found == 100) == (bool(pieces) and all(piece.state == "done" for piece in pieces))
    if pieces:
        moved = list(pieces)
        one = moved[place % len(moved)]
        moved[place % len(moved)] = Piece(one.days, STATES[min(STATES.index(one.state) + 1, 4)])
        assert progress(moved) >= found


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        progress([Piece(-1, "done")])


@given(st.integers(1, 8), st.integers(1, 3))
def test_everybody_serves_once_in_each_round_and_never_twice_in_a_row(count: int, rounds: int) -> None:
    members, past = [f"m{number}" for number in range(count)], list[str]()
    for _ in range(count * rounds):
        past.append(next_turn(members, past))
    assert all(past.count(name) == rounds for name in members)
    assert count == 1 or all(one != other for one, other in itertools.pairwise(past))


def test_there_must_be_somebody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        next_turn([], [])
