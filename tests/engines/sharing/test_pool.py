"""A pool of common costs, line by line."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.settlement import settle
from cordee.engines.sharing import Equal, PoolLine, ProRata, Unfit, split_pool

KEYS = {"égal": Equal(), "m²": ProRata({"a": Fraction(6), "b": Fraction(12), "c": Fraction(9)}, "m²")}
ABC = ("a", "b", "c")


def test_a_pool_to_the_cent() -> None:
    pool = split_pool(
        [
            PoolLine("Stand", 385350, "m²", paid_by="a"),
            PoolLine("Repas", 10000, "égal", paid_by={"b": 4000, "c": 6000}, among=("a", "b")),
            PoolLine("Subvention", -9000, "égal", paid_by="c"),
        ],
        ABC,
        KEYS,
    )
    assert (pool.total, pool.unpaid) == (386350, 0)
    assert {member: account.owes for member, account in pool.accounts.items()} == {
        "a": 85633 + 5000 - 3000,
        "b": 171267 + 5000 - 3000,
        "c": 128450 - 3000,
    }
    assert pool.balances() == {"a": 297717, "b": -169267, "c": -128450}
    assert pool.explain("c") == (
        "«\u00a0Stand\u00a0» (3\u202f853,50\u00a0€)\u00a0: 1\u202f284,50\u00a0€",
        "un tiers de 3\u202f853,50\u00a0€\u00a0: 9\u00a0m² sur 27\u00a0m²",
        "«\u00a0Subvention\u00a0» (-90,00\u00a0€)\u00a0: -30,00\u00a0€",
        "un tiers de -90,00\u00a0€\u00a0: 3 entreprises à parts égales",
        "a déjà payé -30,00\u00a0€",
        "reste à verser\u00a0: 1\u202f284,50\u00a0€",
    )
    assert len(settle(pool.balances()).transfers) == 2


def test_nobody_gathers_all_the_cents_left() -> None:
    lines = [PoolLine(f"Ligne {i}", 100, "égal") for i in range(30)]
    assert {one.owes for one in split_pool(lines, ABC, KEYS).accounts.values()} == {1000}


def test_a_line_nobody_paid_is_still_to_be_called() -> None:
    pool = split_pool([PoolLine("Site", 900, "égal")], ABC, KEYS)
    assert pool.unpaid == 900
    assert pool.balances() == {"a": -300, "b": -300, "c": -300}


@pytest.mark.parametrize(
    "line",
    [
        PoolLine("Stand", 100, "inconnue"),
        PoolLine("Stand", 100, "égal", paid_by="z"),
        PoolLine("Stand", 100, "égal", among=("a", "z")),
        PoolLine("Stand", 100, "m²", paid_by={"z": 100}),
    ],
)
def test_a_line_that_does_not_fit_is_named(line: PoolLine) -> None:
    with pytest.raises(Unfit, match="Stand"):
        split_pool([line], ABC, KEYS)


lines = st.lists(
    st.builds(
        PoolLine,
        label=st.just("L"),
        cents=st.integers(-(10**6), 10**6),
        key=st.sampled_from(sorted(KEYS)),
        paid_by=st.sampled_from([None, *ABC]),
        among=st.sampled_from([None, ("a", "b"), ("b", "c"), ("c",)]),
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(lines)
def test_accounts_add_up(lines: list[PoolLine]) -> None:
    pool = split_pool(lines, ABC, KEYS)
    accounts = pool.accounts.values()
    assert sum(one.owes for one in accounts) == pool.total == sum(line.cents for line in lines)
    assert sum(one.paid for one in accounts) == pool.total - pool.unpaid
    assert sum(one.balance for one in accounts) == -pool.unpaid
    for one in pool.lines:
        assert sum(one.share.shares.values()) == one.line.cents
        assert all(abs(one.share.exact[member] - cents) < 1 for member, cents in one.share.shares.items())


@settings(deadline=None, max_examples=25)
@given(lines, lines)
def test_a_line_added_leaves_the_earlier_ones(lines: list[PoolLine], more: list[PoolLine]) -> None:
    before = split_pool(lines, ABC, KEYS).lines
    assert split_pool([*lines, *more], ABC, KEYS).lines[: len(lines)] == before
