"""What changes an agreement once it is signed: amendments, accessions, terminations; and keeping what was signed."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.assembly import accede, amend, as_kept, assemble, changes_something, end_together, from_kept
from tests.engines.assembly.cases import charter, members, public_works, secrecy

DAY = date(2026, 12, 1)
COURT = {"court": "le tribunal de commerce de Montpellier"}
AMENDS = {**COURT, "amendment_reason": "le client a réduit le programme", "start_date": "2027-01-01"}
JOINS = {**COURT, "newcomer_task": "la peinture", "newcomers_exempt": True, "start_date": "2027-01-01"}
ENDS = {**COURT, "end_reason": "le projet est abandonné", "end_date": "2027-03-31", "guarantees_kept": "rien à finir"}
FRAME = 5  # the articles of every amendment: changes, the rest stands, unforeseen events, disputes, signature
SHARES = [{**party, "share": "1/3", "contribution": 500_00, "alone": True} for party in members(3)]
CASES = {
    "gme_conjoint": public_works(),
    "cooperation_charter": charter(),
    "nda": secrecy(),
    "statutes_gie": {**secrecy(), "members": SHARES},
}


def words(document: object) -> str:
    return " ".join(block.text for article in document.articles for block in article.blocks)  # type: ignore[attr-defined]


@pytest.mark.parametrize("slug", sorted(CASES))
def test_what_was_signed_is_given_back_word_for_word(slug: str) -> None:
    document = assemble(slug, CASES[slug])
    again = from_kept(json.loads(json.dumps(as_kept(document))))
    assert again == document
    assert again.fingerprint == document.fingerprint


@pytest.mark.parametrize("kept", [{}, {"schema": "cordee.document/1"}, {"schema": "cordee.document/1", "slug": 3}])
def test_what_is_no_document_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a kept document"):
        from_kept(kept)


def test_an_amendment_says_only_what_changes() -> None:
    signed = assemble("gme_conjoint", public_works(3))
    wanted = assemble("gme_conjoint", {**public_works(3), "lead_fee": "4"})
    made = amend(signed, wanted, AMENDS, number=1, signed_on=DAY)
    assert made.title.startswith("Avenant n°\u00a01 – Convention")
    titles = [article.title for article in made.articles]
    assert [article.number for article in made.articles] == list(range(1, FRAME + 2))
    assert made.complete
    assert "celles de l’article qui suit" in words(made)
    assert "le client a réduit le programme" in words(made)
    assert "Nouvelle rédaction de l’article" in titles[1]
    assert "4\u202f%" in words(made)
    assert signed.fingerprint in words(made)
    assert made.schedule == ()
    assert changes_something(made)


@given(st.sampled_from(["2.5", "3", "0"]), st.booleans(), st.integers(3, 8))
@settings(max_examples=12)
def test_an_article_is_in_the_amendment_if_and_only_if_its_words_change(fee: str, solidary: bool, firms: int) -> None:
    signed = assemble("gme_conjoint", public_works(4))
    wanted = assemble("gme_conjoint", {**public_works(firms), "lead_fee": fee, "lead_solidary": solidary})
    before = {article.code: [(b.style, b.text, b.rows) for b in article.blocks] for article in signed.articles}
    after = {article.code: [(b.style, b.text, b.rows) for b in article.blocks] for article in wanted.articles}
    touched = sum(before.get(code) != after.get(code) for code in {*before, *after})
    moved = abs(firms - 4) + (wanted.schedule != signed.schedule)
    assert len(amend(signed, wanted, AMENDS, number=1, signed_on=DAY).articles) == FRAME + touched + moved


def test_nothing_changed_is_an_empty_amendment() -> None:
    signed = assemble("nda", CASES["nda"])
    assert not changes_something(amend(signed, signed, AMENDS, number=2, signed_on=DAY))
    with pytest.raises(ValueError, match="type"):
        amend(signed, assemble("cooperation_charter", charter()), AMENDS, number=1, signed_on=DAY)


def test_a_newcomer_joins_by_an_act_that_all_sign() -> None:
    signed = assemble("nda", CASES["nda"])
    newcomer = assemble("nda", {**CASES["nda"], "members": members(5)}).parties[4]
    made = accede(signed, newcomer, JOINS, signed_on=DAY)
    assert made.parties == (*signed.parties, newcomer)
    assert made.complete
    assert f"{newcomer.name} adhère à l’acte suivant" in words(made)
    assert signed.fingerprint in words(made)
    assert {one.variable for one in accede(signed, newcomer, COURT, signed_on=DAY).missing} == {
        "change.start_date", "change.newcomers_exempt", "change.newcomer_task",
    }  # fmt: skip
    with pytest.raises(ValueError, match="already"):
        accede(signed, replace(signed.parties[0], id="other"), JOINS, signed_on=DAY)


def test_ending_together_is_dated_and_says_what_survives() -> None:
    signed = assemble("nda", CASES["nda"])
    made = end_together(signed, ENDS, signed_on=DAY)
    assert made.complete
    for said in ("31\u00a0mars\u00a02027", "le projet est abandonné", "La confidentialité", "à l’égard de toutes"):
        assert said in words(made)
    assert made.parties == signed.parties


def test_one_company_leaves_and_all_agree() -> None:
    signed = assemble("nda", CASES["nda"])
    made = end_together(signed, ENDS, signed_on=DAY, leaver=signed.parties[1].id)
    assert made.complete
    assert f"à l’égard de {signed.parties[1].name} seulement" in words(made)
    assert made.title.startswith("Départ convenu")
