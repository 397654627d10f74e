"""The twelve-point note, and the levels of confidentiality."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.competition import LEVELS, Answers, Rival, judge, may_read, point_label, say
from cordee.engines.competition.levels import Reader

A, B, C = (
    Rival(one, f"Maison {one}", (lot,), "no", "trop petite") for one, lot in (("a", "1"), ("b", "2"), ("c", "3"))
)
FULL = Answers(
    market="Travaux de second œuvre, Hérault",
    members=(A, B, C),
    competitors=(),
    smaller="no",
    smaller_why="Trois métiers différents.",
    share=Fraction(3, 100),
    rivals_left=9,
    gains="Un seul interlocuteur, deux mois de moins.",
    information="Plannings et prix de chaque lot, à l’assembleur seul.",
    free_elsewhere="yes",
    limited="yes",
    assembler="Inès Roux",
    signed=frozenset("abc"),
)


def test_complementary_companies_are_green_and_open() -> None:
    found = judge(FULL)
    assert (found.colour, found.missing, found.stops, found.lawyer, found.open) == ("green", (), (), False, True)


def test_rivals_who_could_each_bid_alone_are_stopped_without_a_gain() -> None:
    strong = (replace(A, alone="yes", lots=("1",)), replace(B, alone="yes", lots=("1",)), C)
    note = replace(FULL, members=strong, competitors=(("b", "a"),))
    assert judge(replace(note, gains="")).colour == "red"
    found = judge(note)
    assert (found.colour, found.lawyer, found.missing, found.open) == ("amber", True, (11,), False)
    assert judge(replace(note, lawyer="Me Durand, 3 mars : possible")).open


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"free_elsewhere": "no"}, "not-free"),
        ({"limited": "no"}, "unlimited"),
        ({"smaller": "yes", "smaller_why": ""}, "smaller"),
    ],
)
def test_what_stops(change: dict[str, str], code: str) -> None:
    found = judge(replace(FULL, **change))  # type: ignore[arg-type]
    assert (found.colour, [one.code for one in found.stops], found.open) == ("red", [code], False)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"share": Fraction(11, 100)}, True),
        ({"share": Fraction(10, 100)}, False),
        ({"bidders": Fraction(51, 100)}, True),
        ({"times_this_year": 3}, True),
        ({"times_this_year": 2}, False),
    ],
)
def test_when_a_lawyer_must_read(change: dict[str, object], asked: bool) -> None:
    assert judge(replace(FULL, **change)).lawyer is asked  # type: ignore[arg-type]


def test_everybody_signs_and_nobody_is_assumed() -> None:
    found = judge(replace(FULL, signed=frozenset("ab"), competitors=None))
    assert (found.unsigned, found.open) == (("Maison c",), False)
    assert 2 in found.missing
    assert judge(Answers(members=(A, B, C))).missing == (1, 2, 4, 5, 6, 7, 8, 9, 10)


def test_every_reason_is_said_in_both_languages() -> None:
    note = replace(
        FULL, members=(replace(A, alone="yes"), replace(B, alone="yes", lots=("1",))), competitors=(("a", "b"),)
    )
    bad = replace(note, gains="", free_elsewhere="no", limited="no", smaller="yes", smaller_why="")
    for each in (note, bad, replace(FULL, competitors=None)):
        found = judge(each)
        for one in (*found.stops, *found.cautions):
            assert say(one)[0].isupper()
            assert say(one, "en") != say(one)
    assert point_label(3).endswith("\u202f?")


@given(st.sampled_from(list(LEVELS)), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_prices_are_read_by_their_owner_and_the_assembler_only(level: str, a: bool, b: bool, c: bool, d: bool) -> None:
    reader = Reader(a, b, c, d)
    assert may_read(level, replace(reader, owner=True))  # type: ignore[arg-type]
    assert may_read("C4", reader) is d
    assert not may_read("C5", reader)
