"""On invoices that others published with their expected result, the checker agrees with each of them."""

from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree

from cordee.engines.invoicing import NotAnInvoice, Report, check_papers, read_invoice
from cordee.engines.invoicing.official import run_rules
from cordee.engines.invoicing.profiles import official_folder
from tests.conftest import SHARED_DATA

FOLDER = SHARED_DATA / "einvoice"

NOT_REPRODUCED = {
    # Filed under « fail » by the corpus in 2019, which does not say why. Its schema and the rules of its profile find
    # nothing today; it differs from its valid neighbour only by being a credit note (381), and the official list of
    # document types of that very profile holds 381: the file is right, its folder is old (see the test below).
    "facturx-pdf/fail/FNFE-factur-x-examples/Avoir_FR_type381_BASICWL.pdf",
}


def files(pattern: str) -> list[str]:
    return sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob(pattern))


VALID = [
    *files("en16931/cii/examples/*.xml"),
    *files("en16931/ubl/examples/*.xml"),
    *files("en16931/test/testfiles/*.xml"),
    *files("facturx-pdf/correct/*/*.pdf"),
    *files("xrechnung/*.xml"),
    *files("akretion/factur-x-*.xml"),
    *files("akretion/ubl-*.xml"),
    *files("akretion/*.pdf"),
]
INVALID = [
    name
    for name in files("facturx-pdf/fail/*/*.pdf")
    if name not in NOT_REPRODUCED and "invalid-xml-encoding" not in name
]
NO_INVOICE = [
    *files("akretion/order-x-*.xml"),
    *files("fr-ctc/cdar/*.xml"),
    *files("verapdf-a3b/*.pdf"),
    *files("facturx-pdf/fail/Mustangproject/*invalid-xml-encoding*.pdf"),
]
OLD = files("akretion/zugferd-*.xml")


@lru_cache(maxsize=1)
def reports() -> dict[str, Report]:
    names = [*VALID, *INVALID, *OLD, *NOT_REPRODUCED]
    papers = [read_invoice((FOLDER / name).read_bytes()) for name in names]
    return dict(zip(names, check_papers(papers), strict=True))


@pytest.mark.parametrize("name", VALID)
def test_a_valid_invoice_is_found_valid(name: str) -> None:
    report = reports()[name]
    assert report.valid, [rule for rule in report.rules if rule.level == "error"]


@pytest.mark.parametrize("name", INVALID)
def test_an_invalid_invoice_is_found_invalid(name: str) -> None:
    assert not reports()[name].valid


@pytest.mark.parametrize("name", OLD)
def test_the_old_format_is_named(name: str) -> None:
    assert reports()[name].profile == "ZUGFERD 1.0"
    assert reports()[name].valid


@pytest.mark.parametrize("name", NO_INVOICE)
def test_what_is_no_invoice_gets_a_sentence(name: str) -> None:
    with pytest.raises(NotAnInvoice) as wrong:
        read_invoice((FOLDER / name).read_bytes())
    assert wrong.value.say().endswith(".")
    assert wrong.value.say("en") != wrong.value.say()


def test_french_rules_are_for_french_sellers() -> None:
    told = {name: {rule.id[:5] for rule in report.rules} for name, report in reports().items() if "xrechnung" in name}
    assert told
    assert not any("BR-FR" in rules for rules in told.values())
    french = reports()["facturx-pdf/correct/FNFE-factur-x-examples/Facture_FR_BASICWL.pdf"]
    assert any(rule.id == "BR-FR-05_BT-22_PMT" and rule.level == "warning" for rule in french.rules)


UNITS = [*files("en16931/test/*-unit-UBL/*.xml"), *files("en16931/test/cii/*.xml")]


@lru_cache(maxsize=1)
def unit_findings() -> dict[str, list[tuple[str, str, set[str]]]]:
    """For each unit file: what it expects of a rule ("success", "error", "warning"), and the rules found broken."""
    expected: list[tuple[str, str, str]] = []
    jobs = []
    for name in UNITS:
        sheet = "facturx-en16931/FACTUR-X_EN16931.xslt" if "/cii/" in name else "ubl-2.1/EN16931-UBL-validation.xslt"
        root = etree.fromstring((FOLDER / name).read_bytes())
        for test in root.findall("{*}test"):
            paper = next(
                child for child in test if "invoice" in str(child.tag).lower() or "credit" in str(child.tag).lower()
            )
            for said in test.find("{*}assert"):
                kind = etree.QName(said).localname
                if kind in ("success", "error", "warning", "fatal"):
                    expected.append((name, kind, (said.text or "").strip()))
                    jobs.append((etree.fromstring(etree.tostring(paper)), [sheet]))
    found = run_rules(jobs)
    answer: dict[str, list[tuple[str, str, set[str]]]] = {name: [] for name in UNITS}
    for (name, kind, rule), findings in zip(expected, found, strict=True):
        answer[name].append((kind, rule, {one.rule for one in findings}))
    return answer


@pytest.mark.parametrize("name", UNITS)
def test_each_rule_alone(name: str) -> None:
    cases = unit_findings()[name]
    assert cases
    for kind, rule, found in cases:
        assert (rule not in found) if kind == "success" else (rule in found), (kind, rule, sorted(found))


def test_the_file_that_we_find_valid_against_its_folder_is_valid_by_the_official_list() -> None:
    codes = etree.parse(official_folder() / "facturx-basicwl" / "FACTUR-X_BASIC-WL_codedb.xml")
    kinds = {one.get("value") for one in codes.find("cl[@id='2']")}
    for name in NOT_REPRODUCED:
        report = reports()[name]
        assert (report.valid, report.profile) == (True, "BASIC WL")
        assert all(rule.level == "warning" and rule.id.startswith("BR-FR-") for rule in report.rules)
        kind = read_invoice((FOLDER / name).read_bytes()).root.find(".//{*}ExchangedDocument/{*}TypeCode")
        assert kind is not None
        assert kind.text == "381"
        assert kind.text in kinds


def test_the_folder_of_known_invoices_is_there(shared_data: Path) -> None:
    assert len(VALID) > 50
    assert len(UNITS) > 100
