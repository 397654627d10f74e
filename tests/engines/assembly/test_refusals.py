"""What the law refuses: each refusal happens, names its clause and its question, and stops when the answer changes."""

from typing import Any

import pytest

from cordee.engines.assembly import assemble, document_type
from cordee.engines.assembly.rules import refusals
from tests.engines.assembly.more_cases import CASES

ALONE = {"alone": True, "alone_why": "Elle a les moyens"}
able = [{**one, **ALONE} for one in CASES["competition_note"]["members"]]

REFUSED: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("mandate", {"lead_elsewhere": True}, "lead_twice", "MA02", "lead_elsewhere"),
    ("gme_conjoint", {"lead_elsewhere": True}, "lead_twice", "GME03", "lead_elsewhere"),
    ("gme_solidaire", {"lead_directs_works": True}, "lead_directs_works", "GME07", "lead_directs_works"),
    ("client_offer", {"new_house": True, "plan_supplied_by_group": True}, "ccmi", "OF02", "plan_supplied_by_group"),
    ("cooperation_contract", {"debt_majority": "simple"}, "debt_not_unanimous", "C08", "debt_majority"),
    ("gme_conjoint", {"debt_majority": "two_thirds"}, "debt_not_unanimous", "GME10", "debt_majority"),
    ("internal_rules", {"debt_majority": "two_thirds"}, "debt_not_unanimous", "IR03", "debt_majority"),
    ("statutes_association", {"shares_surplus": True}, "association_shares", "AS02", "shares_surplus"),
    ("statutes_association", {"surplus_to": "members"}, "surplus_to_members", "AS16", "surplus_to"),
    ("statutes_gie", {"own_profit": True}, "gie_profit", "GI02", "own_profit"),
    ("statutes_employers_group", {"lends_outside": True}, "ge_lends_outside", "GE01", "lends_outside"),
    ("statutes_employers_group", {"real_users": 1}, "ge_single_user", "GE03", "real_users"),
    ("employee_sharing", {"has_margin": True}, "labour_margin", "ES08", "has_margin"),
    ("labour_loan", {"has_margin": True}, "labour_margin", "LL04", "has_margin"),
    ("labour_loan", {"employee_agrees": False}, "employee_refuses", "LL03", "employee_agrees"),
    (
        "shared_sales",
        {"members_compete": True, "prices_together": True},
        "prices_between_competitors",
        "SS05",
        "prices_together",
    ),
    ("client_offer", {"retention": 7}, "retention_too_high", "OF06", "retention"),
    (
        "brand_use",
        {"brand_kind": "guarantee", "holder_uses_brand": True},
        "guarantee_mark_neutral",
        "BR01",
        "holder_uses_brand",
    ),
    ("competition_note", {"side_effects": True}, "competition_red", "CN09", "side_effects"),
    ("competition_note", {"members": able, "has_efficiencies": False}, "competition_red", "CN09", "side_effects"),
]
WARNED: list[tuple[str, dict[str, Any], str]] = [
    ("employee_sharing", {"user_share": 81}, "fake_pooling"),
    ("sep_statutes", {"faces_consumers": True}, "sep_consumers"),
    ("competition_note", {"combined_share": 11}, "competition_amber"),
    ("competition_note", {"times_this_year": 3}, "competition_amber"),
    ("competition_note", {"same_trade_same_lot": True}, "competition_amber"),
]


@pytest.mark.parametrize(("slug", "change", "code", "clause", "variable"), REFUSED)
def test_the_law_refuses_with_its_clause_and_its_question(
    slug: str, change: dict[str, Any], code: str, clause: str, variable: str
) -> None:
    document = assemble(slug, {**CASES[slug], **change})
    found = {finding.code: finding for finding in document.contradictions}
    assert set(found) == {code}
    finding = found[code]
    assert (finding.clause, finding.variable, finding.severity) == (clause, variable, "refused")
    assert finding.source
    assert not document.complete
    title = next(one.title for one in document_type(slug).clauses if one.code == clause)
    for lang in ("fr", "en"):
        assert finding.reason(lang) != finding.way_out(lang)
        assert title[lang] in finding.place(lang)
        assert "question" in finding.place(lang)


@pytest.mark.parametrize(("slug", "change", "code"), WARNED)
def test_a_warning_does_not_stand_in_the_way(slug: str, change: dict[str, Any], code: str) -> None:
    document = assemble(slug, {**CASES[slug], **change})
    assert [finding.code for finding in document.warnings] == [code]
    assert not document.contradictions


def test_every_refusal_told_by_answers_is_tried_here() -> None:
    told = {code for code, one in refusals().items() if one.when}
    assert told == {code for _slug, _change, code, *_rest in REFUSED} | {code for *_rest, code in WARNED}


def test_shares_make_one_hundred() -> None:
    answers = CASES["statutes_gie"]
    uneven = [{**one, "share": 30} for one in answers["members"]]
    found = assemble("statutes_gie", {**answers, "members": uneven}).contradictions
    assert [(one.code, one.clause) for one in found] == [("shares_total", "GI05")]
    assert "90\u202f%" in found[0].reason()


def test_a_party_is_chosen_among_the_parties() -> None:
    found = assemble("exit_protocol", {**CASES["exit_protocol"], "liquidator": "nobody"}).contradictions
    assert [(one.code, one.clause, one.variable) for one in found] == [("not_a_party", "EX01", "liquidator")]
    asked = assemble("exit_protocol", {**CASES["exit_protocol"], "liquidator": ""}).missing
    assert [(one.kind, list(one.choices)) for one in asked] == [("choice", ["m0", "m1", "m2", "m3"])]


def test_a_secondment_is_signed_by_two() -> None:
    answers = {**CASES["employee_sharing"], "members": CASES["nda"]["members"]}
    assert [one.code for one in assemble("employee_sharing", answers).contradictions] == ["too_many"]


def test_a_defence_takes_fifteen_days() -> None:
    document = assemble("internal_rules", {**CASES["internal_rules"], "hearing_days": 5})
    assert [(one.code, one.variable) for one in document.contradictions] == [("out_of_bounds", "hearing_days")]
    assert "entre 15 et 60" in document.contradictions[0].reason()
