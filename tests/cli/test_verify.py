"""`cordee verify FILE`: sniffs, tells in plain words, exits 0, 1 or 2."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from cordee.cli import main
from cordee.engines import chain
from cordee.engines.sealing import evidence_bytes
from tests.engines.chain.books import KEYS, export, head, sealed
from tests.engines.sealing import papers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "book.jsonl").write_text("\n".join(export(5)) + "\n", encoding="utf-8")
    (tmp_path / "cut.jsonl").write_text("\n".join(export(3)) + "\n", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text("\n".join(export(5)).replace('"pour":3', '"pour":4'), encoding="utf-8")
    (tmp_path / "head.json").write_text(chain.head_line(head(sealed(5))), encoding="utf-8")
    (tmp_path / "sealed.pdf").write_bytes(papers.sealed())
    (tmp_path / "plain.pdf").write_bytes(papers.paper())
    (tmp_path / "added.pdf").write_bytes(papers.sealed() + b"\n")
    (tmp_path / "proof.json").write_bytes(evidence_bytes(papers.evidence("Aude Carrère")))
    (tmp_path / "root.pem").write_bytes(papers.authority().root)
    (tmp_path / "other.pem").write_bytes(papers.authority("Autre").root)
    (tmp_path / "note.txt").write_text("bonjour", encoding="utf-8")
    (tmp_path / "empty").write_bytes(b"")
    pack(tmp_path / "good.zip", {"a/book.jsonl": "book.jsonl", "c.pdf": "sealed.pdf", "n.txt": "note.txt"}, tmp_path)
    pack(tmp_path / "bad.zip", {"a/book.jsonl": "bad.jsonl", "c.pdf": "sealed.pdf"}, tmp_path)
    pack(tmp_path / "cut.zip", {"a/book.jsonl": "cut.jsonl", "a/head.json": "head.json"}, tmp_path)
    pack(tmp_path / "notes.zip", {"n.txt": "note.txt"}, tmp_path)
    return tmp_path


def pack(path: Path, parts: dict[str, str], folder: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in parts.items():
            archive.write(folder / source, name)


def verify(folder: Path, name: str, *words: str) -> int:
    return main(["verify", str(folder / name), *(str(folder / one) if "." in one else one for one in words)])


@pytest.mark.parametrize(
    ("name", "words", "code", "said"),
    [
        ("book.jsonl", [], 0, "5 entrées"),
        ("book.jsonl", ["--head", "head.json"], 0, "5 entrées"),
        ("bad.jsonl", [], 1, "ligne 4"),
        ("cut.jsonl", [], 0, "3 entrées"),
        ("cut.jsonl", ["--head", "head.json"], 1, "coupé"),
        ("sealed.pdf", [], 0, "Ce fichier tient"),
        ("sealed.pdf", ["--trust", "root.pem"], 0, "confiance"),
        ("sealed.pdf", ["--trust", "other.pem"], 1, "ne connaissez pas"),
        ("plain.pdf", [], 1, "aucun sceau"),
        ("added.pdf", [], 1, "Un ajout a été fait après le scellement (en octets\u00a0: 1)"),
        ("proof.json", [], 0, "Aude Carrère, gérante, a signé"),
        ("good.zip", [], 0, "Tout ce qui se vérifie dans l’archive tient"),
        ("bad.zip", [], 1, "ligne 4"),
        ("cut.zip", [], 1, "coupé"),
    ],
)
def test_says_what_holds(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, words: list[str], code: int, said: str
) -> None:
    assert verify(folder, name, *words) == code
    out = capsys.readouterr()
    assert said in out.out
    assert out.err == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("note.txt", []),
        ("empty", []),
        ("notes.zip", []),
        ("head.json", []),
        ("absent.pdf", []),
        ("book.jsonl", ["--head", "note.txt"]),
        ("book.jsonl", ["--key", "nonsense"]),
        ("sealed.pdf", ["--trust", "note.txt"]),
        ("sealed.pdf", ["--trust", "absent.pem"]),
    ],
)
def test_what_cannot_be_verified_gets_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, words: list[str]
) -> None:
    assert verify(folder, name, *words) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert len(out.err.strip().splitlines()) == 1


def test_json_carries_its_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, kind, code in (("bad.zip", "archive", 1), ("sealed.pdf", "pdf", 0), ("book.jsonl", "book", 0)):
        assert verify(folder, name, "--json") == code
        answer = json.loads(capsys.readouterr().out)
        assert (answer["schema"], answer["kind"], answer["ok"]) == ("cordee.verify/1", kind, code == 0)
        assert len(answer["parts"]) >= 1


def test_speaks_english_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "verify", str(folder / "sealed.pdf")]) == 0
    assert "This file holds" in capsys.readouterr().out


def test_only_the_pinned_key_is_believed(folder: Path) -> None:
    assert verify(folder, "book.jsonl", "--key", f"k1={KEYS['k1']}") == 0
    assert verify(folder, "book.jsonl", "--key", f"k1={'0' * 64}") == 1


@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_damaged_archive_does_not_raise(folder: Path, kept: float) -> None:
    data = (folder / "good.zip").read_bytes()
    (folder / "damaged.zip").write_bytes(data[: int(len(data) * kept)])
    assert verify(folder, "damaged.zip") in (1, 2)
    changed = bytearray(data)
    changed[len(data) // 2] ^= 0xFF
    (folder / "changed.zip").write_bytes(bytes(changed))
    assert verify(folder, "changed.zip") == 1


def test_two_parts_of_one_name_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.jsonl", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.jsonl", "y")
    (folder / "twice.zip").write_bytes(twice.getvalue())
    assert verify(folder, "twice.zip") == 2
    assert "du même nom" in capsys.readouterr().err
