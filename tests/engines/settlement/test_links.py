"""Settlement along existing debts only."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.settlement import Debt, Unfit, net, settle_along

debts = st.lists(
    st.builds(
        lambda pair, cents: Debt(pair[0], pair[1], cents),
        st.lists(st.sampled_from("abcd"), min_size=2, max_size=2, unique=True),
        st.integers(0, 6),
    ),
    max_size=7,
)


def owed(given: list[Debt]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for debt in given:
        sums[debt.debtor, debt.creditor] = sums.get((debt.debtor, debt.creditor), 0) + debt.cents
    left = {arc: cents - sums.get((arc[1], arc[0]), 0) for arc, cents in sums.items()}
    return {arc: cents for arc, cents in left.items() if cents > 0}


def fewest(arcs: dict[tuple[str, str], int], balances: dict[str, int]) -> int:
    """Every amount on every debt, tried one by one."""
    best = len(arcs)
    for amounts in product(*[range(cents + 1) for cents in arcs.values()]):
        left = dict(balances)
        for (debtor, creditor), cents in zip(arcs, amounts, strict=True):
            left[debtor] += cents
            left[creditor] -= cents
        if not any(left.values()):
            best = min(best, sum(cents > 0 for cents in amounts))
    return best


@settings(deadline=None, max_examples=120)
@given(debts)
def test_follows_existing_debts_with_the_fewest_transfers(given: list[Debt]) -> None:
    answer = settle_along(given)
    limits = owed(given)
    left = net(given)
    for one in answer.transfers:
        assert 0 < one.cents <= limits[one.payer, one.payee]
        left[one.payer] += one.cents
        left[one.payee] -= one.cents
    assert not any(left.values())
    assert answer.bound <= len(answer.transfers)
    if answer.optimal:
        assert len(answer.transfers) == answer.bound
    ways = 1
    for cents in limits.values():
        ways *= cents + 1
    if ways <= 3000:
        assert answer.optimal
        assert len(answer.transfers) == fewest(limits, net(given))


def test_a_round_is_cancelled() -> None:
    answer = settle_along([Debt("a", "b", 100), Debt("b", "c", 100), Debt("c", "a", 100)])
    assert answer.transfers == ()
    assert answer.explain() == ("tout le monde est quitte",)


def test_a_chain_stays_as_it_is() -> None:
    answer = settle_along([Debt("a", "b", 100), Debt("b", "c", 100)])
    assert [(one.payer, one.payee) for one in answer.transfers] == [("a", "b"), ("b", "c")]
    assert answer.optimal


def test_of_two_rounds_the_one_that_saves_most_is_cancelled() -> None:
    """a owes b, who owes c and d, who both owe a: a's debt can only cancel so much."""
    given = [Debt("a", "b", 10), Debt("b", "c", 4), Debt("b", "d", 10), Debt("c", "a", 4), Debt("d", "a", 10)]
    answer = settle_along(given)
    assert len(answer.transfers) == 2
    assert answer.optimal


@pytest.mark.parametrize("debt", [Debt("a", "a", 1), Debt("a", "b", -1)])
def test_what_is_not_a_debt_is_refused(debt: Debt) -> None:
    with pytest.raises(Unfit):
        settle_along([debt])
