"""Amounts as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.amounts import parse_cents, say_cents, say_exact, say_number, say_part


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12,50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        ("1 284,50", 128450),
        ("1\u202f284,50\u00a0€", 128450),
        ("1284,5", 128450),
        ("€3", 300),
        ("-0,01", -1),
        ("\u22125", -500),
        (" 7 ", 700),
    ],
)
def test_is_read(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text", ["12,345", "1.284,50", "1 28,50", "12 34", "", "€", "abc", "1e3", "٣", "--1", "12,", ",5", "1,2,3", "NaN"]
)
def test_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="montant en euros"):
        parse_cents(text)
    with pytest.raises(ValueError, match="amount in euros"):
        parse_cents(text, "en")


@settings(deadline=None, max_examples=100)
@given(st.integers(-(10**12), 10**12))
def test_what_is_said_in_french_is_read_back(cents: int) -> None:
    assert parse_cents(say_cents(cents)) == cents


def test_typography() -> None:
    assert say_cents(128450) == "1\u202f284,50\u00a0€"
    assert say_cents(-5) == "-0,05\u00a0€"
    assert say_cents(-123456789, "en") == "-€1,234,567.89"
    assert say_exact(Fraction(200)) == "2,00\u00a0€"
    assert say_exact(Fraction(-100, 3)) == "environ -0,333\u00a0€"
    assert say_number(Fraction(-1, 1000)) == "0"
    assert say_number(Fraction(19, 2)) == "9,5"


@pytest.mark.parametrize(
    ("part", "fr", "en"),
    [
        (Fraction(1), "la totalité", "the whole"),
        (Fraction(1, 2), "la moitié", "half"),
        (Fraction(2, 3), "deux tiers", "two thirds"),
        (Fraction(3, 4), "trois quarts", "three quarters"),
        (Fraction(1, 8), "un huitième", "one eighth"),
        (Fraction(1, 80), "1,25\u202f%", "1.25%"),
        (Fraction(0), "0\u202f%", "0%"),
        (Fraction(7, 24), "7/24 (29,17\u202f%)", "7/24 (29.17%)"),
        (Fraction(12345, 99991), "environ 12,35\u202f%", "about 12.35%"),
    ],
)
def test_parts(part: Fraction, fr: str, en: str) -> None:
    assert (say_part(part), say_part(part, "en")) == (fr, en)
