"""The library of clauses is whole: every clause explained, every hole asked, every document ordered."""

import pytest

from cordee.engines.assembly import document_type, document_types
from cordee.engines.assembly.clauses import ASKED_BY, SOURCES, _clauses, _variables
from cordee.engines.assembly.tables import TABLES
from cordee.engines.assembly.words import typeset

DERIVED = {*ASKED_BY, "l124_3", "liability"}


def test_there_are_documents() -> None:
    assert set(document_types()) >= {"gme_conjoint", "cooperation_charter", "nda"}


def test_an_unknown_document_is_refused() -> None:
    with pytest.raises(ValueError, match="no document type"):
        document_type("statutes_of_the_moon")


@pytest.mark.parametrize("slug", document_types())
def test_each_document_has_an_order_without_repetition(slug: str) -> None:
    kind = document_type(slug)
    codes = [clause.code for clause in kind.clauses]
    assert len(codes) == len(set(codes)) >= 5
    assert kind.signature_level in ("click", "SES", "AES", "AES-QC", "QES")
    assert all(kind.title[lang] and kind.explanation[lang] for lang in ("fr", "en"))


@pytest.mark.parametrize("code", sorted(_clauses()))
def test_each_clause_is_explained_and_asks_only_what_is_defined(code: str) -> None:
    clause = _clauses()[code]
    assert clause.version >= 1
    assert clause.paragraphs
    for lang in ("fr", "en"):
        assert clause.title[lang]
        assert clause.explanation[lang][-1] in ".?"
        assert len(clause.explanation[lang]) < 140
    known = _variables()
    for name in clause.names:
        if name.startswith("table:"):
            assert name.removeprefix("table:") in TABLES
        elif name not in DERIVED and name not in known:
            assert known[name.removesuffix("_name")].kind == "party"


def test_each_clause_is_used_and_each_question_asked() -> None:
    kinds = [document_type(slug) for slug in document_types()]
    assert {clause.code for kind in kinds for clause in kind.clauses} == set(_clauses())
    assert {name for kind in kinds for name in kind.variables} == set(_variables())


LIABLE = [
    "lead_solidary",
    "lead",
    "client_kind",
    "building_works",
    "common_expenses",
    "contract_amount",
    "solidarity",
    "solidarity_object",
    "offer_liability",
    "liability_shared",
    "newcomers_exempt",
    "sep_disclosed",
    "single_account",
    "side_effects",
    "employee_agrees",
]


def test_who_is_liable_is_never_assumed() -> None:
    for name in LIABLE:
        assert _variables()[name].default is None


@pytest.mark.parametrize("name", sorted(_variables()))
def test_each_question_has_its_label_its_kind_and_where_it_comes_from(name: str) -> None:
    variable = _variables()[name]
    for lang in ("fr", "en"):
        assert 3 <= len(variable.label[lang]) <= 50
        assert variable.question[lang]
        assert not variable.help or variable.help[lang].endswith(".")
    assert variable.source in SOURCES
    assert (variable.kind == "choice") == bool(variable.choices)
    assert variable.default is None or variable.kind != "choice" or variable.default in variable.choices


@pytest.mark.parametrize("slug", document_types())
def test_solidarity_is_settled_by_a_clause_of_every_document(slug: str) -> None:
    kind = document_type(slug)
    assert kind.settles == ("solidarity",)
    assert any("solidarity" in clause.settles for clause in kind.clauses)
    assert kind.dated.year >= 2026
    assert kind.stage in ("exchange", "project", "entity", "running", "closing")


@pytest.mark.parametrize("code", sorted(_clauses()))
def test_french_is_well_set(code: str) -> None:
    clause = _clauses()[code]
    for text in (clause.title["fr"], clause.explanation["fr"], *(paragraph.text for paragraph in clause.paragraphs)):
        assert text == typeset(text)
        assert "'" not in text
        assert "  " not in text
