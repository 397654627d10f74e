"""Read a FEC (fichier des écritures comptables): its separator, its encoding, its columns, its lines.

Source  livre des procédures fiscales, article A. 47 A-1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.engines.sentences import Lang, Reason, Table, reason, say

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
"""The 18 columns, in the order of the law."""

SIGNED = {"Debit": "Montant", "Credit": "Sens"}
"""A ledger may give an amount and its side instead of a debit and a credit."""

CASH = ("DateRglt", "ModeRglt", "NatOp", "IdClient")
"""The columns that cash accounting (BNC, BA) adds after the 18."""

MOST = 200_000_000

WORDS: Table = {
    "empty": ("Le fichier est vide.", "The file is empty."),
    "huge": (
        "Le fichier pèse plus de 200 Mo : découpez-le par exercice.",
        "The file is over 200 MB: split it by year.",
    ),
    "binary": (
        "Ce n’est pas un fichier texte : un FEC est un fichier à plat, tabulé ou séparé par « | ».",
        "This is no text file: a FEC is a flat file, separated by tabs or “|”.",
    ),
    "xml": (
        "Ce FEC est en XML. Demandez à votre logiciel l’export à plat (tabulation ou « | »), que Cordée sait vérifier.",
        "This FEC is XML. Ask your software for the flat export (tab or “|”), which Cordée can check.",
    ),
    "no_header": (
        "La première ligne ne porte pas les noms des colonnes d’un FEC (JournalCode, JournalLib, EcritureNum…).",
        "The first line does not carry the column names of a FEC (JournalCode, JournalLib, EcritureNum…).",
    ),
}


class NotAFec(ValueError):
    """These bytes are no FEC; `say` tells why in one sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.reason: Reason = reason(code)

    def say(self, lang: Lang = "fr") -> str:
        return say(self.reason, WORDS, lang)


@dataclass(frozen=True, slots=True)
class Fec:
    """A ledger as written: header and rows of raw text, where each column stands, how the file is made."""

    header: tuple[str, ...]
    places: Mapping[str, int]  # column of the law → index in a row
    rows: tuple[tuple[str, ...], ...]
    separator: str
    encoding: str  # "utf-8", "utf-8-sig", "iso-8859-15", "utf-16"

    @property
    def signed(self) -> bool:
        """Whether amounts are given with their side."""
        return "Sens" in self.places

    @property
    def cash(self) -> bool:
        """Whether the columns of cash accounting follow the 18."""
        names = {name.strip().lower() for name in self.header}
        return all(name.lower() in names for name in CASH[:3])


def read_fec(data: bytes) -> Fec:
    """Read a FEC; what is wrong inside is for the checker.

    Errors  NotAFec (a ValueError) when it is not one at all.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise NotAFec("empty")
    if len(data) > MOST:
        raise NotAFec("huge")
    text, encoding = _decoded(data)
    if text.lstrip().startswith("<?xml"):
        raise NotAFec("xml")
    if "\x00" in text[:10_000]:
        raise NotAFec("binary")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = lines[0]
    separator = max("\t|;,", key=head.count)
    header = tuple(cell.strip().strip('"') for cell in head.split(separator))
    places = _places(header)
    if len(places) < 9:
        raise NotAFec("no_header")
    while lines and not lines[-1].strip():
        lines.pop()
    rows = tuple(tuple(cell.strip() for cell in line.split(separator)) for line in lines[1:])
    return Fec(header, places, rows, separator, encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), "utf-16"
    name = "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8"
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return data.decode("iso-8859-15"), "iso-8859-15"


def _places(header: tuple[str, ...]) -> dict[str, int]:
    lower = [name.lower() for name in header]
    places: dict[str, int] = {}
    for column in COLUMNS:
        for name in (column, SIGNED.get(column, column)):
            if name.lower() in lower:
                places[name] = lower.index(name.lower())
                break
    return places
