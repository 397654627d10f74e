"""Payment files that banks take, statements read, movements recognised."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sepaxml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordee.engines.payments import (
    Account,
    Expected,
    Movement,
    Order,
    Unreadable,
    iban_of,
    match,
    pain001,
    read_statement,
)
from cordee.engines.units import Cents

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
OURS = Account("Menuiserie Lambert", "FR7630006000011234567890189", "AGRIFRPP")
THEIRS = Account("Charpente Masson & Fils", "FR1420041010050500013M02606")
SCHEMA = etree.XMLSchema(file=str(Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"))


def order(cents: int = 2500, **more: Any) -> Order:
    return Order(**{"to": THEIRS, "cents": cents, "reference": "ab12cd34ef", "text": "Stand du salon", **more})


@given(
    st.lists(st.integers(1, 99_999_999_999), min_size=1, max_size=5),
    st.text(min_size=1, max_size=90),
    st.text(max_size=200),
)
def test_files_are_valid_against_the_schema_whatever_the_names(cents: list[int], name: str, text: str) -> None:
    orders = [order(each, to=Account(name, THEIRS.iban), text=text) for each in cents]
    file = pain001(OURS, orders, at=AT, on=date(2026, 3, 11), number="pool-1")
    root = etree.fromstring(file)
    SCHEMA.assertValid(root)
    assert root.findtext(".//{*}GrpHdr/{*}CtrlSum") == f"{sum(cents) // 100}.{sum(cents) % 100:02d}"
    assert root.findtext(".//{*}GrpHdr/{*}NbOfTxs") == str(len(cents))
    assert pain001(OURS, orders, at=AT, on=date(2026, 3, 11), number="pool-1") == file


@pytest.mark.parametrize("cents", [0, -5, 100_000_000_000])
def test_amounts_that_no_bank_pays(cents: int) -> None:
    with pytest.raises(Unreadable):
        pain001(OURS, [order(cents)], at=AT, on=date(2026, 3, 11), number="x")
    with pytest.raises(Unreadable):
        pain001(OURS, [], at=AT, on=date(2026, 3, 11), number="x")


@pytest.mark.parametrize("text", ["", "FR76", "FR7630006000011234567890188", "FR763000600001123456789018", "DE00"])
def test_wrong_account_numbers(text: str) -> None:
    with pytest.raises(Unreadable, match="IBAN"):
        iban_of(text)


def test_any_single_wrong_digit_is_seen() -> None:
    good = OURS.iban
    for place in range(4, len(good)):
        wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
        with pytest.raises(Unreadable):
            iban_of(wrong)
    assert iban_of("FR76 3000 6000 0112 3456 7890 189") == good
    assert iban_of("fr14 2004 1010 0505 0001 3m02 606") == THEIRS.iban


CAMT = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="EUR">25.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-12</Dt></BookgDt><NtryDtls><TxDtls>
<Refs><EndToEndId>ab12cd34ef</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>CHARPENTE MASSON</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Stand du salon</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">1284.5</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><DtTm>2026-03-13T10:00:00</DtTm></BookgDt>
<AddtlNtryInf>PRLV LOYER</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>"""


def test_a_camt_statement() -> None:
    first, second = read_statement(CAMT.encode())
    assert first == Movement(date(2026, 3, 12), 2500, "Stand du salon", "CHARPENTE MASSON", THEIRS.iban, "ab12cd34ef")
    assert (second.cents, second.text, second.on) == (-128_450, "PRLV LOYER", date(2026, 3, 13))


@pytest.mark.parametrize(
    "text",
    [
        "Date;Libellé;Montant\n12/03/2026;VIR CHARPENTE MASSON;25,00\n13/03/2026;LOYER;-1 284,50\n",
        "Compte 123\n\nDate;Libellé opération;Débit;Crédit\n12/03/2026;VIR MASSON;;25,00\n13/03/2026;LOYER;1284,5;\n",
        "date,label,amount\n2026-03-12,VIR CHARPENTE MASSON,25.00\n2026-03-13,LOYER,-1284.50\n",
    ],
)
def test_csv_statements_as_banks_write_them(text: str) -> None:
    for data in (text.encode(), text.encode("cp1252")):
        assert [(each.on.day, each.cents) for each in read_statement(data)] == [(12, 2500), (13, -128_450)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "colonne"),
        (b"a;b;c\n1;2;3\n", "colonne"),
        (b"Date;Libelle;Montant\n", "aucun mouvement"),
        (b"Date;Libelle;Montant\nhier;x;1\n", "Ligne 2"),
        (b"Date;Libelle;Montant\n12/03/2026;x;beaucoup\n", "Ligne 2"),
        (b"Date;Libelle;Montant\n32/03/2026;x;1\n", "Ligne 2"),
        (b"<a", "lisible"),
        (b"<html></html>", "camt"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "s\u00e9curit\u00e9"),
        (b"PK\x03\x04\x00\x00", "lisible"),
        (CAMT.replace("25.00", "vingt").encode(), "mouvement 1"),
    ],
)
def test_what_is_no_statement_gets_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as told:
        read_statement(data)
    assert told.value.say("en") != told.value.say("fr")


def movement(cents: int, text: str = "", **more: str) -> Movement:
    return Movement(date(2026, 3, 12), cents, text, **more)


def test_the_best_reason_wins_and_nothing_is_taken_twice() -> None:
    seen = [
        movement(2500, "VIR SOLDE"),
        movement(2500, "VIR MASSON CHARPENTE"),
        movement(2500, "x", iban=THEIRS.iban),
        movement(-2500, "ab12"),
        movement(2500, "merci ab12"),
    ]
    expected = [
        Expected("by name", 2500, "Charpente Masson", "zz"),
        Expected("by reference", 2500, "x", "ab12"),
        Expected("by account", 2500, "y", "yy", THEIRS.iban),
    ]
    assert [(each.place, each.key) for each in match(seen, expected)] == [
        (1, "by name"),
        (2, "by account"),
        (4, "by reference"),
    ]


def test_the_amount_alone_is_enough_only_when_it_is_the_only_one() -> None:
    alone = [Expected("a", 2500, "Masson", "r1")]
    assert match([movement(2500, "VIR")], alone)[0].why == "amount"
    assert match([movement(2500, "VIR"), movement(2500, "VIR")], alone) == []
    assert match([movement(2500, "VIR")], [*alone, Expected("b", 2500, "Roux", "r2")]) == []
    assert match([movement(2501, "Masson r1")], alone) == []


def test_what_comes_in_parts_is_known_by_its_number_and_never_beyond_its_sum() -> None:
    day = date(2026, 3, 1)
    seen = [
        Movement(day, Cents(cents), f"VIR MAIRIE {said}")
        for cents, said in ((600, "F20260001"), (500, "f2026-0001"), (300, "F2026 0001"), (300, "F2026-00011"))
    ]
    awaited = [Expected("a", Cents(1000), "Mairie", "F2026-0001", in_parts=True)]
    assert [(one.place, one.why) for one in match(seen, awaited)] == [(0, "part"), (2, "part")]
    assert match(seen, [replace(awaited[0], in_parts=False)]) == []
