"""The texts as they will be signed: a change of wording shows here, and asks for a new version of the clause."""

import pytest
from syrupy.assertion import SnapshotAssertion

from cordee.engines.assembly import Document, assemble, document_types
from tests.engines.assembly.cases import small_private_works
from tests.engines.assembly.more_cases import CASES, least


def written(document: Document) -> str:
    lines = [document.title, document.parties_called, *document.opening.values(), *document.also]
    for article in document.articles:
        lines += ["", f"Article {article.number} — {article.title} [{article.code} v{article.version}]"]
        for block in article.blocks:
            lines.append(f"{block.number} {block.text}".strip())
            lines += [" | ".join(row) for row in block.rows]
    return "\n".join(lines)


def test_every_document_has_its_case() -> None:
    assert set(CASES) == set(document_types())


@pytest.mark.parametrize("slug", sorted(CASES))
def test_a_realistic_case(slug: str, snapshot: SnapshotAssertion) -> None:
    document = assemble(slug, CASES[slug])
    text = written(document)
    assert document.complete, (document.missing, document.contradictions)
    assert not document.warnings
    for hole in ("⟦", "{{", "None", "…."):
        assert hole not in text
    assert text == snapshot


@pytest.mark.parametrize("slug", sorted(CASES))
def test_a_minimal_case(slug: str, snapshot: SnapshotAssertion) -> None:
    """What reads otherwise than in the realistic case."""
    document = assemble(slug, least(slug))
    assert document.complete
    usual = set(written(assemble(slug, CASES[slug])).splitlines())
    assert "\n".join(line for line in written(document).splitlines() if line not in usual) == snapshot


@pytest.mark.parametrize("slug", sorted(CASES))
def test_nothing_known_names_every_hole(slug: str) -> None:
    document = assemble(slug, {})
    assert not document.complete
    assert {item.variable for item in document.missing} >= {"grouping_name", "members"}
    assert all(item.question["fr"].endswith("?") or ":" in item.question["fr"] for item in document.missing)


def test_a_small_private_job(snapshot: SnapshotAssertion) -> None:
    assert written(assemble("gme_conjoint", small_private_works())) == snapshot
