"""Sealing what was agreed, and telling later, in plain words, whether it is still what was sealed."""

from cordee.engines.sealing.authority import Authority, Identity, key_id, make_authority
from cordee.engines.sealing.clock import TestClock, answer_request
from cordee.engines.sealing.evidence import add_act, evidence_bytes, open_evidence, read_evidence, verify_evidence
from cordee.engines.sealing.photos import photos_to_pdf
from cordee.engines.sealing.report import Finding, PdfReport
from cordee.engines.sealing.seal import attach, digest, seal_pdf
from cordee.engines.sealing.verify import verify_pdf

__all__ = [
    "Authority",
    "Finding",
    "Identity",
    "PdfReport",
    "TestClock",
    "add_act",
    "answer_request",
    "attach",
    "digest",
    "evidence_bytes",
    "key_id",
    "make_authority",
    "open_evidence",
    "photos_to_pdf",
    "read_evidence",
    "seal_pdf",
    "verify_evidence",
    "verify_pdf",
]
