"""What is wrong with a bank file or an account number, in the reader's language."""

from collections.abc import Mapping
from types import MappingProxyType

from cordee.engines.amounts import Lang

_NONE: Mapping[str, str] = MappingProxyType({})

_SENTENCES: dict[str, dict[Lang, str]] = {
    "iban": {
        "fr": "Cet IBAN n’est pas bon\u00a0: recopiez-le depuis votre relevé d’identité bancaire.",
        "en": "This IBAN is not right: copy it from your bank details.",
    },
    "no_order": {"fr": "Il n’y a rien à payer.", "en": "There is nothing to pay."},
    "amount": {
        "fr": "Un virement va de 0,01\u00a0€ à 999\u202f999\u202f999,99\u00a0€.",
        "en": "A transfer is from €0.01 to €999,999,999.99.",
    },
    "too_large": {"fr": "Ce relevé est trop lourd.", "en": "This statement is too large."},
    "not_xml": {
        "fr": "Ce fichier n’est pas un relevé lisible. Téléchargez-le de nouveau, en camt.053 ou en CSV.",
        "en": "This file is no statement that can be read. Download it again, as camt.053 or CSV.",
    },
    "doctype": {
        "fr": "Ce fichier XML contient une déclaration que nous ne lisons pas, par sécurité.",
        "en": "This XML file has a declaration that we do not read, for safety.",
    },
    "not_camt": {
        "fr": "Ce fichier XML n’est pas un relevé camt.053.",
        "en": "This XML file is no camt.053 statement.",
    },
    "bad_entry": {
        "fr": "Le mouvement {number} n’a pas de montant ou de date lisible.",
        "en": "Movement {number} has no amount or date that can be read.",
    },
    "columns": {
        "fr": "Il faut une colonne date, une colonne libellé, et un montant (ou débit et crédit). Lues\u00a0: {found}.",
        "en": "A date column, a label column and an amount (or debit and credit) are needed. Read: {found}.",
    },
    "bad_line": {
        "fr": "Ligne {line}\u00a0: «\u00a0{value}\u00a0» n’est ni une date ni un montant lisible.",
        "en": "Line {line}: “{value}” is no date nor amount that can be read.",
    },
    "empty": {"fr": "Ce relevé n’a aucun mouvement.", "en": "This statement has no movement."},
}


class Unreadable(ValueError):
    """What cannot be read or paid: one sentence, in French unless asked otherwise."""

    def __init__(self, code: str, values: Mapping[str, str] = _NONE) -> None:
        self.code, self.values = code, dict(values)
        super().__init__(self.say())

    def say(self, lang: Lang = "fr") -> str:
        """The sentence."""
        return _SENTENCES[self.code][lang].format(**self.values)
