"""A public contract, who holds it, and what is said of a file that is none."""

from dataclasses import dataclass
from datetime import date

from cordee.engines import sentences
from cordee.engines.sentences import Lang
from cordee.engines.units import Cents

SENTENCES = {
    "columns": (
        "Ce fichier n’est pas une liste de marchés publics : ni « titulaire_id » ni « TITULAIRES_ID » en titre.",
        "This file is not a list of public contracts: neither “titulaire_id” nor “TITULAIRES_ID” in its titles.",
    ),
    "json": (
        "Ce fichier JSON ne se lit pas, ou ne contient pas de marchés (« marches »).",
        "This JSON file cannot be read, or holds no contracts (“marches”).",
    ),
    "empty": ("Ce fichier est vide.", "This file is empty."),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One line of a file: one contract, one of those who hold it. What is not said is empty or None.

    Units  amount in cents, of the whole contract.
    """

    uid: str
    siren: str
    title: str
    buyer: str
    cpv: str
    amount_cents: Cents | None
    notified_on: date | None


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract with all who hold it."""

    said: Holding
    holders: tuple[str, ...]  # SIRENs, in the order of the file


class ContractsRefused(ValueError):
    """The file cannot be read as a list of public contracts."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(self.text())

    def text(self, lang: Lang = "fr") -> str:
        return sentences.say(sentences.Reason(self.code, ()), SENTENCES, lang)
