"""Turns of presence: rules never broken, companies by their parts, the best there is by trying everything."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.rota import Hand, Rota, Slot, Turn, broken, explain, plan_turns, say_broken

DAY = date(2027, 3, 16)
HOURS = ((540, 660), (660, 780), (780, 900), (900, 1020), (1020, 1080))


def slots(need: int = 1, hours: tuple[tuple[int, int], ...] = HOURS, days: int = 1) -> tuple[Slot, ...]:
    return tuple(
        Slot(f"{d}-{n}", DAY.replace(day=16 + d), start, end, need)
        for d in range(days)
        for n, (start, end) in enumerate(hours)
    )


KEYS = [one.key for one in slots()]
people = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.frozensets(st.sampled_from(KEYS), max_size=3),
        st.frozensets(st.sampled_from(KEYS), max_size=3),
    ),
    min_size=1,
    max_size=4,
).map(lambda all_: tuple(Hand(f"h{n}", f"P{n}", *one) for n, one in enumerate(all_)))


@settings(max_examples=40)
@given(people, st.integers(1, 2), st.integers(120, 300), st.integers(120, 600), st.integers(0, 3))
def test_rules_are_never_broken(hands: tuple[Hand, ...], need: int, in_row: int, day_most: int, part: int) -> None:
    weights = {"A": Fraction(1), "B": Fraction(part)}
    rota = Rota(slots(need), hands, weights, in_row=in_row, day_most=day_most)
    found = plan_turns(rota)
    wrong = broken(rota, found.turns)
    assert {one.code for one in wrong} <= {"missing"}
    assert sum(one["n"] for one in wrong) == found.levels[0].value  # type: ignore[misc]
    assert found.proven
    assert sum(found.minutes.values()) == sum({s.key: s.length for s in rota.slots}[t.slot] for t in found.turns)
    for lang in ("fr", "en"):
        assert all("{" not in text for text in explain(rota, found, lang))  # type: ignore[arg-type]


@settings(max_examples=15)
@given(people.filter(lambda hands: len(hands) <= 2), st.integers(1, 3))
def test_nothing_better_exists(hands: tuple[Hand, ...], part: int) -> None:
    rota = Rota(slots(1, HOURS[:4]), hands, {"A": Fraction(1), "B": Fraction(part)}, in_row=240)
    fair = rota.fair()

    def worth(choice: tuple[Turn, ...]) -> tuple[int, int, int] | None:
        wrong = broken(rota, choice)
        if any(one.code != "missing" for one in wrong):
            return None
        held = {"A": 0, "B": 0}
        for turn in choice:
            hand = next(one for one in hands if one.key == turn.hand)
            held[hand.member] += next(one.length for one in rota.slots if one.key == turn.slot)
        uneven = max(-(-abs(held[member] - fair[member]) // 1) for member in held)
        unwished = sum(turn.slot in next(one for one in hands if one.key == turn.hand).rather_not for turn in choice)
        return sum(int(str(one["n"])) for one in wrong), int(uneven), unwished

    choices = product([None, *(one.key for one in hands)], repeat=4)
    every = [
        worth(tuple(Turn(slot.key, hand) for slot, hand in zip(rota.slots, choice, strict=True) if hand))
        for choice in choices
    ]
    best = min(one for one in every if one is not None)
    found = plan_turns(rota)
    assert tuple(level.value for level in found.levels) == best


def test_a_fair_of_three_days_with_four_companies_is_planned_at_once() -> None:
    hands = tuple(Hand(f"{m}{n}", f"{m}{n}", m, frozenset({"1-2"} if n else ())) for m in "ABCD" for n in range(2))
    weights = {"A": Fraction(6), "B": Fraction(4), "C": Fraction(4), "D": Fraction(4)}
    rota = Rota(slots(2, days=3), hands, weights, names={"A": "Menuiserie Fabrègues"})
    found = plan_turns(rota)
    assert found.proven
    assert found.levels[0].value == 0
    assert found.levels[1].value <= 60
    assert any(text.startswith("Menuiserie Fabrègues") for text in explain(rota, found))


def test_turns_changed_by_hand_are_judged() -> None:
    rota = Rota(slots(1), (Hand("a", "Anne", "A", frozenset({"0-4"})),), {"A": Fraction(1)}, in_row=240, day_most=360)
    said = [say_broken(rota, one) for one in broken(rota, [Turn(key, "a") for key in (*KEYS, KEYS[0])])]
    assert "Anne a dit ne pas pouvoir être là mardi 16 mars, de 17 h à 18 h." in said
    assert any("d’affilée" in text for text in said)
    assert any("la limite est de 6 h" in text for text in said)
    assert any("deux endroits" in text for text in said)
    assert any("de trop" in text for text in said)
    with pytest.raises(ValueError, match="unknown"):
        broken(rota, [Turn("never", "a")])


@pytest.mark.parametrize(
    "wrong",
    [
        {"slots": slots() * 2},
        {"slots": (Slot("x", DAY, 600, 600),)},
        {"hands": (Hand("a", "Anne", "Z"),)},
        {"weights": {"A": Fraction(0)}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    right: dict[str, object] = {"slots": slots(), "hands": (), "weights": {"A": Fraction(1)}}
    with pytest.raises(ValueError, match=r"same key|ends after|without a part|not negative"):
        Rota(**{**right, **wrong})  # type: ignore[arg-type]
