from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.lifecycle import Company, Override, independence, say_link

HALF, LESS = Fraction(1, 2), Fraction(49, 100)


@pytest.mark.parametrize(
    ("one", "two", "kind", "refused"),
    [
        (Company("A", frozenset({"Aude"})), Company("B", frozenset({"Aude", "Bruno"})), "leader", True),
        (Company("A", owners={"H": HALF}), Company("B", owners={"H": Fraction(1)}), "owner", True),
        (Company("A", owners={"H": None}), Company("B", owners={"H": HALF}), "owner", True),
        (Company("A", owners={"H": LESS}), Company("B", owners={"H": Fraction(1)}), "minority", False),
        (Company("A", owners={"B": HALF}), Company("B"), "holding", True),
        (Company("A", owners={"B": LESS}), Company("B"), "minority", False),
        (Company("A", group="G"), Company("B", group="G"), "group", True),
        (Company("A", address="1 rue X"), Company("B", address="1 RUE  X"), "address", False),
        (Company("A", supplies=frozenset({"B"})), Company("B"), "supply", False),
    ],
)
def test_each_tie(one, two, kind, refused):
    found = independence((one, two))
    assert [(link.kind, link.refused) for link in found.links] == [(kind, refused)]
    assert found.count == (1 if refused else 2)
    assert ("une seule" in say_link(found.links[0])) == refused
    assert say_link(found.links[0], "en") != say_link(found.links[0])


def test_no_tie_no_link():
    assert independence((Company("A"), Company("B"), Company("C"))).links == ()


def test_a_chain_of_ties_counts_as_one():
    chain = (Company("A", frozenset({"x"})), Company("B", frozenset({"x", "y"})), Company("C", frozenset({"y"})))
    found = independence((*chain, Company("D")))
    assert found.count == 2
    assert found.together == (("A", "B", "C"),)


def test_a_justified_override_is_kept_with_its_reason():
    pair = (Company("A", frozenset({"Aude"})), Company("B", frozenset({"Aude"})))
    found = independence(pair, (Override("A", "B", "Aude quitte B le 1er mars", "Bruno"),))
    assert found.count == 2
    assert "Aude quitte B le 1er mars" in say_link(found.links[0])


@pytest.mark.parametrize(
    ("companies", "overrides", "said"),
    [
        (("A", "A"), (), "twice"),
        (("A", "B"), (Override("A", "B", " ", "Bruno"),), "a reason"),
        (("A", "B"), (Override("A", "C", "ok", "Bruno"),), "not there"),
    ],
)
def test_wrong_input(companies, overrides, said):
    with pytest.raises(ValueError, match=said):
        independence(tuple(map(Company, companies)), overrides)


COMPANIES = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from("xyz"), max_size=2),
        st.sampled_from(["", "", "G", "H"]),
        st.dictionaries(st.sampled_from(["x", "0", "1"]), st.sampled_from([None, LESS, HALF]), max_size=2),
        st.sampled_from(["", "1 rue X"]),
    ),
    min_size=1,
    max_size=6,
).map(
    lambda rows: tuple(
        Company(str(n), leaders, {k: v for k, v in owners.items() if k != str(n)}, group, address)
        for n, (leaders, group, owners, address) in enumerate(rows)
    )
)


@given(COMPANIES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150, derandomize=True)
def test_the_count_forgets_the_order_and_an_override_never_lowers_it(companies, chance):
    found = independence(companies)
    mixed = list(companies)
    chance.shuffle(mixed)
    assert independence(tuple(mixed)) == found
    assert 1 <= found.count <= len(companies)
    for link in found.links:
        assert independence(companies, (Override(link.first, link.second, "dit", "B"),)).count >= found.count
    excused = tuple(Override(link.first, link.second, "dit", "B") for link in found.links)
    assert independence(companies, excused).count == len(companies)
