"""An invoice written down as JSON becomes a Factur-X, CII or UBL; anything else gets one sentence."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.cli import main
from cordee.engines.invoicing import Kind, NotWritten, Vat, invoice_from_json, read_invoice, totals_of

DOC = Path(__file__).resolve().parents[3] / "docs" / "invoicing.md"
EXAMPLE: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", DOC.read_text(), re.S)[0])


def read(**changes: Any) -> Any:
    return invoice_from_json(json.dumps({**EXAMPLE, **changes}).encode())


def test_the_documented_example_is_read_to_the_cent() -> None:
    found = read()
    assert (found.number, found.kind, found.lines[1].vat) == ("F2026-0042", Kind.INVOICE, Vat.DUE)
    assert totals_of(found).gross == 412_500 + 21_600
    assert found.terms.retention_cents == 20_625


def test_numbers_are_exact_however_they_are_written() -> None:
    price = '{"label": "x", "price": 0.1}, {"label": "y", "price": "0.1"}'
    text = json.dumps({**EXAMPLE, "lines": []}).replace('"lines": []', f'"lines": [{price}]')
    assert [line.price for line in invoice_from_json(text.encode()).lines] == [Fraction(1, 10)] * 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due": "23/12/2026"}, "due : « 23/12/2026 » n’est pas une date"),
        ({"lines": [{"label": "x", "price": "1 250"}]}, "lines[0].price : « 1 250 » n’est pas un nombre"),
        ({"lines": [{"price": "1"}]}, "lines[0] : il manque « label »"),
        ({"lines": {}}, "lines : une liste est attendue"),
        ({"kind": "999"}, "kind : « 999 » n’est pas permis"),
        ({"buyer": {"siren": "1"}}, "buyer : il manque « name »"),
        ({"buyer": []}, "buyer : un objet est attendu"),
        ({"sellr": {}}, "« sellr » n’est pas connu"),
        ({"retention": "1.005"}, "plus de deux décimales"),
        ({"on_debits": "oui"}, "true ou false"),
        ({"mentions": "x"}, "mentions : une liste"),
        ({"number": None}, "number : un texte"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(NotWritten) as wrong:
        read(**changes)
    assert said in wrong.value.say().replace("\xa0", " ").replace("\u202f", " ")
    assert wrong.value.say("en") != wrong.value.say()


@given(st.binary(max_size=60) | st.recursive(st.none() | st.text(max_size=5), st.lists).map(json.dumps).map(str.encode))
@settings(max_examples=100)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(NotWritten):
        invoice_from_json(data)


def test_the_command_makes_the_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facture.json"
    file.write_text(json.dumps(EXAMPLE))
    assert main(["invoice", "make", str(file)]) == 0
    assert "4 341,00" in capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")
    assert read_invoice((tmp_path / "facture.pdf").read_bytes()).attachment == "factur-x.xml"
    for shape, syntax in (("cii", "CII"), ("ubl", "UBL")):
        out = tmp_path / f"{shape}.xml"
        assert main(["invoice", "make", str(file), "--as", shape, "--out", str(out), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["cents"]["gross"] == 434_100
        assert read_invoice(out.read_bytes()).syntax == syntax


def test_the_command_refuses_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facture.json"
    for broken, said in (("{", "JSON"), (json.dumps({**EXAMPLE, "due": "2026-01-01"}), "échéance")):
        file.write_text(broken)
        assert main(["invoice", "make", str(file)]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert len(told.splitlines()) == 1
    file.write_text(json.dumps(EXAMPLE))
    assert main(["invoice", "make", str(file), "--out", str(tmp_path)]) == 2
