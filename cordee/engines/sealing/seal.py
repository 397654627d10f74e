"""Sealing a PDF: an invisible PAdES signature over every byte, with a time stamp where there is a clock."""

# mypy: disable-error-code="no-untyped-call,import-untyped"
# (asn1crypto carries no types, and pyHanko only some)

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from cordee.engines.sealing.authority import Identity
from cordee.engines.sealing.clock import Ask, OutsideClock, TestClock

EVIDENCE_NAME = "preuve.json"
SEAL_FIELD = "Cordee-Sceau"


class _Writer(IncrementalPdfFileWriter):
    """pyHanko's writer, leaving alone what PDF/A-3 claims: the metadata, and version 1.7 of the format."""

    def _update_meta(self) -> None:
        pass

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Keep the version of the file."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Declare only what belongs to PDF 1.7: PAdES, and not the extensions of PDF 2.0."""
        if ext.prefix_name == "/ESIC":
            super().register_extension(ext)


class _SignerAt(PdfSigner):
    """pyHanko's signer, told the time instead of asking the machine."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def seal_pdf(
    pdf: bytes,
    *,
    key: bytes,
    certificate: bytes,
    at: datetime,
    reason: str,
    place: str = "",
    name: str = "",
    chain: Sequence[bytes] = (),
    clock: Identity | Ask | None = None,
    evidence: bytes | None = None,
    final: bool = True,
) -> bytes:
    """Seal a PDF: whoever changes one byte afterwards, or adds one, is found out.

    Shape   key and certificate: PEM, P-256. chain: the certificates (PEM) that vouch for it. clock: a test clock that
            stamps the time, or how to ask an outside one. evidence: a file
            attached before sealing, as preuve.json. final: nothing may follow; with False further signatures may be
            added (a signatory's own), each in a revision of its own.
    Holds   the bytes given stay, unchanged, the first bytes of the result (but for `evidence`, all of it is appended).
    Errors  ValueError when the PDF can't be read, is already finally sealed, or the key can't be used. OSError when an
            outside clock does not answer, or answers with no stamp.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    at = at.replace(microsecond=0)
    try:
        signed = sum(1 for _ in _Writer(BytesIO(pdf)).prev.embedded_signatures)
        if evidence is not None:
            pdf = attach(pdf, evidence, at=at)
        leaf, store = _certificate(certificate), SimpleCertificateStore()
        for other in chain:
            store.register(_certificate(other))
        signer = SimpleSigner(leaf, _key(key), store, embed_roots=False)
        meta = PdfSignatureMetadata(
            field_name=SEAL_FIELD if final else f"Cordee-Signature-{signed + 1}",
            md_algorithm="sha256",
            reason=reason,
            location=place or None,
            name=name or None,
            subfilter=SigSeedSubFilter.PADES,
            certify=final and not signed,
            docmdp_permissions=MDPPerm.NO_CHANGES if final else MDPPerm.FILL_FORMS,
        )
        pen = _SignerAt(meta, signer, timestamper=_stamper(clock, at))
        pen.at = at
        out = BytesIO()
        pen.sign_pdf(_Writer(BytesIO(pdf)), output=out)
    except (PdfError, SigningError, ValueError, TypeError, KeyError) as wrong:
        raise ValueError(f"this PDF can’t be sealed: {wrong}") from None
    return out.getvalue()


def attach(pdf: bytes, evidence: bytes, *, at: datetime) -> bytes:
    """Attach the evidence file to a PDF, as PDF/A-3 asks: typed, dated, tied to the document."""
    writer = _Writer(BytesIO(pdf))
    params = EmbeddedFileParams(creation_date=at, modification_date=at)
    data = EmbeddedFileObject.from_file_data(writer, evidence, params=params, mime_type="application/json")
    spec = FileSpec(
        EVIDENCE_NAME,
        file_name=EVIDENCE_NAME,
        embedded_data=data,
        description="Dossier de preuve",
        af_relationship=NameObject("/Supplement"),
    )
    root, named = writer.root, writer.add_object(spec.as_pdf_object())
    if "/AF" in root or "/EmbeddedFiles" in root.get("/Names", {}):
        raise ValueError("it already carries files; attach the evidence before anything else")
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([pdf_string(EVIDENCE_NAME), named])})
    names = root.get("/Names", DictionaryObject())
    names[NameObject("/EmbeddedFiles")] = writer.add_object(tree)
    root[NameObject("/Names")] = names
    root[NameObject("/AF")] = ArrayObject([named])
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file, as the evidence quotes it."""
    return hashlib.sha256(data).hexdigest()


def _stamper(clock: Identity | Ask | None, at: datetime) -> TestClock | OutsideClock | None:
    if clock is None:
        return None
    return TestClock(clock, at) if isinstance(clock, Identity) else OutsideClock(clock)


def _certificate(data: bytes) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(data)[2])


def _key(data: bytes) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(pem.unarmor(data)[2])
