"""Win rates: what counts, what does not, and that every cut adds up to the whole."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.winning import Offered, by_client, count, over_time, pictured

DAY = date(2027, 1, 4)
OFFERED = st.builds(
    Offered,
    st.sampled_from(["offer", "tender"]),
    st.sampled_from(["open", "won", "lost", "abandoned"]),
    st.integers(0, 900).map(lambda days: DAY + timedelta(days=days)),
)


def test_what_is_open_or_abandoned_is_in_no_rate() -> None:
    rows = [Offered("tender", "won", DAY), Offered("tender", "lost", DAY), Offered("tender", "lost", DAY)]
    rows += [Offered("tender", "abandoned", DAY), Offered("tender", "open")]
    assert count("", rows).rate == Fraction(1, 3)
    assert count("", rows[3:]).rate is None


@given(st.lists(OFFERED, max_size=40))
def test_every_cut_adds_up(rows: list[Offered]) -> None:
    whole = count("", rows)
    for field in ("won", "lost", "open", "abandoned"):
        assert sum(getattr(one, field) for one in by_client(rows)) == getattr(whole, field)
    quarters = over_time(rows)
    assert sum(one.decided for one in quarters) == whole.decided
    names = [one.name for one in quarters]
    assert names == sorted(set(names))
    assert not pictured(rows) or (len(names) > 1 and whole.decided >= 4)


def test_a_quarter_is_named_after_its_year() -> None:
    rows = [Offered("tender", "won", date(2027, 12, 31)), Offered("tender", "lost", date(2028, 1, 1))]
    assert [one.name for one in over_time(rows)] == ["2027-4", "2028-1"]
