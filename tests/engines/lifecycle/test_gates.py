from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.lifecycle import (
    CHECKLIST,
    STAGES,
    Facts,
    gate,
    minimum,
    say_minimum,
    say_point,
    say_role,
    step_back,
    to_closed,
    to_collective,
    to_committed,
    to_winding_up,
    ways,
)

EXCHANGE = Facts(companies=3, independent=3, purpose=True, facilitator=True)
COLLECTIVE = replace(
    EXCHANGE,
    stage="collective",
    end_condition=True,
    lead_decided=True,
    rules_chosen=True,
    shared=True,
    sharing_key=True,
    to_sign=3,
    signed=3,
)
WINDING_UP = Facts(
    "winding_up",
    companies=3,
    independent=3,
    settled=frozenset(CHECKLIST),
    statements_accepted=3,
    closing_voted=True,
)


def missing(report):
    return [point.code for point in report.missing]


def test_three_companies_a_purpose_and_a_facilitator_make_a_collective():
    report = to_collective(EXCHANGE)
    assert report.open
    assert report.kind == "groupement"


def test_two_companies_live_as_a_partenariat():
    report = to_collective(replace(EXCHANGE, companies=2, independent=2))
    assert report.open
    assert report.kind == "partenariat"
    said = [say_point(point) for point in report.points]
    assert "2 entreprises ont accepté\u00a0: c’est un partenariat\u202f; une troisième en ferait un groupement." in said


def test_linked_companies_are_not_counted_twice():
    report = to_collective(replace(EXCHANGE, companies=4, independent=2))
    assert report.kind == "partenariat"
    assert "4 entreprises ont accepté, 2 comptent comme indépendantes" in " ".join(map(say_point, report.points))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"companies": 1, "independent": 1}, "companies"),
        ({"purpose": False}, "purpose"),
        ({"facilitator": False}, "facilitator"),
        ({"paused": True}, "resumed"),
    ],
)
def test_what_an_exchange_misses(change, code):
    report = to_collective(replace(EXCHANGE, **change))
    assert not report.open
    assert missing(report) == [code]
    assert report.points[0].code == code


def test_advice_never_shuts_a_gate_and_stands_before_what_holds():
    report = to_collective(EXCHANGE)
    assert report.points[0].code == "necessity"
    assert not report.points[0].holds
    assert report.open


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"companies": 2, "independent": 2, "to_sign": 2, "signed": 2}, "companies", "Il manque 1 entreprise"),
        ({"independent": 2}, "companies", "mais 2 seulement comptent comme indépendantes (il en faut 3)"),
        ({"purpose": False}, "purpose", "Écrivez le but"),
        ({"end_condition": False}, "end_condition", "Écrivez à quoi vous saurez que c’est fini"),
        ({"lead_decided": False}, "lead", "Désignez par une décision"),
        ({"rules_chosen": False}, "rules", "Choisissez les règles de vote"),
        ({"sharing_key": False}, "sharing_key", "Adoptez la clé de répartition"),
        ({"signed": 1}, "signatures", "1 signature sur 3\u00a0: il en manque 2."),
        ({"signed": 0, "to_sign": 0}, "signatures", "Préparez la convention"),
        ({"signed": 2, "to_sign": 2}, "signatures", "ne nomme que 2 entreprises sur 3"),
    ],
)
def test_what_a_collective_misses(change, code, said):
    report = to_committed(replace(COLLECTIVE, **change))
    assert missing(report) == [code]
    assert said in say_point(report.points[0])


def test_a_collective_with_everything_commits():
    assert to_committed(COLLECTIVE).open


def test_no_key_is_asked_for_where_nothing_is_shared():
    report = to_committed(replace(COLLECTIVE, shared=False, sharing_key=False))
    assert report.open
    assert "sharing_key" not in [point.code for point in report.points]


def test_two_who_chose_a_partenariat_commit_as_two():
    two = replace(COLLECTIVE, companies=2, independent=2, to_sign=2, signed=2)
    assert not to_committed(two).open
    assert to_committed(replace(two, partnership=True)).open


def test_winding_up_needs_a_vote_and_somebody_in_charge():
    facts = Facts("committed", companies=3, independent=3)
    assert missing(to_winding_up(facts)) == ["winding_up_vote", "winding_up_lead"]
    assert to_winding_up(replace(facts, winding_up_voted=True, winding_up_lead=True)).open


