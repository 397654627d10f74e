"""Printing the minutes of a meeting: archival, tagged, the same bytes for the same words at the same moment."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import as_file, files

import typst

from cordee.engines.assembly.render import STANDARDS, _fonts
from cordee.engines.assembly.words import typeset


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is printed.

    Shape   sheet: the attendance sheet, (company, person, how, from, to); empty where nobody met. text: paragraphs, a
            line that begins with "# " is a heading. signatories: (company, person, capacity).
    """

    title: str
    grouping: str
    moment: str
    place: str
    sheet: tuple[tuple[str, str, str, str, str], ...]
    text: str
    signatories: tuple[tuple[str, str, str], ...] = ()

    @property
    def fingerprint(self) -> str:
        """The digest of its words: what a signature is about."""
        return sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def render_minutes(minutes: Minutes, *, at: datetime, verify_at: str = "") -> bytes:
    """Print minutes as a PDF that can be archived (PDF/A-3a) and read aloud (PDF/UA-1).

    Holds   the same minutes at the same `at` give the same bytes; what the words hold is never taken for markup.
    Errors  ValueError for a moment without time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    paragraphs = [each.strip() for each in minutes.text.replace("\r", "").split("\n") if each.strip()]
    data = {
        **asdict(minutes),
        "paragraphs": [
            {"heading": each.startswith("# "), "text": typeset(each.removeprefix("# "))} for each in paragraphs
        ],
        "fingerprint": minutes.fingerprint,
        "fingerprint_label": typeset("Empreinte du texte :"),
        "verify_at": verify_at,
    }
    template = (files(__package__) / "minutes.typ").read_bytes()
    with as_file(files(__package__) / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            template,
            root=str(fonts),
            font_paths=_fonts(str(fonts)),
            sys_inputs={"minutes": json.dumps(data, ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        pdf = compiler.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=int(at.timestamp()))
    if not isinstance(pdf, bytes):
        raise ValueError("the minutes have no page")
    return pdf
