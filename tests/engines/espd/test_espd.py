"""ESPD files: those we write are valid by the official rules; what we say of any file, the official rules say too."""

import copy
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from cordee.cli import main
from cordee.engines import espd
from cordee.engines.espd.tree import CAC, CBC
from tests.engines.espd.official import broken

BUYER = espd.Buyer("Commune de Paulhan", "2026-12", "Groupe scolaire Les Amandiers")
FULL = espd.Operator(
    "Menuiserie Fabrègues & Fils",
    "123456782",
    "3 rue du Four",
    "34000",
    "Montpellier",
    contact="Claire Fabrègues",
    email="claire@menuiserie.example",
    phone="0467000000",
    turnover=(espd.YearFigure(2023, 80_000_000), espd.YearFigure(2024, 90_000_000)),
    staff=(espd.YearFigure(2023, 7), espd.YearFigure(2024, 8)),
    references=(
        espd.Reference("Collège", "Département", espd.model.Cents(5_000_000), date(2023, 1, 1), date(2023, 9, 1)),
        espd.Reference("Mairie", "Commune voisine"),
    ),
    insured=espd.model.Cents(100_000_000),
    certificates=("Qualibat 4311",),
    representative="Claire Fabrègues",
)
LEAD = espd.Response(
    BUYER, FULL, "group-lead", "LOT-0001", date(2026, 3, 1), "Bois & Pierre", ("Nouvel Électricité",), declared=True
)
BARE = espd.Operator("Atelier Roux", "552100554")
ANSWERS = {
    "lead": LEAD,
    "member": replace(LEAD, operator=BARE, role="group-mem", others=("Menuiserie Fabrègues & Fils",)),
    "alone": replace(LEAD, role="sole-tenderer", nature="services", group="", others=()),
    "subcontracting": replace(LEAD, nature="supplies", subcontractors=(("Peinture Sanchis", "732829320"), ("X", ""))),
}


@pytest.fixture(scope="module")
def data(shared_data: Path) -> Path:
    return shared_data / "espd" / "v4.1.0"


def counted(report: espd.Report) -> Counter[str]:
    """Our findings as the official rules would print them."""
    return Counter(
        f"{'CODE-LIST' if each.rule.startswith('CL-') else each.rule} {each.level}" for each in report.findings
    )


def agree(folder: Path, files: list[Path]) -> None:
    for name, rules in broken(folder, files).items():
        official = Counter({rule.replace(" error", " fatal"): count for rule, count in rules.items()})
        assert counted(espd.check(Path(name).read_bytes())) == official, name


@pytest.mark.parametrize("name", ANSWERS)
def test_what_we_write_holds(name: str) -> None:
    written = espd.response(ANSWERS[name])
    report = espd.check(written)
    assert (report.findings, report.valid, report.version) == ((), True, "4.1.0")
    assert (report.role, report.operator) == (ANSWERS[name].role, ANSWERS[name].operator.name)
    assert written == espd.response(ANSWERS[name])


def test_what_we_write_passes_the_official_schema_and_rules(data: Path, tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(data / "ubl-2.3/xsdrt/maindoc/UBL-QualificationApplicationResponse-2.3.xsd"))
    files = []
    for name, answer in ANSWERS.items():
        files.append(tmp_path / f"{name}.xml")
        files[-1].write_bytes(espd.response(answer))
        schema.assertValid(etree.parse(files[-1]))
    assert broken(data, files) == {str(file): {} for file in files}


def test_we_find_what_the_official_rules_find_in_every_sample(data: Path) -> None:
    files = [*sorted((data / "xml-examples").glob("*.xml")), *sorted((data.parent / "v3.3.0").glob("*.xml"))]
    assert len(files) == 5
    agree(data, files)