@pytest.mark.parametrize("item", CHECKLIST)
def test_every_item_of_the_checklist_shuts_the_last_gate(item):
    report = to_closed(replace(WINDING_UP, settled=frozenset(CHECKLIST) - {item}))
    assert missing(report) == [f"settled.{item}"]
    assert report.points[0].where == f"groupings.winding_up.{item}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"statements_accepted": 2}, "statements"),
        ({"common_money": True}, "no_common_money"),
        ({"open_ballots": 1}, "no_open_ballot"),
        ({"open_papers": 2}, "no_open_paper"),
        ({"closing_voted": False}, "closing_vote"),
    ],
)
def test_what_else_is_left_before_the_archive(change, code):
    assert to_closed(WINDING_UP).open
    assert missing(to_closed(replace(WINDING_UP, **change))) == [code]


@pytest.mark.parametrize("stage", ["exchange", "collective"])
def test_informal_stages_stop_without_paper(stage):
    assert gate(Facts(stage), "closed").open
    assert missing(gate(Facts(stage, common_money=True), "closed")) == ["no_common_money"]
    assert missing(gate(Facts(stage, open_papers=1), "closed")) == ["no_open_paper"]


def test_the_way_back():
    assert step_back(Facts("collective")).open
    assert missing(step_back(Facts("committed"))) == ["step_back_vote"]
    assert step_back(Facts("committed", step_back_voted=True)).to == "collective"
    again = Facts("winding_up", companies=2, independent=2, step_back_voted=True)
    assert missing(step_back(again)) == ["companies"]
    for stage in ("exchange", "closed"):
        with pytest.raises(ValueError, match="no way back"):
            step_back(Facts(stage))


def test_there_is_no_other_way():
    assert ways("closed") == ()
    with pytest.raises(ValueError, match="no way from exchange to committed"):
        gate(EXCHANGE, "committed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"companies": -1},
        {"companies": 1, "independent": 2},
        {"to_sign": 1, "signed": 2},
        {"settled": frozenset({"furniture"})},
        {"open_ballots": -1},
    ],
)
def test_facts_that_cannot_be(wrong):
    with pytest.raises(ValueError, match=r"negative|more|no such item"):
        Facts(**wrong)


FACTS = st.builds(
    lambda stage, companies, apart, to_sign, left, settled, flags, ballots: Facts(
        stage,
        companies=companies,
        independent=max(companies - apart, 0),
        to_sign=to_sign,
        signed=max(to_sign - left, 0),
        settled=frozenset(settled),
        open_ballots=ballots,
        **flags,
    ),
    st.sampled_from(STAGES),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 5),
    st.integers(0, 3),
    st.sets(st.sampled_from(CHECKLIST)),
    st.fixed_dictionaries(
        {
            name: st.booleans()
            for name in ("paused", "partnership", "purpose", "end_condition", "facilitator", "lead_decided")
        }
    ),
    st.integers(0, 2),
)


@given(FACTS)
@settings(deadline=None, max_examples=150, derandomize=True)
def test_every_gate_shows_missing_points_first_and_has_words_for_all(facts):
    for to in ways(facts.stage):
        report = gate(facts, to)
        holds = [point.holds for point in report.points]
        assert holds == sorted(holds)
        assert report.open == (not report.missing)
        for point in report.points:
            assert say_point(point, "fr") != say_point(point, "en")
            assert say_role(point.who)
            assert "." in point.where
        if facts.paused:
            assert not report.open


@given(FACTS)
@settings(deadline=None, max_examples=150, derandomize=True)
def test_one_company_is_never_enough(facts):
    if facts.independent < 2:
        assert not to_collective(facts).open
        assert not to_committed(facts).open


TWO_LEFT = Facts("committed", companies=2, independent=2)


def test_under_three_there_are_ninety_days():
    found = minimum(TWO_LEFT, date(2026, 1, 1), date(2026, 4, 1))
    assert (found.state, found.deadline, found.days_left) == ("below_minimum", date(2026, 4, 1), 0)
    assert minimum(TWO_LEFT, date(2026, 1, 1), date(2026, 4, 2)).state == "overdue"
    assert say_minimum(found) == (
        "Il ne reste pas assez d’entreprises. Vous avez jusqu’au 01/04/2026 (0 jour) pour décider\u00a0: "
        "accueillir une entreprise\u202f; ou continuer à deux, en partenariat\u202f; ou terminer le groupement."
    )


def test_alone_one_cannot_go_on_as_two():
    alone = Facts("committed", companies=1, independent=1)
    assert minimum(alone, None, date(2026, 1, 1)).ways == ("recruit", "wind_up")


@pytest.mark.parametrize(
    "facts",
    [replace(TWO_LEFT, partnership=True), replace(TWO_LEFT, stage="collective"), Facts("committed", False, 3, 3)],
)
def test_enough_companies(facts):
    assert minimum(facts, None, date(2026, 1, 1)).state == "enough"
