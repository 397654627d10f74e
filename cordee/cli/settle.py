"""Régler ce que chacun doit avec le moins de virements possible.

DEBTS est un fichier CSV, une dette par ligne :

    debtor,creditor,amount
    Menuiserie Faure,Atelier Roux,"1 284,50"
    Atelier Roux,Couverture Nadal,310

Les montants sont en euros : 12,50, 1 284,50 ou 12.5 (12,345 est refusé : est-ce douze euros ou douze mille ?).
Les colonnes se séparent par des virgules, des points-virgules ou des tabulations ; leurs noms peuvent aussi être
débiteur, créancier, montant.

    cordee settle dettes.csv                 les virements, un par ligne
    cordee settle dettes.csv --explain       et pourquoi on ne peut pas faire moins
    cordee settle dettes.csv --existing      seulement entre qui se doit déjà de l’argent, jamais plus que la dette
    cordee settle dettes.csv --json          {"transfers": [{"from", "to", "cents"}], "optimal", "bound", ...}
    cordee settle dettes.csv --json --explain
                                             avec "certificate" : les cercles de qui se paie, et le moins de virements
                                             recompté par une autre méthode (null s’il y a trop de cas)

Compenser les dettes de plusieurs entreprises demande leur accord ; avec --existing, seules des dettes qui tournent en
rond s’annulent. Jusqu’à 22 entreprises le nombre de virements est toujours le plus petit possible ; au-delà, la
réponse dit si elle l’a prouvé.
"""

import argparse

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.settlement import Settlement, Unfit, net, read_debts, settle, settle_along
from cordee.engines.settlement.checker import circles_of, fewest, settles
from cordee.engines.units import Cents, MemberId

HELP = "régler des dettes avec le moins de virements possible"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="DEBTS", help="fichier CSV\u00a0: debtor, creditor, amount")
    parser.add_argument("--existing", action="store_true", help="ne suivre que les dettes existantes")
    parser.add_argument("--explain", action="store_true", help="dire pourquoi")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    data = read_bytes(args.file, lang)
    try:
        debts = read_debts(data, lang)
        answer = settle_along(debts) if args.existing else settle(net(debts))
    except Unfit as wrong:
        raise BadInput(f"{args.file}, {wrong.say(lang)}") from None
    if args.json:
        print_json("cordee.settle/1", as_json(answer, net(debts), lang, args.explain))
        return 0
    said = answer.explain(lang)
    for line in said if args.explain or not answer.transfers else said[: len(answer.transfers)]:
        print(line)
    return 0


def as_json(answer: Settlement, balances: dict[MemberId, Cents], lang: Lang, explain: bool) -> dict[str, object]:
    """The answer as plain JSON values."""
    found: dict[str, object] = {
        "transfers": [{"from": one.payer, "to": one.payee, "cents": one.cents} for one in answer.transfers],
        "optimal": answer.optimal,
        "bound": answer.bound,
    }
    if explain:
        found["explanation"] = list(answer.explain(lang))
        found["certificate"] = certificate(balances, answer)
    return found


def certificate(balances: dict[MemberId, Cents], answer: Settlement) -> dict[str, object]:
    """What anybody can count again without the engine: circles of who pays whom, and the least number."""
    return {
        "circles": [list(circle) for circle in circles_of(answer.transfers)],
        "settles": settles(balances, answer.transfers),
        "fewest": fewest(balances),
    }