def spoilt() -> dict[str, etree._Element]:
    """A good file, broken in one place at a time: elements taken away, values changed, attributes dropped."""
    whole = etree.fromstring(espd.response(LEAD))
    found: dict[str, etree._Element] = {}

    def one(name: str) -> etree._Element:
        found[name] = copy.deepcopy(whole)
        return found[name]

    without = (
        "UBLVersionID ID UUID EconomicOperatorGroupName IndustryClassificationCode RoleCode CriterionTypeCode Name "
        "ValidatedCriterionPropertyID PropertyGroupTypeCode TypeCode ValueDataTypeCode Description FamilyName "
        "ResponseIndicator"
    )
    for name in without.split():
        node = next(one(f"without {name}").iter(CBC + name))
        node.getparent().remove(node)  # type: ignore[union-attr]
    for name in (
        "ProcurementProjectLot",
        "EconomicOperatorRole",
        "PartyIdentification",
        "TenderingCriterionPropertyGroup",
    ):
        node = next(one(f"without {name}").iter(CAC + name))
        node.getparent().remove(node)  # type: ignore[union-attr]
    for name, value in (
        ("UBLVersionID", "2.1"),
        ("RoleCode", "boss"),
        ("RoleCode", "subcont"),
        ("ProfileExecutionID", "mine"),
        ("IdentificationCode", "FR"),
        ("CriterionTypeCode", "corruption"),
        ("PropertyGroupTypeCode", "ONTRUE"),
        ("ValueDataTypeCode", "AMOUNT"),
        ("TypeCode", "CAPTION"),
        ("ValidatedCriterionPropertyID", "nowhere"),
        ("ResponseIndicator", "true"),
    ):
        next(one(f"{name} = {value}").iter(CBC + name)).text = value
    for name, mark in (
        ("TypeCode", "listID"),
        ("ID", "schemeAgencyID"),
        ("ProcedureCode", "listID"),
        ("UUID", "schemeAgencyID"),
    ):
        for node in one(f"{name} without {mark}").iter(CBC + name):
            node.attrib.pop(mark, None)
    next(one("euro").iter(CBC + "ResponseAmount")).set("currencyID", "EURO")
    next(one("version 3").iter(CBC + "TypeCode")).set("listVersionID", "3.3.0")
    root = one("silent lead")
    for answer in list(root.iter(CAC + "TenderingCriterionResponse")):
        if "eo-group" in (answer.findtext(CBC + "ValidatedCriterionPropertyID") or "") or "relied" in (
            answer.findtext(CBC + "ValidatedCriterionPropertyID") or ""
        ):
            root.remove(answer)
    root = one("no turnover")
    for answer in list(root.iter(CAC + "TenderingCriterionResponse")):
        if "gen-year-to" in (answer.findtext(CBC + "ValidatedCriterionPropertyID") or ""):
            root.remove(answer)
    value = next(one("two values").iter(CAC + "ResponseValue"))
    value.addnext(copy.deepcopy(value))
    return found


def test_we_find_what_the_official_rules_find_in_spoilt_files(data: Path, tmp_path: Path) -> None:
    files = []
    for number, root in enumerate(spoilt().values()):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(etree.tostring(root))
    agree(data, files)


def test_every_finding_has_its_sentence_in_both_languages() -> None:
    for name, root in spoilt().items():
        for each in espd.check(etree.tostring(root)).findings:
            for lang in ("fr", "en"):
                said = espd.sentence(each, lang)  # type: ignore[arg-type]
                assert said[0].isupper() or said[0] in "«“", (name, each)
                assert "?" not in said, (name, each)
                assert "{" not in said, (name, each)
                assert "non respectée" not in said, (name, each)


def test_nobody_states_a_company_s_honour_in_its_place() -> None:
    with pytest.raises(ValueError, match="declared"):
        espd.response(replace(LEAD, declared=False))
    with pytest.raises(ValueError, match="number"):
        espd.response(replace(LEAD, operator=replace(BARE, siren=" ")))


HOSTILE = {
    "empty": b"",
    "doctype": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "broken": b"<a><b></a>",
    "other": b"<html/>",
}


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_or_foreign_files_get_a_sentence(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(espd.NotAnEspd) as wrong:
        espd.check(HOSTILE[code])
    assert wrong.value.code == code
    file = tmp_path / "x.xml"
    file.write_bytes(HOSTILE[code])
    assert main(["espd", "check", str(file)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert wrong.value.sentence() in said.err


def test_the_command_answers_yes_no_or_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(espd.response(LEAD))
    bad.write_bytes(espd.response(LEAD).replace(b"group-lead", b"boss"))
    assert main(["espd", "check", str(good)]) == 0
    assert "valable" in capsys.readouterr().out
    assert main(["espd", "check", str(bad)]) == 1
    assert "RoleCode" in capsys.readouterr().out
    assert main(["espd", "check", str(bad), "--json"]) == 1
    assert '"schema": "cordee.espd/1"' in capsys.readouterr().out
    assert main(["--lang", "en", "espd", "check", str(tmp_path / "no.xml")]) == 2
    assert "no file" in capsys.readouterr().err
    assert "saxonche" not in sys.modules
