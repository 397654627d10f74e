"""The evidence file: who agreed, when, to what text, how they were known, in which words they consented.

Each act is chained to the one before, like the entries of a book; the file is attached to the PDF before it is sealed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cordee.engines.chain import GENESIS, canonical
from cordee.engines.sealing.report import Finding

SCHEMA = "cordee.evidence/1"
ACTS = ("signed", "declined", "vouched")
_ACT_FIELDS = {
    "number": int,
    "act": str,
    "person": str,
    "company": str,
    "siren": str,
    "capacity": str,
    "at": str,
    "seen": str,
    "seen_bytes": int,
    "identification": list,
    "consent": str,
    "previous": str,
    "seal": str,
}


def open_evidence(*, title: str, fingerprint: str, pdf: bytes) -> dict[str, Any]:
    """Start the evidence of one document: its title, the fingerprint of its text, the PDF that will be shown."""
    document = {
        "title": title,
        "fingerprint": fingerprint,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "bytes": len(pdf),
    }
    return {"schema": SCHEMA, "document": document, "acts": []}


def add_act(
    evidence: Mapping[str, Any],
    *,
    act: str,
    person: str,
    company: str,
    siren: str,
    capacity: str,
    at: datetime,
    seen: bytes,
    identification: Sequence[Mapping[str, str]],
    consent: str,
) -> dict[str, Any]:
    """Add what one signatory did, chained to what was done before; the evidence given is left as it is.

    Shape   act: one of ACTS. seen: the PDF shown to this person. identification: how they were known, for example
            [{"means": "email_code", "to": "a…@charpentes.example", "at": "2026-11-23T10:00:00Z"}]. consent: the very
            words they agreed to.
    Errors  ValueError for an unknown act or a moment without time zone.
    """
    if act not in ACTS:
        raise ValueError(f"no act “{act}”; there are: {', '.join(ACTS)}")
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    acts = list(evidence["acts"])
    body = {
        "number": len(acts) + 1,
        "act": act,
        "person": person,
        "company": company,
        "siren": siren,
        "capacity": capacity,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seen": hashlib.sha256(seen).hexdigest(),
        "seen_bytes": len(seen),
        "identification": [dict(item) for item in identification],
        "consent": consent,
        "previous": acts[-1]["seal"] if acts else _opening(evidence),
    }
    return {**evidence, "acts": [*acts, {**body, "seal": _seal(body)}]}


def evidence_bytes(evidence: Mapping[str, Any]) -> bytes:
    """Write the evidence as the file that is attached and downloaded: JSON a person can read."""
    canonical(dict(evidence))
    return (json.dumps(evidence, ensure_ascii=False, indent=2) + "\n").encode()


def read_evidence(data: bytes) -> dict[str, Any]:
    """Read an evidence file. Errors: ValueError when it is not one."""
    try:
        found = json.loads(data, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("too many levels") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ValueError("not an evidence file")
    document, acts = found.get("document"), found.get("acts")
    if set(found) != {"schema", "document", "acts"} or not isinstance(document, dict) or not isinstance(acts, list):
        raise ValueError("fields are missing or unknown")
    if not isinstance(document.get("sha256"), str) or not isinstance(document.get("title"), str):
        raise ValueError("the document is not described")
    for act in acts:
        wrong = not isinstance(act, dict) or set(act) != set(_ACT_FIELDS)
        if wrong or any(type(act[name]) is not kind for name, kind in _ACT_FIELDS.items()):
            raise ValueError("an act does not have its fields")
    return found


def verify_evidence(data: bytes, pdf: bytes | None = None) -> list[Finding]:
    """Tell what holds in an evidence file, alone or against the PDF that carries it.

    Holds   an act altered, removed, reordered or inserted is found; an act that saw another text than the PDF's is too.
    """
    try:
        evidence = read_evidence(data)
        previous = _opening(evidence)
        for number, act in enumerate(evidence["acts"], 1):
            body = {name: value for name, value in act.items() if name != "seal"}
            if act["number"] != number or act["previous"] != previous or act["seal"] != _seal(body):
                return [Finding(False, "evidence_altered", {"number": number, "person": act["person"]})]
            if act["act"] == "signed" and pdf is not None and not _saw(act, pdf):
                return [Finding(False, "evidence_other_text", {"person": act["person"]})]
            previous = act["seal"]
    except ValueError:
        return [Finding(False, "evidence_unreadable", {})]
    who = [
        Finding(True, "evidence_" + act["act"], {name: act[name] for name in ("person", "capacity", "company", "at")})
        for act in evidence["acts"]
        if act["act"] in ACTS
    ]
    count = len(evidence["acts"])
    return [Finding(True, "evidence_holds" if pdf is None else "evidence_holds_here", {"count": count}), *who]


def _saw(act: Mapping[str, Any], pdf: bytes) -> bool:
    size: int = act["seen_bytes"]
    return bool(0 < size <= len(pdf) and hashlib.sha256(pdf[:size]).hexdigest() == act["seen"])


def _opening(evidence: Mapping[str, Any]) -> str:
    return hashlib.sha256(bytes.fromhex(GENESIS) + canonical(evidence["document"])).hexdigest()


def _seal(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(body))).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("the same name twice")
    return dict(pairs)


def _refuse(text: str) -> None:
    raise ValueError(f"not a whole number: {text}")
