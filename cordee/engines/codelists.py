"""Official lists of codes (CPV, NUTS) as published in tables: a code, its French and its English label."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cordee.engines import sentences
from cordee.engines.sentences import Fact, Lang

SHAPES = {"cpv": re.compile(r"[0-9]{8}"), "nuts": re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")}
TITLES = {
    "code": ("code", "cpv", "nuts", "nuts_id"),
    "fr": ("label_fr", "libelle_fr", "fr", "libelle"),
    "en": ("label_en", "libelle_en", "en", "label"),
}
SENTENCES = {
    "unreadable": (
        "ce fichier n’est pas un tableau CSV en UTF-8. Enregistrez-le de nouveau.",
        "this file is not a CSV table in UTF-8. Save it again.",
    ),
    "columns": (
        "ce n’est pas une liste de codes : il faut une colonne « code » et une colonne « label_fr ».",
        "this is not a list of codes: a column “code” and a column “label_fr” are needed.",
    ),
    "neither": (
        "ligne {line} : « {code} » n’est ni un code CPV (huit chiffres) ni un code NUTS.",
        "line {line}: “{code}” is neither a CPV code (eight digits) nor a NUTS code.",
    ),
    "mixed": (
        "ligne {line} : « {code} » n’est pas de la même liste que les codes d’avant.",
        "line {line}: “{code}” is not of the same list as the codes before it.",
    ),
    "empty": ("cette liste est vide.", "this list is empty."),
}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code and what it is called."""

    code: str
    label_fr: str
    label_en: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A whole list; `system` is "cpv" or "nuts"."""

    system: str
    lines: tuple[CodeLine, ...]


class ListRefused(ValueError):
    """The file is no list of codes that we know."""

    def __init__(self, why: str, **facts: Fact) -> None:
        self.reason = sentences.Reason(why, tuple(facts.items()))
        super().__init__(self.text())

    def text(self, lang: Lang = "fr") -> str:
        return sentences.say(self.reason, SENTENCES, lang)


def read_codes(data: bytes) -> CodeList:
    """Read an official list of CPV or NUTS codes; which one it is, its codes say.

    Holds   every code of the list once, in the order of the file; all of one system.
    Errors  ListRefused, a ValueError with one sentence.

    >>> read_codes(b"code,label_fr,label_en\\n45000000-7,Travaux,Works\\n").lines[0].code
    '45000000'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ListRefused("unreadable") from None
    system = ""
    found: dict[str, CodeLine] = {}
    for line, (code, fr, en) in _rows(text):
        kind = next((name for name, shape in SHAPES.items() if shape.fullmatch(code)), None)
        if kind is None:
            raise ListRefused("neither", line=line, code=code[:40])
        if system and kind != system:
            raise ListRefused("mixed", line=line, code=code[:40])
        system = kind
        found.setdefault(code, CodeLine(code, fr or en or code, en))
    if not found:
        raise ListRefused("empty")
    return CodeList(system, tuple(found.values()))


def _rows(text: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    places: dict[str, int] = {}
    try:
        for cells in reader:
            if not places:
                titles = [cell.strip().lower() for cell in cells]
                places = {
                    name: titles.index(title) for name, known in TITLES.items() for title in known if title in titles
                }
                if not {"code", "fr"} <= set(places):
                    raise ListRefused("columns")
            elif any(cells):
                said = {name: cells[at].strip() for name, at in places.items() if at < len(cells)}
                code = re.sub(r"-[0-9]$", "", said.get("code", "").upper())
                yield reader.line_num, (code, said.get("fr", ""), said.get("en", ""))
    except csv.Error:
        raise ListRefused("unreadable") from None
