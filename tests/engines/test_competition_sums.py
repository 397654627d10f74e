"""Sums shown to a member: none of them, nor all together, tells what one other company asks."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.competition import may_be_shown

OWNER = {"w": "a", "x": "b", "y": "c", "z": "c", "v": "d"}
PARTS = st.dictionaries(st.sampled_from(sorted(OWNER)), st.sampled_from([10_000, 11_000, 12_000]), min_size=1)
SUMS = st.lists(PARTS, max_size=6)


def spans(rows: list[list[int]], target: list[int]) -> bool:
    """Whether a combination of the rows gives the target: Gauss with the target carried along."""
    left = [list(map(Fraction, row)) for row in rows]
    goal = list(map(Fraction, target))
    for column in range(len(target)):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left = [[v - row[column] / pivot[column] * p for v, p in zip(row, pivot, strict=True)] for row in left]
        goal = [v - goal[column] / pivot[column] * p for v, p in zip(goal, pivot, strict=True)]
    return not any(goal)


@given(SUMS)
def test_what_is_shown_gives_nobodys_price(sums: list[dict[str, int]]) -> None:
    shown = [each for each, yes in zip(sums, may_be_shown(sums, OWNER, "a"), strict=True) if yes]
    others = [name for name in sorted(OWNER) if OWNER[name] != "a"]
    rows = [[each.get(name, 0) for name in others] for each in shown]
    for name in others:
        assert not spans(rows, [int(other == name) for other in others])
    for weights in ((1, 1), (10, 12), (11, 12)):
        assert not spans(rows, [dict(zip("yz", weights, strict=True)).get(name, 0) for name in others])


def test_what_can_be_shown_is_shown() -> None:
    whole = {"w": 1, "x": 1, "y": 1, "v": 1}
    assert may_be_shown([whole, whole, {"w": 1}], OWNER, "a") == [True, True, True]
    assert may_be_shown([{"w": 1, "x": 1}], OWNER, "a") == [False]
    assert may_be_shown([{"x": 1, "y": 1}, {"y": 1, "v": 1}, {"x": 1, "v": 1}], OWNER, "a") == [True, True, False]
    assert may_be_shown([{"x": 10, "y": 10, "v": 10}, {"x": 12, "y": 11, "v": 12}], OWNER, "a") == [True, False]
    assert may_be_shown([], OWNER, "a") == []
