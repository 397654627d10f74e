"""Reading a sealed PDF: what holds, what was changed, what was added, who sealed it, when and with which key."""

# mypy: disable-error-code="no-untyped-call,import-untyped"
# (asn1crypto carries no types, and pyHanko only some)

import hashlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from cordee.engines.sealing.evidence import verify_evidence
from cordee.engines.sealing.report import Finding, PdfReport
from cordee.engines.sealing.seal import EVIDENCE_NAME, SEAL_FIELD
from cordee.engines.sealing.strict import as_set

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False  # what it mutters becomes a finding here


def verify_pdf(data: bytes, *, trusted: Sequence[bytes] = ()) -> PdfReport:
    """Tell in plain words whether a sealed PDF is still what was sealed.

    Shape   trusted: certificates (PEM) of the authorities to trust; without them the key is only named.
    Holds   a PDF as sealed is ok; any byte changed, and anything added, makes it not ok, and the two are told apart.
            Never raises: a PDF that can't be read does not hold.
    """
    try:
        findings = _read(data, trusted)
    except Exception:
        findings = _cut_back(data, trusted)
    return PdfReport(tuple(findings))


def _cut_back(data: bytes, trusted: Sequence[bytes]) -> list[Finding]:
    """The whole can't be read: was a sound sealed file only followed by rubbish?"""
    end = len(data)
    for _ in range(8):
        end = data.rfind(b"%%EOF", 0, end)
        if end < 0:
            break
        for size in (end + 5, end + 6, end + 7):
            findings = _tried(data[:size], trusted)
            if findings and findings[0].code == "whole":
                return [_added(len(data), size), *findings[1:]]
    return [Finding(False, "unreadable", {})]


def _tried(data: bytes, trusted: Sequence[bytes]) -> list[Finding]:
    try:
        return _read(data, trusted)
    except Exception:
        return []


def _read(data: bytes, trusted: Sequence[bytes]) -> list[Finding]:
    reader = PdfFileReader(BytesIO(data))
    signatures = list(reader.embedded_signatures)
    if not signatures:
        return [Finding(False, "not_sealed", {})]
    final = [at for at, one in enumerate(signatures) if _is_seal(one)]
    place = final[0] if final else len(signatures) - 1
    findings: list[Finding] = []
    for at, signature in enumerate(signatures):
        findings += _judge(signature, data, trusted, before=at < place, after=at > place)
    failed = any(finding.holds is False for finding in findings)
    sealed = _end(signatures[place])
    if sealed < len(data):
        findings.insert(0, _added(len(data), sealed))
    elif not failed:
        findings.insert(0, Finding(True, "whole", {}))
    if not final:
        findings.append(Finding(None, "not_final", {}))
    return findings + _beside(data)


def _is_seal(signature: Any) -> bool:
    return str(signature.field_name).startswith(SEAL_FIELD) or signature.docmdp_level == MDPPerm.NO_CHANGES


def _judge(signature: Any, data: bytes, trusted: Sequence[bytes], *, before: bool, after: bool) -> list[Finding]:
    """Judge one signature: by a signatory before the seal, the seal itself, or one added after it."""
    reported = signature.self_reported_timestamp
    who = {
        "name": str(signature.signer_cert.subject.native.get("common_name", "?")),
        "at": _moment(reported),
        "key": hashlib.sha256(signature.signer_cert.public_key.dump()).hexdigest(),
    }
    if after:
        return [Finding(False, "added_signature", who)]
    if not as_set(_hole(signature, data)):
        return [Finding(False, "seal_damaged", who)]
    roots = [x509.Certificate.load(pem.unarmor(root)[2]) for root in trusted]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=reported)
    status = validate_pdf_signature(signature, context, context, skip_diff=not before)
    if not status.intact or not status.valid:
        return [Finding(False, "changed", who)]
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return [Finding(False, "partial", who)]
    if (
        before
        and status.coverage is not SignatureCoverageLevel.ENTIRE_FILE
        and not isinstance(status.diff_result, DiffResult)
    ):
        return [Finding(False, "between", who)]
    if trusted and not status.trusted:
        return [Finding(False, "untrusted", who)]
    found = [Finding(True, "sealed_by" if not before and _is_seal(signature) else "signed_by", who)]
    stamp = status.timestamp_validity
    if stamp is not None:
        if not stamp.intact or not stamp.valid or (trusted and not stamp.trusted):
            return [Finding(False, "bad_time", who)]
        clock = str(stamp.signing_cert.subject.native.get("common_name", "?"))
        found.append(Finding(True, "stamped", {"name": clock, "at": _moment(stamp.timestamp)}))
    if not before:
        found.append(Finding(True, "trusted", {}) if trusted else Finding(None, "unpinned", {}))
    return found


def _hole(signature: Any, data: bytes) -> bytes:
    """The place of the signature, which no digest covers."""
    start, length, after, _ = (int(number) for number in signature.byte_range)
    return data[start + length : after]


def _end(signature: Any) -> int:
    return int(signature.byte_range[2]) + int(signature.byte_range[3])


def _added(size: int, sealed: int) -> Finding:
    return Finding(False, "added", {"bytes": size - sealed, "sealed": sealed})


def _beside(data: bytes) -> list[Finding]:
    """What stands beside the seal: the claim to be an archive, and the evidence."""
    with pikepdf.open(BytesIO(data)) as pdf:
        claim = pdf.open_metadata().pdfa_status
        attached = pdf.attachments.get(EVIDENCE_NAME)
        evidence = attached.get_file().read_bytes() if attached else None
    found = [Finding(None, "archival", {"claim": claim}) if claim else Finding(None, "not_archival", {})]
    return found + (verify_evidence(evidence, data) if evidence is not None else [Finding(None, "no_evidence", {})])


def _moment(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else "?"
