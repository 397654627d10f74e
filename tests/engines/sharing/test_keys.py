"""Every key: exact parts, cents that add up, and reasons."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.sharing import (
    Band,
    Equal,
    Fixed,
    FixedPlusVariable,
    FloorCap,
    Key,
    Mix,
    ProRata,
    Share,
    Tiers,
    Unfit,
    split,
)
from cordee.engines.sharing.checker import check

ABC = ("a", "b", "c")
BY_M2 = ProRata({"a": Fraction(6), "b": Fraction(12), "c": Fraction(9)}, "m²")
BANDS = (
    Band("micro", Fraction(10), Fraction(1)),
    Band("petite", Fraction(50), Fraction(2)),
    Band("moyenne", None, Fraction(4)),
)


def parts(answer: Share) -> list[Fraction]:
    return [answer.exact[member] for member in ABC]


@pytest.mark.parametrize(
    ("key", "exact"),
    [
        (Equal(), [Fraction(300), Fraction(300), Fraction(300)]),
        (BY_M2, [Fraction(200), Fraction(400), Fraction(300)]),
        (
            Fixed({"a": Fraction(50), "b": Fraction("12.5"), "c": Fraction("37.5")}),
            [Fraction(450), Fraction("112.5"), Fraction("337.5")],
        ),
        (
            Tiers({"a": Fraction(10), "b": Fraction(11), "c": Fraction(80)}, BANDS),
            [Fraction(900, 7), Fraction(1800, 7), Fraction(3600, 7)],
        ),
        (FixedPlusVariable(90, BY_M2), [Fraction(210), Fraction(390), Fraction(300)]),
        (FixedPlusVariable(5000, BY_M2), [Fraction(300), Fraction(300), Fraction(300)]),
        (Mix(((Fraction(3, 10), Equal()), (Fraction(7, 10), BY_M2))), [Fraction(230), Fraction(370), Fraction(300)]),
        (FloorCap(BY_M2, floor=250), [Fraction(250), Fraction(2600, 7), Fraction(1950, 7)]),
        (FloorCap(BY_M2, cap=350), [Fraction(220), Fraction(350), Fraction(330)]),
        (FloorCap(BY_M2, floor=290, cap_part=Fraction(34, 100)), [Fraction(290), Fraction(306), Fraction(304)]),
    ],
)
def test_exact_parts(key: Key, exact: list[Fraction]) -> None:
    answer = split(900, ABC, key)
    assert parts(answer) == exact
    assert sum(answer.shares.values()) == 900
    assert not check(answer)
    assert all(answer.explain(member, lang) for member in ABC for lang in ("fr", "en"))
    assert parts(split(-900, ABC, key)) == [-part for part in exact]


def test_why() -> None:
    assert split(385350, ABC, Equal()).explain("a") == (
        "un tiers de 3\u202f853,50\u00a0€\u00a0: 3 entreprises à parts égales",
    )
    assert split(385350, ABC, BY_M2).explain("b") == (
        "quatre neuvièmes de 3\u202f853,50\u00a0€\u00a0: 12\u00a0m² sur 27\u00a0m²",
        "environ 1\u202f712,667\u00a0€, arrondi à 1\u202f712,67\u00a0€ pour que la somme tombe juste",
    )
    turnover = ProRata({"a": Fraction(10000000), "b": Fraction(20000000), "c": Fraction(0)}, money=True)
    assert "100\u202f000,00\u00a0€ sur 300\u202f000,00\u00a0€" in split(900, ABC, turnover).explain("a")[0]
    mixed = Mix(((Fraction(3, 10), Equal()), (Fraction(7, 10), BY_M2)))
    assert split(100, ABC, mixed).explain("a")[1] == "un tiers de 0,30\u00a0€\u00a0: 3 entreprises à parts égales"
    assert any("d’environ" in sentence for sentence in split(101, ABC, mixed).explain("a"))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (ProRata({"a": Fraction(1), "b": Fraction(1)}), "c"),
        (ProRata({"a": Fraction(1), "b": Fraction(1), "c": Fraction(-1)}), "négatif"),
        (ProRata({"a": Fraction(0), "b": Fraction(0), "c": Fraction(0)}), "nuls"),
        (Fixed({"a": Fraction(50), "b": Fraction(50), "c": Fraction(1)}), "101"),
        (Tiers({"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}, ()), "tranches"),
        (Tiers({"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}, BANDS[::-1]), "tranches"),
        (Tiers({"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}, BANDS[:2]), "tranches"),
        (Mix(((Fraction(1, 2), Equal()),)), "mixte"),
        (FloorCap(Equal(), floor=400), "minimum"),
        (FloorCap(Equal(), cap=200), "maximum"),
        (FloorCap(Equal(), floor=350, cap=310), "minimum"),
        (FloorCap(ProRata({"a": Fraction(1), "b": Fraction(0), "c": Fraction(0)}), cap=500), "zéro"),
    ],
)
def test_a_key_that_does_not_fit_is_refused_in_a_sentence(key: Key, said: str) -> None:
    with pytest.raises(Unfit, match=said) as refused:
        split(900, ABC, key)
    assert refused.value.say("en")


@pytest.mark.parametrize("members", [(), ("a", "a")])
def test_members_are_distinct(members: tuple[str, ...]) -> None:
    with pytest.raises(Unfit):
        split(900, members, Equal())


figures = st.tuples(*[st.builds(Fraction, st.integers(0, 2000), st.integers(1, 20))] * 3).filter(any)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**6), figures, st.integers(0, 400_000), st.integers(0, 10**6))
def test_floor_and_cap_renormalise_exactly(
    total: int, figures: tuple[Fraction, Fraction, Fraction], floor: int, cap: int
) -> None:
    weights = dict(zip(ABC, figures, strict=True))
    try:
        answer = split(total, ABC, FloorCap(ProRata(weights), floor=floor, cap=cap))
    except Unfit:
        weighted = sum(cap if weight else floor for weight in figures)
        assert floor > cap or 3 * floor > total or weighted < total
        return
    exact = answer.exact
    assert sum(exact.values()) == total == sum(answer.shares.values())
    assert all(floor <= part <= cap for part in exact.values())
    free = [member for member in ABC if floor < exact[member] < cap]
    for one in free:
        for other in free:
            assert exact[one] * weights[other] == exact[other] * weights[one]
        for other in set(ABC) - set(free):
            if exact[other] == floor < cap:  # held up: its fair part is not more
                assert weights[other] * exact[one] <= floor * weights[one]
            elif floor < cap:  # held down
                assert weights[other] * exact[one] >= cap * weights[one]


@settings(deadline=None, max_examples=50)
@given(st.integers(-(10**7), 10**7), figures, st.permutations(ABC))
def test_order_of_members_changes_nothing(
    total: int, figures: tuple[Fraction, Fraction, Fraction], order: list[str]
) -> None:
    key = Mix(((Fraction(1, 4), Equal()), (Fraction(3, 4), ProRata(dict(zip(ABC, figures, strict=True))))))
    assert split(total, order, key).shares == split(total, ABC, key).shares
