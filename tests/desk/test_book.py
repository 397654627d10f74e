"""The book of a grouping: read in sentences, taken away, verified without Cordée."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from cordee.cli import main
from cordee.desk.reads import TABLES, lines
from cordee.engines import chain
from cordee.ground.register.acts import act
from cordee.ground.register.models import Entry, Head
from cordee.groupings.acts import leave, pause, resume
from cordee.journeys.tasks import sign_heads
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world: World) -> World:
    """A world in which something happened."""
    pause(world.grouping, by=world.actor("aude"), at=AT)
    resume(world.grouping, by=world.actor("aude"), at=AT)
    leave(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    return world


def test_each_act_is_a_sentence(told: World) -> None:
    page = browser_of(told.aude).get(f"/groupements/{told.grouping.public_id}/registre").content.decode()
    assert "Charpente Masson a quitté le groupement" in page
    assert "Menuiserie Lambert a mis le groupement en pause" in page
    assert "mardi 10 mars, 10 h" in page
    assert "Intact" in page


def test_an_act_that_no_room_tells_still_shows(world: World) -> None:
    with act("room.noun.past", book=world.grouping.book, by=world.actor("aude"), at=AT):
        pass
    assert lines(Entry.objects.all())[0].text == "Menuiserie Lambert a fait l’acte room.noun.past"


def test_no_act_is_told_by_two_rooms() -> None:
    names = [name for table in TABLES for name in table]
    assert len(names) == len(set(names))


def test_the_folder_verifies_by_itself_and_a_changed_line_shows(told: World, tmp_path: Path) -> None:
    answer = browser_of(told.aude).get(f"/groupements/{told.grouping.public_id}/registre.zip")
    folder = tmp_path / "registre"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
    assert {path.name for path in folder.iterdir()} == {"book.jsonl", "chain.py", "LISEZ-MOI.txt"}

    def verify() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-I", "chain.py", "book.jsonl"]
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)

    assert verify().returncode == 0
    book = folder / "book.jsonl"
    book.write_text(book.read_text(encoding="utf-8").replace("seat.left", "seat.kept"), encoding="utf-8")
    assert verify().returncode == 1


def test_the_book_alone(told: World) -> None:
    answer = browser_of(told.aude).get(f"/groupements/{told.grouping.public_id}/registre.jsonl")
    assert chain.verify(io.BytesIO(b"".join(answer.streaming_content))).ok  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]


def test_older_acts_are_one_page_away(world: World) -> None:
    for _number in range(60):
        pause(world.grouping, by=world.actor("aude"), at=AT)
        resume(world.grouping, by=world.actor("aude"), at=AT)
    browser, page = browser_of(world.aude), f"/groupements/{world.grouping.public_id}/registre"
    assert "avant=21" in browser.get(page).content.decode()
    older = browser.get(f"{page}?avant=21").content.decode()
    assert "n° 20 " in older
    assert "n° 21 " not in older
    assert browser.get(f"{page}?avant=nonsense").status_code == 200


def test_from_the_command_line(told: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "book.jsonl"
    assert main(["export", "bois & pierre", str(file)]) == 0
    assert "3 actes" in capsys.readouterr().out
    assert chain.verify(file.read_text(encoding="utf-8").splitlines()).ok
    assert main(["export", told.grouping.public_id, str(file), "--json"]) == 0
    assert '"schema": "cordee.export/1"' in capsys.readouterr().out


def test_the_command_says_what_is_wrong(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "Personne", str(tmp_path / "x")]) == 2
    assert "aucun groupement ne s’appelle « Personne »" in capsys.readouterr().err
    assert main(["export", world.grouping.public_id, str(tmp_path)]) == 2
    assert "ne s’écrit pas" in capsys.readouterr().err
    type(world.grouping).objects.update(name="Le même")
    assert main(["export", "Le même", str(tmp_path / "x")]) == 2
    assert world.grouping.public_id in capsys.readouterr().err


def test_a_head_kept_apart_shows_a_book_that_was_cut(told: World, tmp_path: Path) -> None:
    browser = browser_of(told.aude)
    book, head = tmp_path / "book.jsonl", tmp_path / "tete.json"
    head.write_bytes(browser.get(f"/groupements/{told.grouping.public_id}/tete.json").content)
    answer = browser.get(f"/groupements/{told.grouping.public_id}/registre.jsonl")
    book.write_bytes(b"".join(answer.streaming_content))
    assert main(["verify", str(book), "--head", str(head)]) == 0
    book.write_bytes(b"".join(book.read_bytes().splitlines(keepends=True)[:2]))
    assert main(["verify", str(book), "--head", str(head)]) == 1


def test_heads_are_signed_once_a_day_when_the_book_has_grown(told: World) -> None:
    Head.objects.all().delete()
    assert (sign_heads(at=AT), sign_heads(at=AT)) == (1, 0)
    pause(told.grouping, by=told.actor("aude"), at=AT)
    assert sign_heads(at=AT + timedelta(hours=20)) == 0
    assert sign_heads(at=AT + timedelta(hours=25)) == 1
    assert sign_heads(at=AT + timedelta(hours=60)) == 0
