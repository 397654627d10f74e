"""The adviser on the legal form: it explains, scores and rules out; it never decides."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.assembly import document_types
from cordee.engines.assembly.words import typeset
from cordee.engines.legal_forms import NOTE, Advice, advise, recorded, rules

QUESTIONS = rules().questions
any_answers = st.fixed_dictionaries({}, optional={one.code: st.sampled_from(sorted(one.choices)) for one in QUESTIONS})

BID = {
    "companies": "three",
    "aim": "bid",
    "money": "none",
    "client": "each",
    "staff": "no",
    "time": "once",
    "answer_for": "own",
    "result": "no",
    "own_plan": "no",
    "soon": "weeks",
}


def first(answers: dict[str, str]) -> str:
    return advise(answers).fits[0].form.code


def excluded(advice: Advice) -> dict[str, list[str]]:
    return {one.form.code: [reason.question for reason in one.reasons] for one in advice.excluded}


def test_a_joint_bid_leads_to_a_several_consortium() -> None:
    advice = advise(BID)
    assert advice.fits[0].form.code == "gme_conjoint"
    assert "answer_for" in excluded(advice)["gme_solidaire"]
    assert "answer_for" in excluded(advice)["gie"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"aim": "talk", "money": "none", "client": "none", "soon": "days"}, "charter"),
        ({"aim": "project", "money": "costs", "result": "no", "answer_for": "own"}, "cooperation_contract"),
        ({"aim": "bid", "client": "whole", "answer_for": "all", "result": "no"}, "gme_solidaire"),
        ({"aim": "bid", "result": "yes", "money": "income", "time": "once"}, "sep"),
        ({"aim": "services", "staff": "common", "answer_for": "all", "time": "years", "soon": "months"}, "gie"),
        ({"aim": "employ", "staff": "shared", "result": "cost"}, "ge"),
        ({"aim": "promote", "answer_for": "stake", "result": "no"}, "association"),
        ({"aim": "houses", "own_plan": "yes", "trades": "yes", "companies": "many"}, "coop_artisanale"),
        ({"aim": "services", "others": "yes", "time": "lasting", "companies": "many"}, "scic"),
        ({"aim": "produce", "invest": "much", "result": "yes", "answer_for": "stake"}, "sas"),
        ({"aim": "brand", "staff": "no"}, "brand_license"),
        ({"aim": "sell", "staff": "no", "answer_for": "own", "result": "no", "client": "each"}, "sales_network"),
    ],
)
def test_each_form_has_its_case(answers: dict[str, str], code: str) -> None:
    assert first(answers) == code


def test_a_house_on_the_groups_plan_rules_out_every_consortium() -> None:
    found = excluded(advise({"aim": "houses", "own_plan": "yes"}))
    assert {"gme_conjoint", "gme_solidaire", "association"} <= set(found)
    assert "own_plan" in found["gme_conjoint"]


def test_grave_liabilities_are_those_of_the_law() -> None:
    assert {one.code for one in rules().forms if one.is_grave} == {"gme_solidaire", "sep", "gie", "ge"}


@settings(max_examples=300, deadline=None)
@given(any_answers)
def test_every_form_once_and_scores_explained(answers: dict[str, str]) -> None:
    advice = advise(answers)
    codes = [one.form.code for one in advice.fits] + [one.form.code for one in advice.excluded]
    assert sorted(codes) == sorted(one.code for one in rules().forms)
    for fit in advice.fits:
        assert 0 <= fit.score <= 100
        assert fit.points == sum(reason.points for reason in fit.reasons)
        assert all(reason.question in answers and reason.points for reason in fit.reasons)
    assert [one.score for one in advice.fits] == sorted((one.score for one in advice.fits), reverse=True)
    for out in advice.excluded:
        assert out.reasons
        assert all(reason.question in answers for reason in out.reasons)
    assert set(advice.unanswered) == {one.code for one in QUESTIONS} - set(answers)


@settings(max_examples=150, deadline=None)
@given(any_answers, any_answers)
def test_one_answer_more_never_brings_a_form_back(some: dict[str, str], more: dict[str, str]) -> None:
    assert set(excluded(advise(some))) <= set(excluded(advise({**more, **some})))


@settings(max_examples=40, deadline=None)
@given(any_answers)
def test_what_is_kept_is_plain_and_whole(answers: dict[str, str]) -> None:
    kept = recorded(advise(answers))
    assert json.loads(json.dumps(kept)) == kept
    assert kept["version"] == rules().version
    assert len(kept["fits"]) + len(kept["excluded"]) == len(rules().forms)


@pytest.mark.parametrize("answers", [{"aim": "conquer"}, {"weather": "fine"}])
def test_an_unknown_answer_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no answer"):
        advise(answers)


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no legal form"):
        rules().form("guild")


def test_the_data_is_whole_and_well_set() -> None:
    assert 12 <= len(QUESTIONS) <= 16
    assert rules().version >= 1
    said = [NOTE, *(one.label for one in QUESTIONS), *(words for one in QUESTIONS for words in one.choices.values())]
    for form in rules().forms:
        said += [form.name, form.summary, form.liability, form.cost, form.delay, *form.formalities]
        said += [rule.said for rule in (*form.rules, *form.excludes)]
        assert set(form.documents) <= set(document_types())
        assert form.source
        assert form.most > 0
        assert form.cost_cents[0] <= form.cost_cents[1]
        assert form.delay_days[0] <= form.delay_days[1]
        assert form.excludes
    for words in said:
        assert words["fr"] == typeset(words["fr"])
        assert words["en"]
    asked = {rule.question for form in rules().forms for rule in (*form.rules, *form.excludes)}
    assert asked == {one.code for one in QUESTIONS}
