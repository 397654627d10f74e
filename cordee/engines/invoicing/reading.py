"""Find the invoice in any bytes: XML as it is, or the XML that a PDF carries. Everything hostile is a sentence."""

import io
import zlib
from dataclasses import dataclass

import pikepdf
from lxml import etree

from cordee.engines.sentences import Lang, Reason, Table, reason, say

MOST = 20_000_000
"""More bytes than this is no invoice."""

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""The names under which a PDF carries its invoice, the first found wins."""

CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
UBL_INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
UBL_CREDIT = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
ROOTS = {
    f"{{{CII}}}CrossIndustryInvoice": "CII",
    f"{{{UBL_INVOICE}}}Invoice": "UBL",
    f"{{{UBL_CREDIT}}}CreditNote": "UBL",
    "{urn:ferd:CrossIndustryDocument:invoice:1p0}CrossIndustryDocument": "ZUGFeRD1",
}
OTHERS = {
    "SCRDMCCBDACIOMessageStructure": "order",
    "Order": "order",
    "CrossDomainAcknowledgementAndResponse": "status",
    "CreditNote": "namespace",
    "Invoice": "namespace",
    "CrossIndustryInvoice": "namespace",
}

WORDS: Table = {
    "empty": ("Le fichier est vide.", "The file is empty."),
    "huge": ("Le fichier pèse plus de 20 Mo : ce n’est pas une facture.", "The file is over 20 MB: it is no invoice."),
    "neither": (
        "Ce fichier n’est ni un PDF ni un XML. Donnez la facture Factur-X, UBL ou CII.",
        "This file is neither a PDF nor XML. Give the Factur-X, UBL or CII invoice.",
    ),
    "pdf_broken": (
        "Ce PDF est abîmé ou incomplet : il ne s’ouvre pas. Demandez-le à nouveau.",
        "This PDF is damaged or incomplete: it can’t be opened. Ask for it again.",
    ),
    "pdf_locked": (
        "Ce PDF est protégé par un mot de passe. Donnez une version sans mot de passe.",
        "This PDF is protected by a password. Give a version without one.",
    ),
    "pdf_plain": (
        "Ce PDF ne contient pas de facture électronique (factur-x.xml ou équivalent) : c’est un simple document.",
        "This PDF carries no electronic invoice (no factur-x.xml): it is a plain document.",
    ),
    "xml_broken": (
        "Le XML est mal formé à la ligne {line}, colonne {column} : il ne se lit pas.",
        "The XML is malformed at line {line}, column {column}: it can’t be read.",
    ),
    "doctype": (
        "Le XML contient une déclaration DOCTYPE, que les factures n’ont jamais et qui peut être un piège : refusé.",
        "The XML has a DOCTYPE declaration, which invoices never have and may be a trap: refused.",
    ),
    "order": ("C’est une commande, pas une facture.", "This is an order, not an invoice."),
    "status": (
        "C’est un statut du cycle de vie d’une facture, pas une facture.",
        "This is a life-cycle status of an invoice, not an invoice.",
    ),
    "namespace": (
        "L’élément « {name} » n’est pas dans l’espace de noms d’une facture UBL 2.1 ou CII D22B.",
        "The element “{name}” is not in the namespace of a UBL 2.1 or CII D22B invoice.",
    ),
    "other": (
        "Ce XML n’est pas une facture : il commence par « {name} ». Sont lus UBL (Invoice, CreditNote) et CII.",
        "This XML is no invoice: it starts with “{name}”. UBL (Invoice, CreditNote) and CII are read.",
    ),
}


class NotAnInvoice(ValueError):
    """These bytes are no electronic invoice; `say` tells why in one sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.reason: Reason = reason(code, **facts)

    def say(self, lang: Lang = "fr") -> str:
        return say(self.reason, WORDS, lang)


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice as found: its syntax (CII, UBL, ZUGFeRD1), its parsed root, and the PDF's part in it."""

    syntax: str
    root: etree._Element
    attachment: str = ""  # the name it has inside the PDF
    others: tuple[str, ...] = ()  # further invoices in the same PDF
    pdfa3: bool = True


def read_invoice(data: bytes) -> Paper:
    """Find the invoice in a PDF or an XML file.

    Errors  NotAnInvoice (a ValueError), with one sentence, for everything else, hostile or broken.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise NotAnInvoice("empty")
    if len(data) > MOST:
        raise NotAnInvoice("huge")
    if b"%PDF-" in data[:1024]:
        return _from_pdf(data)
    return parse_xml(data)


def parse_xml(data: bytes) -> Paper:
    """Read the XML of an invoice, refusing what could hurt."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\x00\t\r\n ")
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] in (b"\x00<\x00?", b"<\x00?\x00")
    if not start.startswith(b"<") and not wide:
        raise NotAnInvoice("neither")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        if b"<!DOCTYPE" in data[:4096]:
            raise NotAnInvoice("doctype") from None
        line, column = getattr(wrong, "position", (1, 1))
        raise NotAnInvoice("xml_broken", line=line or 1, column=column or 1) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise NotAnInvoice("doctype")
    if root.tag in ROOTS:
        return Paper(ROOTS[root.tag], root)
    name = etree.QName(root).localname
    raise NotAnInvoice(OTHERS.get(name, "other"), name=name[:60])


def xml_inside(pdf: bytes) -> bytes:
    """The XML that a Factur-X carries, byte for byte.

    Errors  NotAnInvoice (a ValueError) when it carries none.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        files = _attached(opened)
    name = next((name for name in NAMES if name in files), "")
    if not name:
        raise NotAnInvoice("pdf_plain")
    return files[name]


def _from_pdf(data: bytes) -> Paper:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            files = _attached(pdf)
            archival = _claims_pdfa3(pdf)
    except pikepdf.PasswordError:
        raise NotAnInvoice("pdf_locked") from None
    except NotAnInvoice:
        raise
    except Exception:  # a broken PDF breaks the library in many ways
        raise NotAnInvoice("pdf_broken") from None
    ordered = sorted(files, key=lambda name: NAMES.index(name.lower()) if name.lower() in NAMES else len(NAMES))
    found: list[tuple[str, Paper]] = []
    trouble: NotAnInvoice | None = None
    for name in ordered:
        known = name.lower() in NAMES
        if not known and not name.lower().endswith(".xml"):
            continue
        try:
            found.append((name, parse_xml(files[name])))
        except NotAnInvoice as wrong:
            trouble = trouble or (wrong if known else None)
            if known:
                break
    if trouble:
        raise trouble
    if not found:
        raise NotAnInvoice("pdf_plain")
    name, paper = found[0]
    return Paper(paper.syntax, paper.root, name, tuple(other for other, _paper in found[1:]), archival)


def _attached(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name in list(pdf.attachments)[:50]:
        if not name.lower().endswith(".xml"):
            continue
        files[name] = _unpacked(pdf.attachments[name].obj.EF.F)
    return files


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """The content of a stream, never more than the limit: a small stream may unfold into gigabytes."""
    filters = stream.get("/Filter")
    if filters in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
        content = zlib.decompressobj().decompress(stream.read_raw_bytes(), MOST + 1)
    elif filters is None:
        content = stream.read_raw_bytes()
    else:
        raise NotAnInvoice("pdf_broken")
    if len(content) > MOST:
        raise NotAnInvoice("huge")
    return content


def _claims_pdfa3(pdf: pikepdf.Pdf) -> bool:
    try:
        with pdf.open_metadata() as metadata:
            return str(metadata.get("pdfaid:part", "")) == "3"
    except Exception:  # metadata that cannot be read claims nothing
        return False
