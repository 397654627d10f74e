"""The file copied alone into an empty folder, where Cordée is not installed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cordee.engines import chain
from tests.engines.chain.books import KEYS, export, head, sealed


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    shutil.copy(chain.__file__, tmp_path / "chain.py")
    (tmp_path / "book.jsonl").write_text("\n".join(export(5)) + "\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", "-S", "chain.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_good_book(alone: Path) -> None:
    done = run(alone, "book.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 entrées" in done.stdout
    assert run(alone, "book.jsonl", "--key", f"k1={KEYS['k1']}", "--lang", "en").stdout.startswith("The book")


def test_a_bad_book_says_its_line(alone: Path) -> None:
    book = alone / "book.jsonl"
    book.write_text(book.read_text(encoding="utf-8").replace('"pour":3', '"pour":4'), encoding="utf-8")
    done = run(alone, "book.jsonl")
    assert done.returncode == 1
    assert "ligne 4" in done.stdout
    answer = json.loads(run(alone, "book.jsonl", "--json").stdout)
    assert (answer["schema"], answer["ok"]) == ("cordee.verify-book/1", False)
    assert [(problem["line"], problem["code"]) for problem in answer["problems"]] == [(4, "altered")]


def test_a_head_kept_apart_shows_the_cut(alone: Path) -> None:
    (alone / "head.json").write_text(chain.head_line(head(sealed(5))), encoding="utf-8")
    (alone / "book.jsonl").write_text("\n".join(export(4)), encoding="utf-8")
    done = run(alone, "book.jsonl", "--head", "head.json")
    assert done.returncode == 1
    assert "coupé" in done.stdout


@pytest.mark.parametrize("words", [["absent.jsonl"], ["chain.py"], ["book.jsonl", "--head", "chain.py"], [], ["."]])
def test_a_wrong_call_gets_one_sentence(alone: Path, words: list[str]) -> None:
    done = run(alone, *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_keys_and_heads_that_are_nonsense(alone: Path) -> None:
    (alone / "list.json").write_text("[1]", encoding="utf-8")
    for words in (["--key", "nonsense"], ["--head", "list.json"]):
        done = run(alone, "book.jsonl", *words)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_the_module_runs_as_such(alone: Path) -> None:
    command = [sys.executable, "-m", "cordee.engines.chain", str(alone / "book.jsonl")]
    root = Path(chain.__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0
