"""What is read of a company, and what is said of what could not be."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.engines import sentences
from cordee.engines.sentences import Fact, Lang
from cordee.engines.units import Cents

from .words import SENTENCES

Band = tuple[int, int | None]
"""Fewest and most people; None for « and more »."""


@dataclass(frozen=True, slots=True)
class Establishment:
    """One place of a company. Whatever is not known is None."""

    siret: str | None
    brand: str | None = None
    naf: str | None = None
    postcode: str | None = None
    city: str | None = None
    insee: str | None = None
    lon: float | None = None
    lat: float | None = None
    headcount: Band | None = None
    head_office: bool | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """What one line says: of the company, and of the one establishment it is about (None when about none)."""

    line: int
    siren: str
    site: Establishment | None
    name: str | None = None
    brand: str | None = None
    legal_form: str | None = None
    naf: str | None = None
    trades: tuple[str, ...] = ()
    headcount: Band | None = None
    certificates: tuple[str, ...] | None = None
    turnover_cents: Cents | None = None
    capacity_cents: Cents | None = None
    group: str | None = None
    ties: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company, by its SIREN, with all its places, the main one first.

    None always means « not known, to be confirmed »: never zero, never « none ».
    Units  turnover and capacity (what it can take on in a year) in cents.
    """

    siren: str
    name: str | None
    brand: str | None
    legal_form: str | None
    naf: str | None
    trades: tuple[str, ...]
    headcount: Band | None
    certificates: tuple[str, ...] | None
    turnover_cents: Cents | None
    capacity_cents: Cents | None
    group: str | None
    ties: tuple[str, ...]
    establishments: tuple[Establishment, ...]
    lines: tuple[int, ...]
    leaders: tuple[str, ...] = ()

    @property
    def main(self) -> Establishment | None:
        """The head office where the file says which it is, else the first establishment read."""
        return self.establishments[0] if self.establishments else None

    @property
    def siret(self) -> str | None:
        return self.main.siret if self.main else None

    @property
    def postcode(self) -> str | None:
        return self.main.postcode if self.main else None

    @property
    def city(self) -> str | None:
        return self.main.city if self.main else None

    @property
    def insee(self) -> str | None:
        return self.main.insee if self.main else None

    @property
    def lon(self) -> float | None:
        return self.main.lon if self.main else None

    @property
    def lat(self) -> float | None:
        return self.main.lat if self.main else None

    @property
    def nafs(self) -> tuple[str, ...]:
        """Every NAF code known of the company and its places, its own first."""
        found = [self.naf, *(site.naf for site in self.establishments)]
        return tuple(dict.fromkeys(naf for naf in found if naf))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about a line: which one, which column, and why."""

    line: int
    field: str
    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def text(self, lang: Lang = "fr") -> str:
        return sentences.say(
            sentences.Reason(self.code, (("line", self.line), ("field", self.field), *self.facts)), SENTENCES, lang
        )


@dataclass(frozen=True, slots=True)
class CompanyFile:
    """What was read: companies, lines refused, and values left aside in lines that were kept."""

    format: str
    rows: tuple[CompanyRow, ...]
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


class FileRefused(ValueError):
    """The whole file cannot be read as a list of companies."""

    def __init__(self, code: str, facts: Mapping[str, Fact] | None = None) -> None:
        self.code = code
        self.facts = tuple((facts or {}).items())
        super().__init__(self.text())

    def text(self, lang: Lang = "fr") -> str:
        return sentences.say(sentences.Reason(self.code, self.facts), SENTENCES, lang)
