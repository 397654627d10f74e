"""Codes, amounts and dates, brought to one form."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.notices import Lot, Money, Organisation, values
from cordee.engines.notices.awards import award_of
from cordee.engines.notices.lots import lot_named, with_unique_ids


@given(cents=st.integers(0, 10**15))
def test_an_amount_written_and_read_is_the_same(cents: int) -> None:
    assert values.money(Money(cents, "EUR").decimal, "EUR") == Money(cents, "EUR")


@given(whole=st.integers(0, 10**12), fraction=st.text("0123456789", min_size=1, max_size=8))
def test_an_amount_is_within_half_a_cent(whole: int, fraction: str) -> None:
    money = values.money(f"{whole}.{fraction}", "EUR")
    assert money is not None
    assert abs(Fraction(f"{whole}.{fraction}") * 100 - money.cents) <= Fraction(1, 2)


@pytest.mark.parametrize("written", ["", "abc", "-5", "1e9", "NaN", "1.2.3", "٣", "9" * 40, None])
def test_what_is_not_an_amount_is_none_never_zero(written: str | None) -> None:
    assert values.money(written, "EUR") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("316 141 993 00030", "316141993"),
        ("SIREN: 422 889 469", "422889469"),
        ("FR40303265045", "303265045"),
        ("35600000000048", "356000000"),
        ("316141993000301", None),
        ("316141994", None),
        ("000000000", None),
        ("représentée par la SARL", None),
    ],
)
def test_siren(written: str, expected: str | None) -> None:
    assert values.siren(written, "FR") == expected


@given(st.integers(0, 10**8 - 1))
def test_one_wrong_digit_is_no_siren(stem: int) -> None:
    valid = next(n for n in (f"{stem:08d}{last}" for last in range(10)) if values.siren(n) or n == "0" * 9)
    for place in range(9):
        wrong = valid[:place] + str((int(valid[place]) + 1) % 10) + valid[place + 1 :]
        assert values.siren(wrong) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-08-08+02:00", date(2023, 8, 8)),
        ("20210506", date(2021, 5, 6)),
        ("2023-02-30", None),
        ("08/08/2023", None),
        ("²023-01-01", None),
    ],
)
def test_day(written: str, expected: date | None) -> None:
    assert values.day(written) == expected


def test_a_limit_without_hour_is_a_day() -> None:
    moment = values.moment("2024-03-18+01:00", None)
    assert moment is not None
    assert (moment.iso, moment.offset_iso) == ("2024-03-18", None)


@pytest.mark.parametrize(
    ("stated", "title", "found"),
    [("2", None, "02"), ("LOT-0002", None, "02"), ("Lot n°2 : Peinture", None, "02"), ("0", "lot 1 : Nord", "01")],
)
def test_the_lot_an_award_names(stated: str, title: str | None, found: str) -> None:
    assert lot_named(stated, [Lot("01", "1"), Lot("02", "2")], title) == found


def test_a_lot_that_is_not_there_is_told_as_it_stands() -> None:
    assert lot_named("9", [Lot("01", "1"), Lot("02", "2")]) == "9"
    assert lot_named(None, [Lot("01", "1"), Lot("02", "2")]) is None


@given(st.lists(st.sampled_from(["1", "1-2", "2", "?"]), max_size=12))
def test_ids_are_unique_and_lots_are_kept(ids: list[str]) -> None:
    lots = with_unique_ids([Lot(one, title=str(place)) for place, one in enumerate(ids)])
    assert len({lot.id for lot in lots}) == len(ids)
    assert [lot.title for lot in lots] == [str(place) for place in range(len(ids))]


@given(names=st.lists(st.sampled_from(["A", "B (mandataire)", "C"]), min_size=1, max_size=5), stated=st.integers(0, 6))
def test_exactly_one_member_leads(names: list[str], stated: int) -> None:
    award = award_of(None, [Organisation(name) for name in names], grouping=True, stated_lead=stated)
    leads = [place for place, member in enumerate(award.members) if member.lead]
    assert len(leads) == 1
    assert (award.lead_basis == "stated") == (stated < len(names))
    if award.lead_basis == "named":
        assert "mandataire" in names[leads[0]]
