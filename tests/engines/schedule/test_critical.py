"""The critical path: small cases by hand, and what must hold whatever the parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.schedule import Loop, Part, plan


def test_a_small_house() -> None:
    found = plan(
        [
            Part("walls", 10),
            Part("roof", 5, ("walls",)),
            Part("wires", 4, ("walls",)),
            Part("paint", 3, ("roof", "wires")),
        ]
    )
    assert (found.days, found.critical) == (18, ("walls", "roof", "paint"))
    assert [(slot.id, slot.start, slot.end, slot.slack) for slot in found.slots] == [
        ("walls", 0, 10, 0),
        ("roof", 10, 15, 0),
        ("wires", 10, 14, 1),
        ("paint", 15, 18, 0),
    ]


def test_nothing_takes_no_time() -> None:
    assert plan([]).days == 0


def test_parts_that_wait_for_each_other_are_named() -> None:
    with pytest.raises(Loop) as wrong:
        plan([Part("a", 1, ("c",)), Part("b", 1, ("a",)), Part("c", 1, ("b",)), Part("d", 1)])
    assert set(wrong.value.ids) == {"a", "b", "c"}
    assert wrong.value.ids[0] == wrong.value.ids[-1]


@pytest.mark.parametrize("parts", [[Part("a", 1, ("x",))], [Part("a", 1), Part("a", 2)], [Part("a", -1)]])
def test_nonsense_is_refused(parts: list[Part]) -> None:
    with pytest.raises(ValueError, match="a"):
        plan(parts)


@given(st.lists(st.tuples(st.integers(0, 20), st.sets(st.integers(0, 11), max_size=4)), max_size=12))
def test_what_holds(rows: list[tuple[int, set[int]]]) -> None:
    parts = [
        Part(str(number), days, tuple(str(before) for before in sorted(after) if before < number))
        for number, (days, after) in enumerate(rows)
    ]
    found = plan(parts)
    slot, known = {each.id: each for each in found.slots}, {part.id: part for part in parts}
    for part in parts:
        here = slot[part.id]
        assert here.start == max((slot[before].end for before in part.after), default=0)
        assert (here.end - here.start, here.slack >= 0) == (part.days, True)
    longest: dict[str, int] = {}
    for part in parts:
        longest[part.id] = part.days + max((longest[before] for before in part.after), default=0)
    assert found.days == max(longest.values(), default=0)
    for name in found.critical:  # each critical part is delayed by nothing but another critical part
        before = [one for one in known[name].after if slot[one].end == slot[name].start]
        assert slot[name].start == 0 or any(slot[one].critical for one in before)
