"""French is the source; English is complete: nothing missing, nothing fuzzy, every placeholder kept."""

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAIN = re.compile(r"(?<=\S) (?=[:»])|« | (?=[;!?%€](\s|$))| (?=%%)")
ROOMS = sorted({path.parent for path in (ROOT / "cordee").glob("**/apps.py")})


def sources(room: Path) -> list[Path]:
    return [path for kind in ("*.py", "*.html", "*.txt") for path in room.rglob(kind) if "migrations" not in path.parts]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not installed (apt-get install gettext)")
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_english_is_complete(room: Path, tmp_path: Path) -> None:
    wanted = _extract(room, tmp_path)
    catalogue = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    known = {}
    if catalogue.exists():
        known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete}
    missing = [text for context, text in wanted if not (entry := known.get((context, text))) or not entry.translated()]
    assert missing == []
    assert [entry.msgid for entry in known.values() if entry.fuzzy] == []
    assert [
        entry.msgid
        for entry in known.values()
        if _placeholders(entry.msgid) != _placeholders(entry.msgstr or entry.msgid)
    ] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_line_breaks_before_a_colon(room: Path) -> None:
    """French punctuation stays with its word: no-break spaces, never plain ones."""
    catalogue = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(catalogue)) if catalogue.exists() else []
    said = [text for entry in entries for text in (entry.msgid, entry.msgid_plural) if len(text.strip()) > 5]
    assert [text for text in said if PLAIN.search(text)] == []


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]", text))


def _extract(room: Path, folder: Path) -> list[tuple[str | None, str]]:
    """Every message of a room, templates included, as makemessages finds them."""
    from django.utils.translation import templatize

    files = []
    for number, path in enumerate(sources(room)):
        text = path.read_text(encoding="utf-8")
        copy = folder / f"{number}.py"
        copy.write_text(templatize(text, origin=str(path)) if path.suffix != ".py" else text, encoding="utf-8")
        files.append(str(copy))
    if not files:
        return []
    keywords = ["gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3"]
    keywords += ["pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"]
    words = [
        "xgettext",
        "-L",
        "Python",
        "--from-code=UTF-8",
        "-o",
        "-",
        *(f"--keyword={word}" for word in keywords),
        *files,
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    catalogue = polib.pofile(done.stdout) if done.stdout else []
    return [(entry.msgctxt, entry.msgid) for entry in catalogue if entry.msgid]
