"""A sealed convention to tamper with, and the authority that sealed it."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from cordee.engines.assembly import assemble, render_pdf
from cordee.engines.sealing import Authority, add_act, evidence_bytes, make_authority, open_evidence, seal_pdf
from tests.engines.assembly.cases import secrecy

MADE = datetime(2026, 1, 1, tzinfo=UTC)
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@cache
def authority(name: str = "Cordée") -> Authority:
    return make_authority(name, entropy=(name * 32).encode(), at=MADE)


@cache
def paper() -> bytes:
    return render_pdf(assemble("nda", secrecy()), at=AT)


def evidence(*people: str, seen: bytes | None = None) -> dict[str, Any]:
    found = open_evidence(title="Accord de confidentialité", fingerprint="f" * 64, pdf=paper())
    for person in people:
        found = add_act(
            found,
            act="signed",
            person=person,
            company="Charpente d’Oc",
            siren="732829320",
            capacity="gérante",
            at=AT,
            seen=seen or paper(),
            identification=[{"means": "email_code", "to": "a…@charpente.example", "at": "2026-11-23T09:58:00Z"}],
            consent="J’ai lu ce document et je le signe.",
        )
    return found


def seal(pdf: bytes, who: Authority | None = None, **more: Any) -> bytes:
    who = who or authority()
    given = {"at": AT, "reason": "Scellé", "place": "Lodève", "clock": who.clock, **more}
    return seal_pdf(pdf, key=who.seal.key, certificate=who.seal.certificate, chain=[who.root], **given)


@cache
def sealed() -> bytes:
    return seal(paper(), evidence=evidence_bytes(evidence("Aude Carrère", "Bruno Salles")))
