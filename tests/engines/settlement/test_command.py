"""cordee settle, as typed."""

import json
from pathlib import Path

import pytest

from cordee.cli import main

GOOD = 'debtor,creditor,amount\nA,B,"1 284,50"\nB,C,12,50\n\nC,A,3\n'


def write(folder: Path, text: str | bytes) -> str:
    path = folder / "dettes.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settle", write(tmp_path, GOOD), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": "cordee.settle/1",
        "transfers": [{"from": "A", "to": "B", "cents": 127200}, {"from": "A", "to": "C", "cents": 950}],
        "optimal": True,
        "bound": 2,
    }


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settle", write(tmp_path, GOOD)]) == 0
    assert capsys.readouterr().out.splitlines() == ["A verse 1\u202f272,00\u00a0€ à B", "A verse 9,50\u00a0€ à C"]
    assert main(["--lang", "en", "settle", write(tmp_path, GOOD), "--explain"]) == 0
    assert "no fewer transfers are possible" in capsys.readouterr().out


def test_existing_debts_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settle", write(tmp_path, GOOD), "--existing", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["transfers"] == [{"from": "A", "to": "B", "cents": 128150}, {"from": "B", "to": "C", "cents": 950}]


@pytest.mark.parametrize(
    "text",
    [
        "debtor;creditor;amount\nA;B;12,50\n",
        "\ufeffcréancier\tdébiteur\tmontant\nB\tA\t12.5\n",
        "débiteur;créancier;montant\nA;B;12,50 €\n".encode("cp1252"),
        "amount,debtor,creditor\r\n12.50,A,B\r\n",
    ],
)
def test_other_ways_to_write_the_file(text: str | bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settle", write(tmp_path, text), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["transfers"] == [{"from": "A", "to": "B", "cents": 1250}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("a,b,c\n", "ligne 1"),
        ("debtor,creditor,amount\nA,B,12,345\n", "ligne 2, colonne «\u00a0amount"),
        ("debtor;creditor;amount\nA;B;12,345\n", "ligne 2, colonne «\u00a0amount"),
        ("debtor;creditor;amount\nA;B;3\n\nA;;2\n", "ligne 4, colonne «\u00a0creditor"),
        ("debtor;creditor;amount\nA;B\n", "ligne 2"),
        ("debtor;creditor;amount\nA;A;3\n", "ligne 2"),
        ("debtor;creditor;amount\nA;B;-3\n", "ligne 2"),
        ('debtor,creditor,amount\n"A,B,3\n', "CSV"),
        (b"\x00\xff\x00", "ligne 1"),
    ],
)
def test_a_wrong_file_gets_one_sentence(
    text: str | bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settle", write(tmp_path, text)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert main(["--lang", "en", "settle", write(tmp_path, text)]) == 2
    assert "ligne" not in capsys.readouterr().err


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["settle", "--help"])
    assert "debtor,creditor,amount" in capsys.readouterr().out
