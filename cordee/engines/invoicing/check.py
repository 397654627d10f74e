"""Check an invoice: its structure, the rules of EN 16931 and of its profile, the French rules for a French seller."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from cordee.engines.invoicing.lines import wrong_lines
from cordee.engines.invoicing.official import Finding, run_rules
from cordee.engines.invoicing.profiles import (
    CBC,
    RAM,
    Profile,
    guideline_of,
    is_french,
    is_zugferd2,
    profile_of,
    schema_at,
)
from cordee.engines.invoicing.reading import Paper, read_invoice
from cordee.engines.invoicing.words import OWN, say_rule, say_shape
from cordee.engines.sentences import Lang, reason, say

FRANCE = ("FR", "GP", "MQ", "RE")
"""Where French VAT applies (Guiana and Mayotte do not levy it)."""

FRENCH_SINCE = "20260101"
"""From this date of issue the French rules bind; before, they are only pointed out (the reform began in 2026)."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule broken: its name, what it asks, "error" or "warning", and how often."""

    id: str
    message: str
    level: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of an invoice: valid when no error stands."""

    profile: str
    syntax: str
    rules: tuple[Broken, ...]

    @property
    def valid(self) -> bool:
        return not any(rule.level == "error" for rule in self.rules)


def check_invoice(data: bytes, lang: Lang = "fr") -> Report:
    """Say whether an invoice is valid, naming every rule it breaks.

    Shape   data: a PDF (Factur-X, ZUGFeRD) or an XML file (UBL 2.1 or CII D22B), invoice or credit note.
    Holds   French rules only for a seller in France; the same rule is named once, with how often it is broken.
    Errors  NotAnInvoice (a ValueError) when there is no invoice in it; RulesNotRun when the official rules cannot run.
    """
    return check_papers([read_invoice(data)], lang)[0]


def check_papers(papers: Sequence[Paper], lang: Lang = "fr") -> list[Report]:
    """Check many invoices at once, much faster than one by one."""
    profiles = [profile_of(paper) for paper in papers]
    jobs = [
        (paper.root, [sheet for sheet in profile.sheets if sells_from_france(paper) or not is_french(sheet)])
        for paper, profile in zip(papers, profiles, strict=True)
    ]
    found = run_rules(jobs) if any(sheets for _root, sheets in jobs) else [[] for _job in jobs]
    return [_report(*one, lang) for one in zip(papers, profiles, found, strict=True)]


def sells_from_france(paper: Paper) -> bool:
    """Whether the seller is in France: by its country (BT-40), else by its VAT number (BT-31)."""
    if paper.syntax == "CII":
        seller = paper.root.find(f".//{RAM}SellerTradeParty")
        country, number = f"{RAM}PostalTradeAddress/{RAM}CountryID", f"{RAM}SpecifiedTaxRegistration/{RAM}ID"
    elif paper.syntax == "UBL":
        seller = next((one for one in paper.root if str(one.tag).endswith("}AccountingSupplierParty")), None)
        country, number = f".//{CBC}IdentificationCode", f".//{CBC}CompanyID"
    else:
        return False
    if seller is None:
        return False
    where = (seller.findtext(country) or "").strip().upper()
    numbers = [(one.text or "").strip().upper() for one in seller.findall(number)]
    return where in FRANCE if where else any(re.fullmatch(r"FR\w{2}\d{9}", one) for one in numbers)


def issued_on(paper: Paper) -> str:
    """The date of issue (BT-2) as AAAAMMJJ, "" when there is none."""
    if paper.syntax == "CII":
        found = paper.root.find("./{*}ExchangedDocument/{*}IssueDateTime/{*}DateTimeString")
    else:
        found = paper.root.find(f"{CBC}IssueDate")
    return re.sub(r"\D", "", (found.text or "") if found is not None else "")[:8]


def _report(paper: Paper, profile: Profile, findings: list[Finding], lang: Lang) -> Report:
    told: list[Broken] = []

    def tell(rule: str, message: str, level: str = "error") -> None:
        told.append(Broken(rule, message, level))

    schema = schema_at(profile.schema)
    if not schema.validate(paper.root):
        for wrong in islice(schema.error_log, 50):  # type: ignore[call-overload]
            tell("XSD", say_shape(wrong.message, wrong.line, lang))
    given = guideline_of(paper)
    if profile.name == "ZUGFERD 1.0":
        tell("CORDEE-FORMAT", say(reason("old_format"), OWN, lang), "warning")
    elif not given:
        tell("BR-01", say(reason("no_guideline"), OWN, lang))
    elif not profile.known:
        tell("CORDEE-BT-24", say(reason("guideline", given=given[:120]), OWN, lang), "warning")
    if paper.others:
        tell("CORDEE-PDF-1", say(reason("several", name=paper.attachment), OWN, lang), "warning")
    if paper.attachment and not paper.pdfa3:
        tell("CORDEE-PDF-2", say(reason("not_pdfa3"), OWN, lang), "warning")
    for one in findings:
        if not (one.rule == "BR-01" and not given):
            told.extend(_judged(paper, profile, one, lang))
    for line in wrong_lines(paper):
        # What a French invoice must state per line (CGI, annexe II, art. 242 nonies A) includes exact figures.
        level = "error" if sells_from_france(paper) else "warning"
        tell("CORDEE-BT-131", say(reason("line", **line), OWN, lang), level)
    return Report(profile.name, paper.syntax, tuple(_once(told)))


def _judged(paper: Paper, profile: Profile, found: Finding, lang: Lang) -> list[Broken]:
    """How grave one finding is for this invoice; nothing when it does not concern it."""
    message, level = say_rule(found.rule, found.text, lang), "warning" if found.flag == "warning" else "error"
    if "PEPPOL" in found.text[:8]:  # the stylesheet of BASIC calls it by another name
        return [Broken("PEPPOL-EN16931-R008", say_rule("PEPPOL-EN16931-R008", found.text, lang), "warning")]
    if is_french(found.sheet):
        if profile.name == "MINIMUM":
            return [Broken(found.rule, say(reason("minimum", said=message), OWN, lang), "warning")]
        if "" < issued_on(paper) < FRENCH_SINCE:
            return [Broken(found.rule, say(reason("before", said=message), OWN, lang), "warning")]
    elif found.rule.startswith("FX-SCH") and "is not allowed" in found.text:
        if "GuidelineSpecifiedDocumentContextParameter" in found.place:
            return []  # said apart, in our own words
        if is_zugferd2(paper):
            return [Broken(found.rule, say(reason("older_list", said=message), OWN, lang), "warning")]
        if profile.name == "XRECHNUNG" and "listID" in found.text:
            return []  # a list of its own, which XRechnung allows
    return [Broken(found.rule, message, level)]


def _once(told: Sequence[Broken]) -> list[Broken]:
    kept: dict[tuple[str, str, str], int] = {}
    for one in told:
        key = (one.id, one.message, one.level)
        kept[key] = kept.get(key, 0) + 1
    ordered = sorted(kept.items(), key=lambda item: item[0][2] != "error")
    return [Broken(*key, times) for key, times in ordered]
