"""The text beside the rules the grouping lives by."""

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.assembly import LiveRules, against_rules, document_types, questions
from tests.engines.assembly.more_cases import CASES


def test_what_differs_is_told_with_its_article() -> None:
    rules = LiveRules(quorum="two_thirds", majority="simple", settle_days=45, convening_days=10, sharing_key="use")
    found = against_rules("cooperation_contract", CASES["cooperation_contract"], rules)
    assert {clash.variable: clash.clause for clash in found} == {
        "quorum": "C08",
        "settle_days": "C10",
        "convening_days": "C08",
        "sharing_key": "C10",
    }
    said = {clash.variable: clash for clash in found}
    assert said["quorum"].said() == (
        "Quorum\u00a0: le document dit\u00a0: la moitié au moins des membres (article «\u00a0Gouvernance et "
        "décisions\u00a0»)\u202f; les règles du groupement, les deux tiers au moins des membres."
    )
    assert "30 jours" in said["settle_days"].in_text
    assert "rules say 45 jours" in said["settle_days"].said("en")
    assert said["quorum"].way_out("fr") != said["quorum"].way_out("en")


def test_what_is_not_in_the_text_is_not_compared() -> None:
    assert against_rules("nda", CASES["nda"], LiveRules(quorum="half", withdrawal_months=9)) == ()
    small = against_rules("gme_conjoint", CASES["gme_conjoint"], LiveRules(annual_fee=1, quorum="unheard of"))
    assert small == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(document_types()), st.data())
def test_equal_rules_never_clash_and_silence_is_no_contradiction(slug: str, data: st.DataObject) -> None:
    assert against_rules(slug, CASES[slug], LiveRules()) == ()
    names = sorted(asdict(LiveRules()))
    defaults = {one.name: one.default for one in questions(slug) if one.name in names}
    same = {name: CASES[slug].get(name, default) for name, default in defaults.items()}
    chosen = data.draw(st.sets(st.sampled_from(names)))
    rules = LiveRules(**{name: value for name, value in same.items() if name in chosen})  # type: ignore[arg-type]
    assert against_rules(slug, CASES[slug], rules) == ()


def test_an_unknown_document_is_refused() -> None:
    with pytest.raises(ValueError, match="no document type"):
        against_rules("statutes_of_the_moon", {}, LiveRules())
