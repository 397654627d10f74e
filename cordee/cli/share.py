"""Partager un coût (ou un gain) au centime près, et dire à chacun pourquoi.

GAME est un fichier JSON. Il peut décrire :

  un jeu       ce que paierait, ou gagnerait, chaque sous-groupe, en centimes :
               {"members": ["A", "B"], "kind": "benefit", "worth": {"A": 0, "B": 0, "A,B": 10000}}
  un jeu tout prêt, parmi stand, employee, purchase, study, tour, airport :
               {"members": ["A", "B"], "game": "stand", "surfaces": {"A": 6, "B": 12},
                "price": "320,00", "fixed": "1 500,00", "minimum": 9}
  un total     {"members": ["A", "B"], "total": "3 853,50", "weights": {"A": 1, "B": 2}, "unit": "jours"}
  des dépenses communes, chacune avec sa clé et qui l’a payée :
               {"members": ["A", "B"],
                "keys": {"surface": {"kind": "prorata", "weights": {"A": 6, "B": 12}, "unit": "m²"}},
                "lines": [{"label": "Stand", "cents": 385350, "key": "surface", "paid_by": "A"}]}

Un montant est un nombre entier de centimes, ou des euros entre guillemets. Toutes les formes sont dans docs/sharing.md.

    cordee share stand.json --method shapley     ce que chacun apporte, en moyenne
    cordee share stand.json --method nucleolus   le sous-groupe le moins bien servi l’est le mieux possible
    cordee share stand.json --method core        un partage que personne n’a intérêt à quitter ; sinon, sortie 1
    cordee share depenses.json --explain         « pourquoi je dois cela ? », entreprise par entreprise
    cordee share depenses.json --json            {"shares", "exact", "certificate", "better_apart", ...}
"""

import argparse
from fractions import Fraction

from cordee.cli.settle import as_json as settlement_json
from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.amounts import say_cents, say_exact
from cordee.engines.sentences import listed
from cordee.engines.settlement import settle
from cordee.engines.sharing import PoolShares, Share, Unfit
from cordee.engines.sharing.checker import check
from cordee.engines.sharing.methods import METHODS, share_by
from cordee.engines.sharing.reading import Subject, read_subject

HELP = "partager un coût ou un gain, et dire pourquoi"

_CHECKED = 20  # members up to which the certificate is checked again before answering


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="GAME", help="fichier JSON")
    parser.add_argument(
        "--method", choices=METHODS, default="", help="par défaut\u00a0: les clés du fichier, ou shapley"
    )
    parser.add_argument("--seed", type=int, default=0, help="graine du tirage, au-delà de 24 entreprises")
    parser.add_argument("--explain", action="store_true", help="dire pourquoi à chaque entreprise")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    data = read_bytes(args.file, lang)
    try:
        subject = read_subject(data, lang)
        answer = share_by(subject, args.method, args.seed)
    except Unfit as wrong:
        raise BadInput(f"{args.file}, {wrong.say(lang).removesuffix('.')}.") from None
    if isinstance(answer, PoolShares):
        return _pool(answer, lang, args)
    checked = _checked(answer, subject)
    if args.json:
        print_json("cordee.share/1", _share_json(answer, checked, lang, args.explain))
    else:
        _print_share(answer, lang, args.explain)
    return 1 if answer.certificate.kind == "no_core" else 0


def _checked(answer: Share, subject: Subject) -> bool | None:
    if len(answer.shares) > _CHECKED:
        return None
    wrong = check(answer, subject.game)
    if wrong:
        raise AssertionError(f"the certificate does not hold: {wrong}")
    return True


def _share_json(answer: Share, checked: bool | None, lang: Lang, explain: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "method": answer.method,
        "total": answer.total,
        "shares": dict(answer.shares),
        "exact": {member: str(part) for member, part in answer.exact.items()},
        "certificate": {"kind": answer.certificate.kind, "checked": checked, **answer.certificate.facts},
        "better_apart": [
            {"members": list(one.members), "alone": one.alone, "together": str(one.together), "by": str(one.gain)}
            for one in answer.better_apart
        ],
    }
    if answer.alone is not None:
        found["alone"] = dict(answer.alone)
    if explain:
        found["explanation"] = {member: list(answer.explain(member, lang)) for member in answer.shares}
    return found


def _print_share(answer: Share, lang: Lang, explain: bool) -> None:
    for member, cents in answer.shares.items():
        print(f"{member}\u00a0: {say_cents(cents, lang)}" if lang == "fr" else f"{member}: {say_cents(cents, lang)}")
        if explain:
            for sentence in answer.explain(member, lang):
                print(f"    {sentence}")
    if answer.certificate.kind == "sampling":
        facts = answer.certificate.facts
        within = say_cents(max(facts["within_cents"].values()), lang)
        print(_SAMPLED[lang].format(orders=facts["orders"], seed=facts["seed"], within=within))
    if answer.certificate.kind == "no_core":
        print(_NO_CORE[lang])
    for one in answer.better_apart[: None if explain else 1]:
        print(
            _APART[lang][len(one.members) > 1].format(group=listed(one.members, lang), gain=say_exact(one.gain, lang))
        )


_SAMPLED = {
    "fr": "Estimé sur {orders} ordres tirés au sort (graine {seed})\u00a0: à {within} près au plus, 95 fois sur 100.",
    "en": "Estimated on {orders} orders drawn at random (seed {seed}): within {within} at most, 95 times in 100.",
}
_NO_CORE = {
    "fr": "Aucun partage ne convient à tous les sous-groupes\u00a0: quel qu’il soit, l’un d’eux ferait mieux à part.",
    "en": "No share suits every subgroup: whatever it is, one of them would do better apart.",
}
_APART = {  # one company, several
    "fr": ("{group} gagnerait {gain} à partir.", "{group} gagneraient {gain} à partir."),
    "en": ("{group} would gain {gain} by leaving.",) * 2,
}


def _pool(answer: PoolShares, lang: Lang, args: argparse.Namespace) -> int:
    settlement = settle(answer.balances()) if not answer.unpaid else None
    if not args.json:
        for member, account in answer.accounts.items():
            print(f"{member}\u00a0: {say_cents(account.owes, lang)}")
            if args.explain:
                for sentence in answer.explain(member, lang):
                    print(f"    {sentence}")
        for sentence in settlement.explain(lang) if settlement else ():
            print(sentence)
        return 0
    exact = dict.fromkeys(answer.accounts, Fraction(0))
    for one in answer.lines:
        for member, part in one.share.exact.items():
            exact[member] += part
    found: dict[str, object] = {
        "method": args.method or "key",
        "total": answer.total,
        "unpaid": answer.unpaid,
        "shares": {member: account.owes for member, account in answer.accounts.items()},
        "exact": {member: str(part) for member, part in exact.items()},
        "certificate": {"kind": "sums", "checked": not any(check(one.share) for one in answer.lines)},
        "better_apart": [],
        "accounts": {
            member: {"paid": account.paid, "owes": account.owes, "balance": account.balance}
            for member, account in answer.accounts.items()
        },
        "lines": [
            {
                "label": one.line.label,
                "cents": one.line.cents,
                "key": one.share.method,
                "shares": dict(one.share.shares),
                "exact": {member: str(part) for member, part in one.share.exact.items()},
            }
            for one in answer.lines
        ],
    }
    if settlement is not None:
        found["settlement"] = settlement_json(settlement, answer.balances(), lang, args.explain)
    if args.explain:
        found["explanation"] = {member: list(answer.explain(member, lang)) for member in answer.accounts}
    print_json("cordee.share/1", found)
    return 0
