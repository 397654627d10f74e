"""The strips of a stand fill it, and an overlap is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.strips import Area, outside, overlaps, strips


@given(
    st.integers(1, 400), st.integers(1, 200), st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 90), min_size=1)
)
def test_strips_fill_the_stand(width: int, depth: int, asked: dict[str, int]) -> None:
    if not any(asked.values()):
        with pytest.raises(ValueError, match="surface"):
            strips(width, depth, asked)
        return
    found = strips(width, depth, asked)
    assert sum(one.surface for one in found) == width * depth
    assert overlaps(found) == ()
    assert outside(width, depth, found) == ()
    given_ = {one.key: one.width for one in found}
    for key, part in asked.items():
        assert abs(given_.get(key, 0) - width * part / sum(asked.values())) < 1


def test_what_leaves_the_stand_or_covers_another_is_named() -> None:
    areas = (Area("A", 0, 0, 30, 30), Area("B", 20, 20, 50, 5), Area("C", 60, 0, 1, 1))
    assert overlaps(areas) == (("A", "B"),)
    assert outside(60, 30, areas) == ("B", "C")
