"""The FEC checker: each defect is named with its line and column; real ledgers are read as they are."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.cli import main
from cordee.engines.ledger import FecReport, NotAFec, check_fec
from cordee.engines.ledger.fec_reading import COLUMNS

NAME = "123456782FEC20261231.txt"
HEAD = "\t".join(COLUMNS)
SALE = (
    "VE\tVentes\t{number}\t20260310\t{account}\t{label}\t\t\tF-1\t20260310\tVente\t{debit}\t{credit}\t\t\t20260401\t\t"
)


def fec(*changes: tuple[str, str], rows: int = 1) -> bytes:
    """A small ledger that complies: `rows` entries of two lines, then each (old, new) replaced once."""
    lines = [HEAD]
    for number in range(1, rows + 1):
        for account, label, debit, credit in (
            ("41100000", "Clients", "120,00", "0,00"),
            ("70600000", "Services", "0,00", "120,00"),
        ):
            lines.append(SALE.format(number=number, account=account, label=label, debit=debit, credit=credit))
    text = "\r\n".join(lines) + "\r\n"
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def told(report: FecReport) -> list[str]:
    return [f"{one.id} {one.say()}" for one in report.defects]


def test_a_ledger_that_complies() -> None:
    report = check_fec(fec(rows=3), NAME)
    assert (report.valid, report.defects, report.lines, report.entries) == (True, (), 6, 3)
    assert report.debit == report.credit == 36000
    assert report.profile == "FEC 18 colonnes, tabulation, utf-8"


DEFECTS = [
    ("\t120,00\t", "\t120.00\t", "FEC-MONTANT Ligne 2, colonne Debit\u00a0: «\u00a0120.00\u00a0» n’est pas un montant"),
    ("\t120,00\t", "\t1 120,00\t", "FEC-MONTANT Ligne 2, colonne Debit"),
    ("\t120,00\t", "\t120,01\t", "FEC-EQUILIBRE Ligne 2\u00a0: l’écriture 1 du journal VE ne s’équilibre pas"),
    ("20260310", "10/03/2026", "FEC-DATE Ligne 2, colonne EcritureDate\u00a0: «\u00a010/03/2026\u00a0»"),
    ("20260310", "20270310", "FEC-EXERCICE Ligne 2, colonne EcritureDate\u00a0: 10/03/2027 est après la clôture"),
    ("41100000", "4A100000", "FEC-COMPTE Ligne 2, colonne CompteNum"),
    ("\t20260401\t", "\t\t", "FEC-VIDE Ligne 2, colonne ValidDate\u00a0: valeur obligatoire absente."),
    ("Ventes", "", "FEC-VIDE Ligne 2, colonne JournalLib"),
    ("CompteLib\t", "", "FEC-COLONNES Ligne 1\u00a0: il manque la colonne CompteLib."),
    (
        "CompteNum\tCompteLib",
        "CompteLib\tCompteNum",
        "FEC-COLONNES Ligne 1\u00a0: les colonnes ne sont pas dans l’ordre",
    ),
    ("\t20260401\t\t\r\n", "\t20260401\r\n", "FEC-LIGNES Ligne 2\u00a0: 16 valeurs au lieu de 18."),
    ("Services", "\r\nServices", "FEC-LIGNES Ligne 3"),
    ("\t2\t", "\t3\t", "FEC-NUMERO Ligne 4, colonne EcritureNum\u00a0: «\u00a03\u00a0» ne suit pas le numéro 1."),
    (
        "120,00\t0,00",
        "0,00\t120,00",
        "FEC-EQUILIBRE L’ensemble n’est pas équilibré\u00a0: débit 120,00\u00a0€, crédit 360,00\u00a0€.",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), DEFECTS)
def test_each_defect_is_named_with_its_place(old: str, new: str, said: str) -> None:
    report = check_fec(fec((old, new), rows=2), NAME)
    assert not report.valid
    assert any(one.startswith(said) for one in told(report)), told(report)


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        (NAME, True),
        ("123456782fec20261231.TXT", True),
        ("", True),
        ("fec.txt", False),
        ("123456789FEC20261231.txt", False),
    ],
)
def test_the_name_of_the_file(name: str, valid: bool) -> None:
    assert check_fec(fec(), name).valid is valid


def test_separators_encodings_and_variants() -> None:
    plain = fec(("Vente\t", "Été à Nîmes\t"))
    assert check_fec(plain.decode().encode("iso-8859-15"), NAME).profile.endswith("iso-8859-15")
    assert check_fec(b"\xef\xbb\xbf" + plain, NAME).valid
    assert check_fec(plain.replace(b"\t", b"|"), NAME).valid
    assert not check_fec(plain.decode().encode("utf-16"), NAME).valid
    assert told(check_fec(fec().replace(b"\t", b";").replace(b",", b"."), NAME))[0].startswith("FEC-SEPARATEUR")
    signed = fec().decode().replace("Debit\tCredit", "Montant\tSens")
    signed = signed.replace("120,00\t0,00", "120,00\tD").replace("0,00\t120,00", "120,00\tC")
    assert check_fec(signed.encode(), NAME).valid
    assert not check_fec(signed.replace("\tC\t", "\tX\t").encode(), NAME).valid


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02" * 50, b"<?xml version='1.0'?><comptabilite/>", b"%PDF-1.7", b"a;b;c\n1;2;3"]
)
def test_what_is_no_fec_gets_a_sentence(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / NAME
    path.write_bytes(data)
    assert main(["fec", "check", str(path)]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert not said.out


@given(st.binary(max_size=200))
def test_any_bytes_after_a_header_are_checked_or_refused(data: bytes) -> None:
    try:
        report = check_fec(HEAD.encode() + b"\n" + data, NAME)
    except NotAFec:
        assert b"\x00" in data
        return
    assert report.valid is not any(one.level == "error" for one in report.defects)
    for one in report.defects:
        assert one.say()
        assert one.say("en")


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / NAME
    path.write_bytes(fec(("41100000", "9999")))
    assert main(["fec", "check", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "schema": "cordee.fec-check/1",
        "valid": False,
        "profile": "FEC 18 colonnes, tabulation, utf-8",
        "rules": [
            {
                "id": "FEC-COMPTE",
                "message": "Ligne 2, colonne CompteNum\u00a0: «\u00a09999\u00a0» ne commence pas par trois chiffres du "
                "plan comptable.",
                "level": "error",
            }
        ],
    }


def test_a_real_ledger_of_a_company(shared_data: Path) -> None:
    data = (shared_data / "accounting/fec/111111111FEC20221231.txt").read_bytes()
    report = check_fec(data, "123456782FEC20231231.txt")
    assert report.valid, told(report)
    assert (report.lines, report.entries, report.debit) == (934, 248, 22_568_223)
    named = check_fec(data, "111111111FEC20221231.txt")
    assert {one.id for one in named.defects if one.level == "error"} == {"FEC-NOM", "FEC-EXERCICE"}


def test_a_real_ledger_of_a_profession_on_cash_accounting(shared_data: Path) -> None:
    data = (shared_data / "accounting/fec/000000000FEC20231231.txt").read_bytes()
    report = check_fec(data, "000000000FEC20231231.txt")
    assert report.profile == "FEC 22 colonnes, tabulation, utf-8"
    assert report.debit == report.credit == 126_535_082
    assert {one.id for one in report.defects if one.level == "error"} == {"FEC-VIDE", "FEC-NUMERO", "FEC-EXERCICE"}
