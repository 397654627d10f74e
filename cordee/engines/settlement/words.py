"""What a settlement says about itself, in French and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.engines.amounts import Lang, say_cents


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a settlement: a code with its figures, and a sentence.

    >>> Reason("transfer", {"payer": "A", "payee": "B", "cents": 1250}).say("en")
    'A pays €12.50 to B'
    """

    code: str
    values: Mapping[str, int | str]

    def say(self, lang: Lang = "fr") -> str:
        """The reason as a sentence, without a final full stop."""
        values = {
            name: say_cents(value, lang) if name == "cents" and isinstance(value, int) else value
            for name, value in self.values.items()
        }
        return _SENTENCES[self.code][lang].format(**values)


class Unfit(ValueError):
    """Debts or balances that cannot be settled as given, said in the reader's language."""

    def __init__(self, code: str, values: Mapping[str, int | str]) -> None:
        self.reason = Reason(code, values)
        super().__init__(self.say())

    def say(self, lang: Lang = "fr") -> str:
        """The refusal as one sentence."""
        return self.reason.say(lang)


_SENTENCES: dict[str, dict[Lang, str]] = {
    "nothing": {"fr": "tout le monde est quitte", "en": "everybody is even"},
    "transfer": {"fr": "{payer} verse {cents} à {payee}", "en": "{payer} pays {cents} to {payee}"},
    "netted": {
        "fr": "{debts} dette(s) compensées en {transfers} virement(s), pour {cents} en tout",
        "en": "{debts} debt(s) settled by {transfers} transfer(s), {cents} in all",
    },
    "settled": {
        "fr": "{members} soldes réglés par {transfers} virement(s), pour {cents} en tout",
        "en": "{members} balances settled by {transfers} transfer(s), {cents} in all",
    },
    "groups": {
        "fr": "les soldes forment {groups} cercle(s), chacun réglé entre soi\u00a0: autant de virements en moins",
        "en": "the balances form {groups} circle(s), each settled within itself: as many transfers saved",
    },
    "fewest": {
        "fr": "c’est le plus petit nombre de virements possible",
        "en": "no fewer transfers are possible",
    },
    "fewest_links": {
        "fr": "c’est le plus petit nombre de virements possible en suivant ces dettes",
        "en": "no fewer transfers are possible along these debts",
    },
    "at_least": {
        "fr": "on ne peut pas descendre sous {bound} virement(s)\u00a0; en trouver moins que ceux-ci n’est pas exclu",
        "en": "no fewer than {bound} transfer(s) are possible; fewer than these are not ruled out",
    },
    "links": {
        "fr": "chaque virement règle une dette existante, sans jamais la dépasser",
        "en": "each transfer settles an existing debt, never more than it",
    },
    "empty_file": {
        "fr": "le fichier est vide\u00a0: il faut les colonnes debtor, creditor, amount",
        "en": "the file is empty: it needs the columns debtor, creditor, amount",
    },
    "bad_csv": {
        "fr": "ligne {line}\u00a0: le fichier CSV est abîmé, un guillemet n’est peut-être pas fermé",
        "en": "line {line}: the CSV file is damaged, perhaps a quote is not closed",
    },
    "no_column": {
        "fr": "ligne {line}\u00a0: il faut une colonne «\u00a0{field}\u00a0», et une seule",
        "en": "line {line}: a column “{field}” is needed, and only one",
    },
    "columns": {
        "fr": "ligne {line}\u00a0: {given} valeurs au lieu de {count}\u00a0; protégez les virgules par des guillemets",
        "en": "line {line}: {given} values instead of {count}; put those with a comma in quotes",
    },
    "no_cell": {
        "fr": "ligne {line}, colonne «\u00a0{field}\u00a0»\u00a0: la valeur manque",
        "en": "line {line}, column “{field}”: the value is missing",
    },
    "bad_cell": {
        "fr": "ligne {line}, colonne «\u00a0{field}\u00a0»\u00a0: {why}",
        "en": "line {line}, column “{field}”: {why}",
    },
    "negative_cell": {
        "fr": "ligne {line}, colonne «\u00a0{field}\u00a0»\u00a0: montant négatif, échangez les deux noms",
        "en": "line {line}, column “{field}”: the amount is negative; swap debtor and creditor",
    },
    "self_cell": {
        "fr": "ligne {line}, colonne «\u00a0{field}\u00a0»\u00a0: {debtor} ne peut rien se devoir à lui-même",
        "en": "line {line}, column “{field}”: {debtor} cannot owe money to itself",
    },
    "untied": {
        "fr": "les soldes ne s’équilibrent pas\u00a0: il reste {cents}\u00a0; toute somme due l’est à un membre",
        "en": "the balances do not add up to zero: {cents} remain; every amount owed is owed to a member",
    },
    "negative_debt": {
        "fr": "{debtor} devrait un montant négatif à {creditor}\u00a0: inversez-les",
        "en": "{debtor} would owe {creditor} a negative amount: swap them",
    },
    "self_debt": {
        "fr": "{debtor} ne peut pas se devoir de l’argent à lui-même",
        "en": "{debtor} cannot owe money to itself",
    },
}
