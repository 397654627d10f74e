"""Documents put together: filled, numbered, with what is missing and what the law refuses."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.assembly import Document, assemble, document_types, questions
from tests.engines.assembly.cases import charter, lots, members, public_works, secrecy, small_private_works
from tests.engines.assembly.more_cases import CASES


def words(document: Document) -> str:
    return "\n".join(block.text for article in document.articles for block in article.blocks)


def clashes(document: Document) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.code, finding.clause) for finding in document.contradictions]


def without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name not in names}


@pytest.mark.parametrize("slug", sorted(CASES))
def test_a_complete_case_leaves_no_hole(slug: str) -> None:
    document = assemble(slug, CASES[slug])
    assert (document.missing, document.contradictions, document.complete) == ((), (), True)
    assert "⟦" not in words(document)
    assert "{{" not in words(document)
    assert [article.number for article in document.articles] == list(range(1, len(document.articles) + 1))


@pytest.mark.parametrize("slug", document_types())
def test_with_nothing_known_everything_is_asked(slug: str) -> None:
    document = assemble(slug, {})
    asked = {item.variable for item in document.missing}
    assert {"members", "grouping_name", "signature_place"} <= asked
    assert all(item.question["fr"].endswith("?") and item.question["en"] for item in document.missing)
    assert document.contradictions == ()


@pytest.mark.parametrize("slug", sorted(CASES))
def test_each_missing_answer_is_named_with_its_clause(slug: str) -> None:
    asked = {variable.name for variable in questions(slug) if variable.default is None}
    unused = {"contract_amount", "building_works"} if slug == "client_offer" else {"contract_amount"}
    for name in asked.intersection(CASES[slug]) - unused:
        document = assemble(slug, without(CASES[slug], name))
        assert name in {item.variable for item in document.missing}, name
        assert all(item.clause for item in document.missing)


def test_the_convention_has_its_articles() -> None:
    document = assemble("gme_conjoint", public_works())
    assert len(document.articles) >= 20
    text = words(document)
    assert "Charpente d’Oc, est solidaire de chacun des autres membres" in text
    assert "2,5\u202f%" in text
    assert "200\u202f000,28\u00a0€" in text
    assert "1er\u00a0décembre\u00a02026" in text
    assert "code de la commande publique" in text
    assert "L124-3" not in text


def test_solidarity_is_always_said_and_never_assumed() -> None:
    for answer, said in ((True, "est solidaire de chacun"), (False, "n’est pas solidaire des autres membres")):
        assert said in words(assemble("gme_conjoint", {**public_works(), "lead_solidary": answer}))
    document = assemble("gme_conjoint", without(public_works(), "lead_solidary"))
    assert [item.clause for item in document.missing] == ["GME04"]


def test_debt_needs_unanimity() -> None:
    assert "Sont prises à l’unanimité des membres, et signées par chacun" in words(
        assemble("gme_conjoint", public_works())
    )


def test_small_private_works_carry_the_mentions_of_the_law() -> None:
    document = assemble("gme_conjoint", small_private_works())
    assert document.complete
    clause = next(article for article in document.articles if article.code == "GME21")
    text = "\n".join(block.text for block in clause.blocks)
    for mention in (
        "Mme Jeanne Roque",
        "prix détaillé",
        "absence de toute solidarité",
        "Charpente d’Oc",
        "maîtrise d’œuvre",
    ):
        assert mention in text


def test_the_mentions_stop_above_100_000_euros() -> None:
    def codes(amount: int) -> set[str]:
        answers = {**small_private_works(), "lots": [{**lots(1, 0)[0], "amount": amount}], "members": members(1)}
        return {article.code for article in assemble("gme_conjoint", answers).articles}

    assert "GME21" in codes(10_000_000)
    assert "GME21" not in codes(10_000_001)


def test_without_a_price_each_a_small_private_job_is_refused() -> None:
    answers = {**small_private_works(), "contract_amount": 4_500_003}
    answers["lots"] = [{**lots(3, 1_500_000)[0]}, {**lots(3, 1_500_000)[1]}, {**lots(3, 0)[2], "amount": 0}]
    found = [finding for finding in assemble("gme_conjoint", answers).contradictions if finding.severity == "refused"]
    assert [finding.code for finding in found] == ["l124_3_price"]
    assert "nullité" in found[0].reason()
    assert found[0].way_out()


def test_a_house_on_the_groups_own_plan_is_refused_with_a_way_out() -> None:
    answers = {**small_private_works(), "new_house": True, "plan_supplied_by_group": True}
    document = assemble("gme_conjoint", answers)
    assert clashes(document) == [("refused", "ccmi", "GME03")]
    assert not document.complete
    finding = document.contradictions[0]
    assert "construction de maison individuelle" in finding.reason("fr")
    assert "coopérative" in finding.way_out("fr")
    assert "cooperative" in finding.way_out("en")
    assert assemble("gme_conjoint", {**answers, "plan_supplied_by_group": False}).complete


def test_a_lead_who_directs_works_is_refused() -> None:
    found = clashes(assemble("gme_conjoint", {**small_private_works(), "lead_directs_works": True}))
    assert found == [("refused", "lead_directs_works", "GME07")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lead": "nobody"}, "lead_not_member"),
        ({"lots": lots(3, 1_500_000)[:2]}, "member_without_lot"),
        (
            {"lots": [*lots(3, 1_500_000), {"id": "9", "title": "Rien", "amount": 1, "member": "x"}]},
            "lot_without_member",
        ),
        ({"contract_amount": 4_500_004}, "total"),
        ({"lots": [{**lots(3, 1)[0], "end": "2027-01-01"}, *lots(3, 1)[1:]]}, "lot_dates"),
        ({"members": [{**members(3)[0], "insured_until": "2027-03-01"}, *members(3)[1:]]}, "insurance_expired"),
        ({"members": [{**members(3)[0], "siren": members(3)[1]["siren"]}, *members(3)[1:]]}, "same_siren"),
        ({"members": [{**members(3)[0], "siren": "123456789"}, *members(3)[1:]]}, "wrong_siren"),
        ({"members": members(1), "lots": lots(1, 1_500_000)}, "too_few"),
        ({"client_kind": "martian"}, "unreadable"),
        ({"lead_fee": "101"}, "out_of_bounds"),
        ({"start_date": "soon"}, "unreadable"),
        ({"lead_fee": "1e999999999"}, "out_of_bounds"),
        ({"client_kind": []}, "unreadable"),
        ({"contract_amount": 10**30}, "unreadable"),
        ({"lead_solidary": "perhaps"}, "unreadable"),
        ({"mediation_days": 10}, "out_of_bounds"),
    ],
)
def test_what_clashes_is_named_with_its_reason(change: dict[str, Any], code: str) -> None:
    document = assemble("gme_conjoint", {**small_private_works(), **change})
    finding = next(finding for finding in document.contradictions if finding.code == code)
    for lang in ("fr", "en"):
        assert finding.reason(lang)
        assert finding.way_out(lang)
        assert "{" not in finding.reason(lang)
    assert not document.complete


def test_the_schedule_follows_the_members_and_keeps_every_cent() -> None:
    answers = public_works()
    answers["lots"] = [*reversed(answers["lots"]), {"id": "09", "title": "Zinc", "member": "m1", "amount": 77}]
    document = assemble("gme_conjoint", answers)
    assert [line.member for line in document.schedule] == ["m0", "m1", "m1", *(f"m{n}" for n in range(2, 8))]
    assert sum(line.amount or 0 for line in document.schedule) == sum(lot["amount"] for lot in answers["lots"])


def test_one_day_is_singular() -> None:
    text = words(assemble("gme_conjoint", {**public_works(), "forward_days": 1}))
    assert "sous 1\u00a0jour ouvré" in text
    assert "1\u00a0jours" not in text


def test_answers_may_be_typed_or_text() -> None:
    typed = {**public_works(), "start_date": date(2026, 12, 1), "lead_fee": Fraction(5, 2)}
    assert assemble("gme_conjoint", typed).fingerprint == assemble("gme_conjoint", public_works()).fingerprint


@pytest.mark.parametrize("answers", [public_works(), small_private_works()])
def test_the_fingerprint_changes_with_what_is_signed(answers: dict[str, Any]) -> None:
    before = assemble("gme_conjoint", answers).fingerprint
    assert assemble("gme_conjoint", dict(reversed(answers.items()))).fingerprint == before
    assert assemble("gme_conjoint", answers, reviewed=True).fingerprint == before
    for change in (
        {"court": "le tribunal de Nîmes"},
        {"lead": "m1"},
        {"signature_place": "Nîmes"},
        {"forward_days": 3},
    ):
        assert assemble("gme_conjoint", {**answers, **change}).fingerprint != before


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates() | st.fractions(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "siren", "amount"]), inner),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(document_types()), st.data())
def test_nonsense_never_raises(slug: str, data: st.DataObject) -> None:
    names = [variable.name for variable in questions(slug)]
    answers = {**CASES[slug], **data.draw(st.dictionaries(st.sampled_from(names), anything, max_size=6))}
    document = assemble(slug, answers)
    assert len(document.fingerprint) == 64
    assert document.complete == (not document.missing and not document.contradictions)
    if document.complete:
        assert "⟦" not in words(document)


def test_the_other_documents_say_what_they_must() -> None:
    assert "Elle ne crée ni obligation de contracter" in words(assemble("cooperation_charter", charter()))
    text = words(assemble("nda", {**secrecy(), "nda_years": 5}))
    assert "L151-1" in text
    assert "5\u00a0ans" in text
