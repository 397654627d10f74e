"""What a code matches, how closely, and what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.trades import (
    Strength,
    all_trades,
    answers,
    company_trades,
    read_cpv,
    read_lot,
    trades_for_cpv,
    trades_for_naf,
)
from cordee.engines.trades.codes import clean_cpv, clean_naf, stem
from cordee.engines.trades.table import Reach

CPVS = st.sampled_from([link.code for one in all_trades() for link in one.cpv])
NAFS = st.sampled_from([link.code for one in all_trades() for link in one.naf])
ANY_CPV = st.from_regex(r"[0-9]{8}", fullmatch=True) | CPVS


def by_strength(code: str) -> dict[str, str]:
    return {match.trade.slug: match.strength.name for match in trades_for_cpv(code)}


def test_the_most_precise_fact_is_exact_and_wider_ones_are_close() -> None:
    assert by_strength("45331000") == {"chauffage-ventilation": "EXACT", "plomberie": "CLOSE", "froid": "RELATED"}


def test_beneath_a_stated_code_the_trade_still_answers() -> None:
    assert trades_for_cpv("45311200")[0].trade.slug == "electricite"
    assert trades_for_cpv("45311200")[0].stated == "45311000"


def test_a_general_code_makes_nobody_eligible() -> None:
    for code in ("45000000", "45200000", "45400000", "79000000", "50000000"):
        reading = read_cpv(code)
        assert reading.kind == "general", code
        assert reading.matches == ()
        assert len(reading.beneath) > 3
        assert answers(code, naf="43.21A", trades=["electricite", "plomberie", "peinture"]) == ()
    assert "métier à préciser" in read_cpv("45000000").text()
    assert "trade to be specified" in read_cpv("45000000").text("en")


def test_a_code_of_its_own_does_not_claim_what_lies_beneath() -> None:
    # « Équipement électrique » is the electrician's, the lifts beneath it are not.
    assert by_strength("45310000")["electricite"] == "EXACT"
    assert "electricite" not in by_strength("45313100")


def test_a_place_without_trade_says_so() -> None:
    assert read_cpv("76400000").kind == "unlinked"
    assert "Aucun métier" in read_cpv("76400000").text()


def test_naf_gives_its_trades() -> None:
    assert [(m.trade.slug, m.strength.name) for m in trades_for_naf("4334Z")][:2] == [
        ("peinture", "EXACT"),
        ("vitrerie", "EXACT"),
    ]
    assert {m.strength for m in trades_for_naf("43.99D")} == {Strength.CLOSE}
    assert trades_for_naf("88.99B") == ()


def test_a_company_answers_by_its_naf_or_by_the_trade_it_declares() -> None:
    by_naf = answers("45310000", naf="4321A")
    assert (by_naf[0].trade.slug, by_naf[0].strength) == ("electricite", Strength.EXACT)
    assert by_naf[0].text() == "Votre code NAF 43.21A répond au CPV 45310000 (métier\u00a0: Électricité du bâtiment)."
    assert by_naf[0].text("en") == "Your NAF code 43.21A answers CPV 45310000 (trade: Electrical installation)."
    declared = answers("45310000", naf="88.99B", trades=["electricite"])
    assert declared[0].naf is None
    assert declared[0].text().startswith("Votre métier «")
    assert answers("45310000", naf="81.30Z", trades=["paysage"]) == ()


def test_a_tie_is_as_strong_as_its_weaker_half() -> None:
    # Ascenseurs: the CPV is exact, but 43.29B only holds some lift companies.
    found = answers("50750000", naf="43.29B")
    assert [(one.trade.slug, one.strength.name) for one in found] == [("ascenseurs", "CLOSE")]


@pytest.mark.parametrize("text", ["", "4531", "453100001", "45310000-33", "4531000a", "٤٥٣١٠٠٠٠", "²²²²²²²²"])
def test_a_malformed_cpv_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pas un code CPV"):
        trades_for_cpv(text)


@pytest.mark.parametrize("text", ["", "43.21", "57.10", "A4321", "43.2.1A", "４３.21A"])
def test_a_malformed_naf_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pas un code NAF"):
        trades_for_naf(text)


@given(st.text(max_size=20))
def test_codes_are_cleaned_or_refused(text: str) -> None:
    for clean in (clean_cpv, clean_naf):
        try:
            cleaned = clean(text)
        except ValueError:
            continue
        assert clean(cleaned) == cleaned


@given(ANY_CPV)
def test_a_match_quotes_a_fact_that_covers_it_or_lies_beneath(code: str) -> None:
    for match in trades_for_cpv(code):
        stated = {link.code: link.reach for link in match.trade.cpv}
        asked, at = stem(code), stem(match.stated)
        assert match.stated in stated
        assert asked.startswith(at) or at.startswith(asked)
        assert match.text()
        assert match.text("en")
        if match.strength is Strength.EXACT:
            assert asked == at or stated[match.stated] is Reach.OWN


@given(st.integers(0, 99))
def test_a_division_never_names_a_trade(division: int) -> None:
    assert trades_for_cpv(f"{division:02d}000000") == ()


@given(ANY_CPV)
def test_matches_come_closest_first_one_per_trade(code: str) -> None:
    matches = trades_for_cpv(code)
    assert [m.strength for m in matches] == sorted((m.strength for m in matches), reverse=True)
    assert len({m.trade.slug for m in matches}) == len(matches)


@given(ANY_CPV, NAFS, st.lists(st.sampled_from([one.slug for one in all_trades()]), max_size=4))
def test_an_answer_is_earned_by_a_trade(code: str, naf: str, declared: list[str]) -> None:
    theirs = {m.trade.slug: m.strength for m in trades_for_naf(naf)}
    for answer in answers(code, naf=naf, trades=declared):
        assert answer.trade.slug in {*theirs, *declared}
        assert answer.strength <= answer.cpv.strength
        if answer.naf:
            assert answer.strength == min(answer.cpv.strength, theirs[answer.trade.slug])
        assert answer.text()
        assert answer.text("en")


def test_the_title_of_a_works_lot_tells_the_trade_its_code_hides() -> None:
    reading = read_lot(["45000000"], "Lot n° 7 – Menuiseries extérieures aluminium")
    assert "menuiserie-alu" in {m.trade.slug for m in reading.matches}
    assert all(m.strength is Strength.CLOSE for m in reading.matches)
    assert not reading.to_specify
    school = read_lot(["45214200"], "Lot 3 : Plomberie")
    assert [m.trade.slug for m in school.matches][:1] == ["entreprise-generale"]
    whole = {m.trade.slug: m.reason for m in read_lot(["45210000"], "Lot 3 : Plomberie").matches}
    assert whole["entreprise-generale"] == "cpv_own"
    assert whole["plomberie"] == "cpv_named"


def test_a_lot_that_tells_nothing_is_to_be_specified() -> None:
    assert read_lot(["45000000"], "Lot unique").to_specify
    assert "45000000" in read_lot(["45000000"], "Lot unique").text()
    assert read_lot([], "").to_specify
    assert read_lot(["nonsense"], "Plomberie").to_specify


@given(
    st.lists(ANY_CPV, max_size=3), st.sampled_from(["", "Plomberie", "Lot 2 : peinture"]), st.lists(ANY_CPV, max_size=2)
)
def test_what_the_whole_procurement_names_counts_less(own: list[str], title: str, general: list[str]) -> None:
    alone = {m.trade.slug: m.strength for m in read_lot(own, title).matches}
    named = {m.trade.slug for m in read_lot(general, title).matches if m.reason == "cpv_named"}
    for match in read_lot(own, title, general).matches:
        assert match.strength >= alone.get(match.trade.slug, match.strength)
        if max(alone.values(), default=0) >= Strength.CLOSE and match.trade.slug not in {*alone, *named}:
            assert match.strength is Strength.RELATED


@given(st.lists(ANY_CPV | st.text(max_size=9), max_size=4), st.text(max_size=60))
def test_any_lot_is_read(codes: list[str], title: str) -> None:
    reading = read_lot(codes, title)
    assert reading.to_specify == (not any(m.strength >= Strength.CLOSE for m in reading.matches))
    assert reading.text()
    for match in reading.matches:
        if match.reason == "cpv_named":
            assert match.strength is Strength.CLOSE
            assert any(link.code[:2] == match.code[:2] for link in match.trade.cpv)


@given(st.lists(st.sampled_from([one.slug for one in all_trades()]), max_size=4), st.lists(NAFS, max_size=4))
def test_a_company_has_the_trades_it_declares_and_those_of_its_codes(declared: list[str], nafs: list[str]) -> None:
    found = company_trades(declared, nafs)
    assert all(found[slug] is Strength.EXACT for slug in declared)
    by_code = {m.trade.slug: m.strength for naf in nafs for m in trades_for_naf(naf)}
    assert set(found) == {*declared, *by_code}
    assert all(strength >= by_code.get(slug, strength) for slug, strength in found.items())
