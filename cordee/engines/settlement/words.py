"""What a settlement says about itself, in French and in English."""

from collections.abc import Mapping

from cordee.engines import sentences
from cordee.engines.sentences import Fact, Lang, Reason, Table, reason


def say(what: Reason, lang: Lang = "fr") -> str:
    """A reason as a sentence, without a final full stop.

    >>> say(reason("transfer", payer="A", payee="B", cents=1250), "en")
    'A pays €12.50 to B'
    """
    return sentences.say(what, SENTENCES, lang)


class Unfit(ValueError):
    """Debts or balances that cannot be settled as given, said in the reader's language."""

    def __init__(self, code: str, values: Mapping[str, Fact]) -> None:
        self.reason = reason(code, **values)
        super().__init__(self.say())

    def say(self, lang: Lang = "fr") -> str:
        """The refusal as one sentence."""
        return say(self.reason, lang)


SENTENCES: Table = {
    "nothing": (
        "tout le monde est quitte",
        "everybody is even",
    ),
    "transfer": (
        "{payer} verse {cents:cents} à {payee}",
        "{payer} pays {cents:cents} to {payee}",
    ),
    "netted": (
        "{debts} {debts:dette compensée|dettes compensées} en {transfers} {transfers:virement|virements},"
        " pour {cents:cents} en tout",
        "{debts} {debts:debt|debts} settled by {transfers} {transfers:transfer|transfers}, {cents:cents} in all",
    ),
    "settled": (
        "{members} soldes réglés par {transfers} {transfers:virement|virements}, pour {cents:cents} en tout",
        "{members} balances settled by {transfers} {transfers:transfer|transfers}, {cents:cents} in all",
    ),
    "groups": (
        "les soldes forment {groups} {groups:cercle|cercles}, chacun réglé entre soi : autant de virements en moins",
        "the balances form {groups} {groups:circle|circles}, each settled within itself: as many transfers saved",
    ),
    "fewest": (
        "c’est le plus petit nombre de virements possible",
        "no fewer transfers are possible",
    ),
    "fewest_links": (
        "c’est le plus petit nombre de virements possible en suivant ces dettes",
        "no fewer transfers are possible along these debts",
    ),
    "at_least": (
        "on ne peut pas descendre sous {bound} {bound:virement|virements} ;"
        " en trouver moins que ceux-ci n’est pas exclu",
        "no fewer than {bound} {bound:transfer is|transfers are} possible; fewer than these are not ruled out",
    ),
    "links": (
        "chaque virement règle une dette existante, sans jamais la dépasser",
        "each transfer settles an existing debt, never more than it",
    ),
    "empty_file": (
        "le fichier est vide : il faut les colonnes debtor, creditor, amount",
        "the file is empty: it needs the columns debtor, creditor, amount",
    ),
    "bad_csv": (
        "ligne {line} : le fichier CSV est abîmé, un guillemet n’est peut-être pas fermé",
        "line {line}: the CSV file is damaged, perhaps a quote is not closed",
    ),
    "no_column": (
        "ligne {line} : il faut une colonne « {field} », et une seule",
        "line {line}: a column “{field}” is needed, and only one",
    ),
    "columns": (
        "ligne {line} : {given} valeurs au lieu de {count} ; protégez les virgules par des guillemets",
        "line {line}: {given} values instead of {count}; put those with a comma in quotes",
    ),
    "no_cell": (
        "ligne {line}, colonne « {field} » : la valeur manque",
        "line {line}, column “{field}”: the value is missing",
    ),
    "bad_cell": (
        "ligne {line}, colonne « {field} » : {why}",
        "line {line}, column “{field}”: {why}",
    ),
    "negative_cell": (
        "ligne {line}, colonne « {field} » : montant négatif, échangez les deux noms",
        "line {line}, column “{field}”: the amount is negative; swap debtor and creditor",
    ),
    "self_cell": (
        "ligne {line}, colonne « {field} » : {debtor} ne peut rien se devoir à lui-même",
        "line {line}, column “{field}”: {debtor} cannot owe money to itself",
    ),
    "untied": (
        "les soldes ne s’équilibrent pas : il reste {cents:cents} ; toute somme due l’est à un membre",
        "the balances do not add up to zero: {cents:cents} remain; every amount owed is owed to a member",
    ),
    "negative_debt": (
        "{debtor} devrait un montant négatif à {creditor} : inversez-les",
        "{debtor} would owe {creditor} a negative amount: swap them",
    ),
    "self_debt": (
        "{debtor} ne peut pas se devoir de l’argent à lui-même",
        "{debtor} cannot owe money to itself",
    ),
}
