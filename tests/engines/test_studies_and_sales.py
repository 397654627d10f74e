"""A study paid for together, a sales person shared: every cent is somebody's, and each is told why."""

import doctest
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines import prospects, sales, studies
from cordee.engines.prospects import Field, Prospect, attribute, say_why
from cordee.engines.sales import Terms, Used, settle
from cordee.engines.studies import bear, buy_in, full_years
from cordee.engines.units import Cents, MemberId

HUNDRED = settings(max_examples=40, deadline=None)
AMOUNTS = st.dictionaries(st.sampled_from("abcdef").map(MemberId), st.integers(0, 10**7).map(Cents), min_size=1)


@pytest.mark.parametrize("module", [studies, prospects, sales], ids=["studies", "prospects", "sales"])
def test_examples(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@HUNDRED
@given(AMOUNTS.filter(lambda pledges: any(pledges.values())), st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_tranches_never_cost_more_than_was_promised(pledges: dict[MemberId, Cents], cuts: list[int]) -> None:
    whole, already = sum(pledges.values()), dict.fromkeys(pledges, Cents(0))
    weights = [*cuts, 1]
    for place, cut in enumerate(weights):
        last = place == len(weights) - 1
        left = whole - sum(already.values())
        tranche = Cents(left if last else min(left, whole * cut // sum(weights)))
        parts = bear(pledges, already, tranche)
        assert sum(parts.values()) == tranche
        assert min(parts.values()) >= 0
        already = {member: Cents(already[member] + parts[member]) for member in pledges}
        assert all(already[member] <= pledges[member] for member in pledges)
    assert already == pledges


def test_a_tiny_promise_never_makes_a_part_below_zero() -> None:
    pledges = {MemberId("a"): Cents(1), MemberId("b"): Cents(3), MemberId("c"): Cents(3)}
    assert bear(pledges, {MemberId("a"): Cents(1)}, Cents(1)) == {"a": 0, "b": 0, "c": 1}
    with pytest.raises(ValueError, match="promised"):
        bear(pledges, {}, Cents(8))
    with pytest.raises(ValueError, match="zero"):
        bear(pledges, {}, Cents(-1))


@HUNDRED
@given(AMOUNTS, st.integers(0, 12), st.fractions(0, 1, max_denominator=100), st.fractions(0, 1, max_denominator=100))
def test_a_buy_in_goes_back_to_the_cent(
    paid: dict[MemberId, Cents], years: int, yearly: Fraction, floor: Fraction
) -> None:
    found = buy_in(paid, years, yearly, floor)
    if found is None:
        assert not any(paid.values())
        return
    assert sum(found.back.values()) == found.due <= found.worth <= sum(paid.values())
    assert all(0 <= back <= paid[member] for member, back in found.back.items())
    older = buy_in(paid, years + 1, yearly, floor)
    assert older is not None
    assert older.due <= found.due
    assert all("{" not in text for lang in ("fr", "en") for text in found.explain(lang))  # type: ignore[arg-type]


@HUNDRED
@given(st.integers(1, 10**7), st.integers(1, 6), st.integers(1, 4))
def test_without_loss_of_value_all_have_paid_the_same(cents: int, count: int, newcomers: int) -> None:
    net = {MemberId(str(place)): Cents(cents) for place in range(count)}
    for place in range(newcomers):
        found = buy_in(net, 3, Fraction(0))
        assert found is not None
        net = {member: Cents(paid - found.back.get(member, Cents(0))) for member, paid in net.items()} | {
            MemberId(f"new{place}"): found.due
        }
        assert sum(net.values()) == cents * count
    assert max(net.values()) - min(net.values()) <= newcomers + 1


def test_a_buy_in_says_how_it_was_worked_out() -> None:
    paid = {MemberId("a"): Cents(1_200_000), MemberId("b"): Cents(600_000)}
    aged = buy_in(paid, 2, Fraction(1, 5), Fraction(1, 10))
    old = buy_in(paid, 9, Fraction(1, 5), Fraction(1, 10))
    assert aged is not None
    assert old is not None
    assert aged.explain()[1] == (
        "Moins 20\u202f% par an depuis 2 ans\u00a0: elle compte pour 60\u202f%, soit 10\u202f800,00\u00a0€."
    )
    assert "moins d’un an" in buy_in(paid, 0, Fraction(1, 5)).explain()[1]  # type: ignore[union-attr]
    assert "10\u202f%" in old.explain()[1]
    assert (aged.due, old.due) == (360_000, 60_000)
    assert full_years(date(2026, 5, 2), date(2026, 5, 1)) == 0


FIELDS = {"A": Field(("34", "30"), ("bois",)), "B": Field(("34",), ("pierre", "Bois")), "C": Field(("12",))}


@pytest.mark.parametrize(
    ("prospect", "order", "member", "codes"),
    [
        (Prospect("34000", "bois"), ("zone", "trade", "turn"), "B", ["zone", "turn"]),
        (Prospect("34000", "pierre"), ("zone", "trade"), "B", ["zone", "trade"]),
        (Prospect("12000"), ("first", "zone"), "C", ["zone"]),
        (Prospect("12000", known_by="A"), ("first", "zone"), "A", ["first"]),
        (Prospect("12000", known_by="A"), ("zone", "first"), "C", ["zone"]),
        (Prospect("75000"), ("zone",), "B", ["turn"]),
        (Prospect("34000", about=("C",)), ("zone",), "C", ["asked"]),
        (Prospect(), (), "B", ["turn"]),
    ],
    ids=[
        "turn after all",
        "zone then trade",
        "only zone",
        "knew first",
        "zone before",
        "nobody there",
        "asked",
        "rest",
    ],
)
def test_rules_narrow_in_their_order(
    prospect: Prospect, order: tuple[prospects.Rule, ...], member: str, codes: list[str]
) -> None:
    found = attribute(prospect, FIELDS, order, {"A": 3, "B": 1, "C": 2})
    assert (found.member, [why.code for why in found.why]) == (member, codes)
    for lang in ("fr", "en"):
        assert all("Roques" in say_why(why, {member: "Roques"}, lang) for why in found.why[-1:])  # type: ignore[arg-type]


@HUNDRED
@given(
    st.lists(st.sampled_from(["34000", "12000", "75011", ""]), min_size=1, max_size=12),
    st.permutations(prospects.RULES),
    st.sets(st.sampled_from("ABC")),
)
def test_it_goes_to_one_that_it_is_about(places: list[str], order: list[prospects.Rule], about: set[str]) -> None:
    had = dict.fromkeys(FIELDS, 0)
    for place in places:
        found = attribute(Prospect(place, about=tuple(about)), FIELDS, tuple(order), had)
        assert found.member in (about or FIELDS)
        assert found.why
        had[found.member] += 1
    bare = [attribute(Prospect(), FIELDS, (), {"A": 2, "B": 1, "C": 1}).member for _each in range(2)]
    assert bare == ["B", "B"]
    with pytest.raises(ValueError, match="nobody"):
        attribute(Prospect(), {}, tuple(order))


USED = st.dictionaries(
    st.sampled_from("abcde").map(MemberId),
    st.builds(
        Used,
        st.integers(0, 9000),
        st.integers(0, 10**7).map(Cents),
        st.integers(0, 10**5).map(Cents),
    ),
    min_size=1,
)


@HUNDRED
@given(st.integers(0, 10**7).map(Cents), USED, st.integers(0, 20), st.integers(0, 20), st.integers(0, 100))
def test_the_month_is_shared_to_the_cent(
    cost: Cents, used: dict[MemberId, Used], equal: int, time: int, rate: int
) -> None:
    terms = Terms(Fraction(equal, 40), Fraction(time, 40), Fraction(40 - equal - time, 40), Fraction(rate, 1000))
    found = settle(cost, used, terms)
    assert sum(row.equal + row.time + row.orders for row in found.rows.values()) == cost
    backwards = settle(cost, dict(reversed(used.items())), terms)
    assert backwards.rows == found.rows
    alone = {member: settle(cost, {member: one}, terms).rows[member] for member, one in used.items()}
    assert all(alone[member].commission == row.commission for member, row in found.rows.items())
    expenses = sum(one.expenses for one in used.values())
    assert found.total == cost + expenses + sum(row.commission for row in found.rows.values())


def test_what_cannot_be_shared_by_use_is_said() -> None:
    terms = Terms(Fraction(0), Fraction(1, 2), Fraction(1, 2))
    found = settle(Cents(1001), {MemberId("a"): Used(), MemberId("b"): Used()}, terms)
    assert len(found.explain()) == 2
    assert "No order" in found.explain("en")[1]
    assert found.total == 1001
    for wrong in (Terms(Fraction(1), Fraction(1), Fraction(0)), Terms(Fraction(2), Fraction(-1), Fraction(0))):
        with pytest.raises(ValueError, match="whole"):
            settle(Cents(1), {MemberId("a"): Used()}, wrong)
    with pytest.raises(ValueError, match="below zero"):
        settle(Cents(1), {}, terms)
