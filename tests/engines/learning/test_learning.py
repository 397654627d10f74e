"""Comparing without names, the self-test, reports."""

import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cordee.engines.learning import (
    BAROMETER,
    FEWEST,
    PRACTICES,
    QUESTIONS,
    Sheet,
    advise,
    as_card,
    as_pdf,
    as_spreadsheet,
    compare,
    quarter_of,
)

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
POINTS = st.lists(st.integers(1, 5), max_size=40)


@given(POINTS)
def test_nothing_is_said_of_few_and_the_middle_lies_between(others: list[int]) -> None:
    told = compare(others)
    assert (told is None) == (len(others) < FEWEST)
    if told:
        assert 2 * min(others) <= told.low <= told.middle <= told.high <= 2 * max(others)
        assert told == compare(sorted(others, reverse=True))


def test_the_middle_of_a_plain_case() -> None:
    told = compare([1, 1, 3, 5, 5])
    assert told is not None
    assert told.halves == (2, 6, 10)


ANSWERS = st.fixed_dictionaries({one.slug: st.sampled_from([c.slug for c in one.choices]) for one in QUESTIONS})
RANK = {"no": 0, "maybe": 1, "yes": 2}


@settings(max_examples=60)
@given(ANSWERS, st.sampled_from(QUESTIONS))
def test_one_more_reason_never_weakens_the_advice(answers: dict[str, str], asked) -> None:  # type: ignore[no-untyped-def]
    before = advise(answers)
    chosen = next(one for one in asked.choices if one.slug == answers[asked.slug])
    for better in asked.choices:
        if better.need >= chosen.need:
            after = advise({**answers, asked.slug: better.slug})
            assert RANK[after.verdict] >= RANK[before.verdict]
    assert before.first
    assert before.title
    assert advise(answers, "en").verdict == before.verdict


def test_somebody_who_needs_nothing_is_told_so() -> None:
    calm = {"lost": "no", "missing": "nothing", "pressure": "none", "known": "one", "where": "union", "time": "two",
            "fear": "freedom"}  # fmt: skip
    assert (advise(calm).verdict, advise(calm).step) == ("no", "talk")
    busy = {**calm, "lost": "often", "missing": "trade", "pressure": "clients"}
    assert (advise(busy).verdict, advise(busy).step) == ("yes", "offer")
    with pytest.raises(ValueError, match="fear"):
        advise({**calm, "fear": "spiders"})


def test_questions_speak_both_languages_and_quarters_follow_the_year() -> None:
    for question in (*BAROMETER, *PRACTICES):
        assert question.asked("fr") != question.asked("en")
    assert len(BAROMETER) == 6
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026-T1", "2026-T1", "2026-T2", "2026-T4"]


SHEETS = (Sheet("Gagné [ensemble]", "Ce que cela veut dire.", ("Quoi", "Combien"), (("=1+1", 3), ("Été", None))),)


def test_a_report_is_a_pdf_and_a_workbook_that_runs_nothing() -> None:
    assert as_pdf("Tableau de bord", "mars 2026", SHEETS, at=AT).startswith(b"%PDF-")
    page = load_workbook(io.BytesIO(as_spreadsheet("Tableau", SHEETS, at=AT))).active
    assert page is not None
    assert [[cell.value for cell in row] for row in page.iter_rows(max_row=3)] == [
        ["Quoi", "Combien"], ["'=1+1", 3], ["Été", None],
    ]  # fmt: skip
    assert as_card("Bois & Pierre", "La rénovation", "six entreprises").startswith(b"\x89PNG")
