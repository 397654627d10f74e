"""The texts as they will be signed: a change of wording shows here, and asks for a new version of the clause."""

import pytest
from syrupy.assertion import SnapshotAssertion

from cordee.engines.assembly import Document, assemble
from tests.engines.assembly.cases import CASES, small_private_works


def written(document: Document) -> str:
    lines = [document.title, document.parties_called]
    for article in document.articles:
        lines += ["", f"Article {article.number} — {article.title} [{article.code} v{article.version}]"]
        for block in article.blocks:
            lines.append(f"{block.number} {block.text}".strip())
            lines += [" | ".join(row) for row in block.rows]
    return "\n".join(lines)


@pytest.mark.parametrize("slug", sorted(CASES))
def test_a_realistic_case(slug: str, snapshot: SnapshotAssertion) -> None:
    assert written(assemble(slug, CASES[slug])) == snapshot


@pytest.mark.parametrize("slug", sorted(CASES))
def test_a_minimal_case(slug: str, snapshot: SnapshotAssertion) -> None:
    assert written(assemble(slug, {})) == snapshot


def test_a_small_private_job(snapshot: SnapshotAssertion) -> None:
    assert written(assemble("gme_conjoint", small_private_works())) == snapshot
