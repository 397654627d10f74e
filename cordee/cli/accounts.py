"""Charger un plan de comptes entier dans les livres d’un groupement, ou le relire avant.

cordee accounts check FICHIER
  Relit le fichier sans toucher à rien : chaque ligne fausse est nommée, avec son champ.

cordee accounts load FICHIER [--grouping CODE]
  Charge le plan dans les livres du groupement. Sans --grouping, ce sont les seuls livres du serveur ; s’il y en a
  plusieurs, ils sont nommés avec leur code. Un compte nouveau est ajouté ; un compte connu prend le libellé du fichier
  tant que rien n’y est passé ; aucun n’est jamais retiré. Une seule ligne fausse, et rien n’est chargé.

FICHIER est un CSV à deux colonnes, le numéro et le libellé, séparés par « ; », une tabulation ou une virgule. La
première ligne peut porter des titres. Un numéro a trois chiffres au moins, et se complète de zéros jusqu’à six ;
les titres de classe (« 40 ») sont passés ; le même compte deux fois est refusé.

  numéro;libellé
  4011;Fournisseurs
  606300;Fournitures d’entretien

Exemples :
  cordee accounts check plan.csv
  cordee accounts load plan.csv --grouping 4j9mfqr7rj
  cordee accounts load plan.csv --json

Résultat : 0 c’est fait ; 2 le fichier ne se lit pas, ou l’appel est faux.
"""

import argparse

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes, with_database
from cordee.engines.ledger import NotAChart, read_chart

HELP = "charger un plan de comptes dans les livres d’un groupement"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", metavar="QUOI", required=True)
    for name, what in (("check", "relire le fichier"), ("load", "le charger dans les livres")):
        one = sub.add_parser(name, help=what)
        one.add_argument("file", metavar="FICHIER", help="un CSV, numéro et libellé")
        one.add_argument("--json", action="store_true", help="répondre en JSON")
        if name == "load":
            one.add_argument("--grouping", metavar="CODE", default="", help="le groupement dont ce sont les livres")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    data = read_bytes(args.file, lang)
    try:
        count = len(read_chart(data))
    except NotAChart as wrong:
        raise BadInput(f"{args.file}\n{wrong.say(lang)}") from None
    if args.what == "check":
        if args.json:
            print_json("cordee.accounts.check/1", {"accounts": count})
        else:
            print({"fr": f"{count} comptes, aucun défaut.", "en": f"{count} accounts, nothing wrong."}[lang])
        return 0
    return _load(args, data, lang)


def _load(args: argparse.Namespace, data: bytes, lang: Lang) -> int:
    with_database(lang)
    from cordee.ground.kit.clock import now
    from cordee.ground.people.models import Clockwork
    from cordee.money.acts import load_accounts
    from cordee.money.models import Ledger

    every = list(Ledger.objects.select_related("grouping").order_by("pk"))
    found = [one for one in every if args.grouping in ("", one.grouping.public_id)]
    if len(found) != 1:
        known = ", ".join(f"{one.grouping.public_id} ({one.name})" for one in every)
        raise BadInput(_which(known, lang))
    counts = load_accounts(found[0], data=data, by=Clockwork(), at=now())
    if args.json:
        print_json("cordee.accounts.load/1", {"grouping": found[0].grouping.public_id, **counts})
    else:
        words = {"fr": ("ajoutés", "renommés", "gardés"), "en": ("added", "renamed", "kept")}[lang]
        print(", ".join(f"{figure} {word}" for figure, word in zip(counts.values(), words, strict=True)))
    return 0


def _which(known: str, lang: Lang) -> str:
    if not known:
        return {
            "fr": "aucun livre n’est ouvert : ouvrez-les d’abord depuis la page « Livres » du groupement.",
            "en": "no books are open: open them first from the page of the grouping’s books.",
        }[lang]
    return {
        "fr": f"dites de quels livres il s’agit, avec --grouping : {known}.",
        "en": f"say which books, with --grouping: {known}.",
    }[lang]
