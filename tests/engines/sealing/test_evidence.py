"""The evidence: chained acts, readable, found out when touched."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.sealing import add_act, evidence_bytes, read_evidence, verify_evidence
from tests.engines.sealing.papers import AT, evidence, paper

WHOLE = evidence("Aude Carrère", "Bruno Salles", "Chloé Vidal")


def failing(found: Any, pdf: bytes | None = None) -> list[str]:
    data = found if isinstance(found, bytes) else json.dumps(found).encode()
    return [finding.code for finding in verify_evidence(data, pdf) if finding.holds is False]


def test_as_written_it_holds() -> None:
    assert failing(evidence_bytes(WHOLE), paper()) == []
    assert read_evidence(evidence_bytes(WHOLE)) == WHOLE
    assert next(finding.code for finding in verify_evidence(evidence_bytes(WHOLE))) == "evidence_holds"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2), st.sampled_from(sorted(WHOLE["acts"][0])), st.integers(0, 3))
def test_any_changed_field_is_found(place: int, name: str, salt: int) -> None:
    changed = json.loads(json.dumps(WHOLE))
    old = changed["acts"][place][name]
    changed["acts"][place][name] = (
        old + 1 + salt if isinstance(old, int) else [] if isinstance(old, list) else f"{old}{salt}"
    )
    assert failing(changed) == ["evidence_altered"]


@settings(max_examples=30, deadline=None)
@given(st.permutations([0, 1, 2]), st.integers(1, 3))
def test_moved_or_missing_acts_are_found(order: list[int], kept: int) -> None:
    changed = {**WHOLE, "acts": [WHOLE["acts"][place] for place in order[:kept]]}
    assert (failing(changed) == []) == (order[:kept] == list(range(kept)))


def test_the_document_is_chained_too() -> None:
    changed = {**WHOLE, "document": {**WHOLE["document"], "title": "Autre"}}
    assert failing(changed) == ["evidence_altered"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 9999,
        b'{"schema":"cordee.evidence/1"}',
        b'{"schema":"cordee.evidence/1","a":1.5}',
    ],
)
def test_nonsense_is_said_to_be_unreadable(data: bytes) -> None:
    assert failing(data) == ["evidence_unreadable"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nonsense_never_raises(data: st.DataObject) -> None:
    text = evidence_bytes(WHOLE)
    at = data.draw(st.integers(0, len(text) - 1))
    verify_evidence(text[:at] + data.draw(st.binary(max_size=5)) + text[at + 1 :], paper())


def test_unknown_acts_are_refused() -> None:
    with pytest.raises(ValueError, match="no act"):
        add_act(
            WHOLE,
            act="dreamt",
            person="",
            company="",
            siren="",
            capacity="",
            at=AT,
            seen=b"",
            identification=[],
            consent="",
        )
