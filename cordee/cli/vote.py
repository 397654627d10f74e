"""Compte des bulletins de vote et dit le résultat, calcul compris.

Fichiers lus : PrefLib (.soc .soi .toc .toi .cat), votes par approbation (.abc.yaml), budgets participatifs
(.pb, sans compter les coûts), CSV (virgule, point-virgule ou tabulation).
Dans un CSV, un bulletin par ligne et, au choix :
  une colonne ranking     A>B=C>D      (classement, du meilleur au dernier)
  une colonne approved    A|C          (options approuvées)
  une colonne choice      pour, contre, abstention (ou consentement, objection), vide si la voix n’est pas exprimée
  une colonne par option  son rang (1 = premier), sa note, ou x si elle est approuvée, selon la méthode
Colonnes facultatives : seat (qui vote), weight (nombre de bulletins ou de voix) ; avec choice, aussi proxy (qui vote
pour cette entreprise), conflict (x : s’est retirée), why (motif d’une objection).
Élection sans candidat (sociocratic) : « tour 1 », « tour 2 »… disent qui chaque membre nomme ; choice, s’il consent
ensuite à la personne proposée, la plus nommée ou celle de --proposed.

Exemples :
  cordee vote bulletins.soc --method schulze --explain
  cordee vote bulletins.csv --method stv --seats 3 --json
  cordee vote decision.csv --method majority --majority two_thirds --quorum 1/2 --members 12
  cordee vote presidence.csv --method sociocratic --explain

Fin : 0 une décision ou un choix, 1 rejeté ou sans quorum, 2 fichier ou appel à corriger.
"""

import argparse
import re
from fractions import Fraction
from typing import Any

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.voting import (
    Proxy,
    Result,
    Rule,
    Tally,
    Vote,
    Votes,
    choose,
    count,
    explain,
    explain_choice,
)
from cordee.engines.voting.ballot_files import BallotError, Ballots, as_profile, read_ballots

HELP = "compte des bulletins de vote et explique le résultat"

_CHOOSING = ("schulze", "irv", "condorcet", "stv", "approval", "score", "majority_judgment")
_DECIDING = ("majority", "consent", "gradients", "sociocratic")
_ONE_SEAT = ("irv", "condorcet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ballots", metavar="BULLETINS", help="le fichier des bulletins")
    parser.add_argument("--method", required=True, choices=_CHOOSING + _DECIDING, help="comment compter")
    parser.add_argument("--seats", type=int, help="nombre de places à pourvoir (1, ou ce que dit le fichier)")
    parser.add_argument("--top", type=int, help="note la plus haute (score, majority_judgment)")
    parser.add_argument(
        "--majority",
        default="simple",
        help="simple, absolute, two_thirds, three_quarters, unanimity ou une fraction comme 3/5 (majority, gradients)",
    )
    parser.add_argument("--quorum", default="0", help="part des membres qui doit prendre part, comme 1/2")
    parser.add_argument("--members", type=int, help="nombre de membres en tout, s’il dépasse celui des lignes")
    parser.add_argument("--proposed", default="", help="qui la personne qui anime propose (sociocratic)")
    parser.add_argument("--proxies", type=int, default=1, help="pouvoirs par personne, au plus (1)")
    parser.add_argument("--weighted", action="store_true", help="compter la colonne weight comme un nombre de voix")
    parser.add_argument("--explain", action="store_true", help="dire tout le calcul")
    parser.add_argument("--json", action="store_true", help="réponse en JSON, schéma cordee.vote/1")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    try:
        ballots = read_ballots(read_bytes(args.ballots, lang), args.ballots, args.method)
        if args.method in _DECIDING:
            return _decide(ballots, args)
        return _choose(ballots, args)
    except BallotError as wrong:
        space = "\u00a0" if lang == "fr" else ""
        raise BadInput(f"{args.ballots}{space}: {wrong.say(lang)}") from None


def _choose(ballots: Ballots, args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    asked = 1 if args.method in _ONE_SEAT else ballots.seats or 1
    seats = asked if args.seats is None else args.seats
    if seats < 1 or (args.top is not None and args.top < 1):
        raise _bad(lang, "--seats et --top doivent valoir au moins 1.", "--seats and --top must be at least 1.")
    if args.method in _ONE_SEAT and seats > 1:
        raise _bad(lang, f"{args.method} ne pourvoit qu’une place.", f"{args.method} fills one seat only.")
    profile = as_profile(ballots, args.method, args.top)
    rule = Rule(args.method, seats=seats)
    if args.method in ("score", "majority_judgment"):
        highest = max((grade for row in profile.ballots for grade in row.values()), default=1)
        top = args.top or max(highest, ballots.grades - 1, 1)
        rule = Rule(args.method, seats=seats, top=top, grades=top + 1)
    found = choose(profile, rule)
    text = explain_choice(found, profile, lang)
    if args.json:
        answer = {
            "method": args.method,
            "seats": seats,
            "winners": list(found.winners),
            "tie": _tie(found, profile.options),
            "ranking": [list(group) for group in found.ranking],
            "scores": {name: str(points) for name, points in found.scores},
            "explanation": text,
        }
        print_json("cordee.vote/1", answer)
    else:
        print(text if args.explain else _short(found, lang))
    return 0


def _tie(found: Result, options: tuple[str, ...]) -> dict[str, Any] | None:
    """Who is level, for how many seats, and whom the published order of options would take."""
    if not found.tied:
        return None
    order = sorted(found.tied, key=options.index)
    return {"tied": order, "seats": found.left, "by_published_order": order[: found.left]}


def _short(found: Result, lang: Lang) -> str:
    names = ", ".join(name for name in found.winners if name not in found.tied)
    if not found.tied:
        return names
    tied = ", ".join(found.tied)
    told = {"fr": f"égalité ({found.left} à choisir)\u00a0: {tied}", "en": f"tie ({found.left} to choose): {tied}"}[
        lang
    ]
    return f"{names}\n{told}" if names else told


def _decide(ballots: Ballots, args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    if ballots.kind != "votes":
        raise BallotError(0, "", "needs", method=args.method, needs="votes", found=ballots.kind)
    votes, rule = _votes(ballots, args), _rule(args)
    try:
        tally = count(votes, rule)
    except ValueError as wrong:
        raise _bad(lang, f"un vote ne va pas avec la méthode {args.method} ({wrong}).", f"{wrong}.") from None
    text = explain(tally, lang)
    if args.json:
        print_json("cordee.vote/1", {"method": args.method, **_figures(tally), "explanation": text})
    else:
        print(text if args.explain else ", ".join((_OUTCOMES[tally.outcome][lang], *tally.winners)))
    return 0 if tally.adopted or tally.outcome == "elected" else 1


_OUTCOMES: dict[str, dict[Lang, str]] = {
    "adopted": {"fr": "adopté", "en": "adopted"},
    "elected": {"fr": "choix retenu", "en": "chosen"},
    "rejected": {"fr": "rejeté", "en": "rejected"},
    "tie": {"fr": "égalité", "en": "tie"},
    "no_quorum": {"fr": "pas de quorum", "en": "no quorum"},
}


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "outcome": tally.outcome,
        "winners": ["for"] if tally.adopted else list(tally.winners) if tally.outcome == "elected" else [],
        "tie": {"tied": ["for", "against"], "seats": 1}
        if tally.level
        else {"tied": list(tally.tied), "seats": tally.left}
        if tally.tied
        else None,
        "quorum_met": tally.quorum_met,
        "for": str(tally.in_favour),
        "against": str(tally.against),
        "abstain": str(tally.abstain),
        "present": str(tally.present),
        "entitled": str(tally.entitled),
        "quorum_needed": str(tally.quorum_needed),
        "needed": str(tally.needed),
        "counted_on": str(tally.cast),
    }


def _votes(ballots: Ballots, args: argparse.Namespace) -> Votes:
    seats = [row["seat"] for row in ballots.rows]
    cast, proxies, withdrawn, seen = [], [], set(), set()
    for row, line in zip(ballots.rows, ballots.lines, strict=True):
        seat = row["seat"]
        if seat in seen:
            raise BallotError(line, "seat", "twice", found=seat)
        seen.add(seat)
        if row["choice"]:
            cast.append(Vote(seat, row["choice"], "", row["why"]))
        if row["proxy"]:
            if row["proxy"] not in seats:
                raise BallotError(line, "proxy", "unknown_option", found=row["proxy"])
            proxies.append(Proxy(seat, row["proxy"]))
        if row["conflict"]:
            withdrawn.add(seat)
    weights = dict(zip(seats, ballots.weights, strict=True))
    naming = zip(*(row["rounds"] for row in ballots.rows), strict=True)
    rounds = tuple(tuple(Vote(seat, name) for seat, name in zip(seats, said, strict=True) if name) for said in naming)
    # Members without a line count for the quorum; they have no name to print.
    silent = [f"\0{n}" for n in range(len(seats), min(args.members or 0, 100_000))]
    return Votes(
        (*seats, *silent),
        tuple(cast),
        weights,
        frozenset(withdrawn),
        proxies=tuple(proxies),
        rounds=rounds,
        proposed=args.proposed,
    )


def _rule(args: argparse.Namespace) -> Rule:
    lang: Lang = args.lang
    share = r"[0-9]{1,6}(\.[0-9]{1,6}|/0*[1-9][0-9]{0,5})?"
    given: dict[str, Any] = {"majority": args.majority}
    if re.fullmatch(share, args.majority):
        given = {"majority": "fraction", "threshold": Fraction(args.majority)}
    elif args.majority not in ("simple", "absolute", "two_thirds", "three_quarters", "unanimity"):
        raise _bad(lang, f"majorité inconnue ({args.majority}).", f"unknown majority ({args.majority}).")
    if not re.fullmatch(share, args.quorum):
        raise _bad(lang, f"quorum illisible ({args.quorum}).", f"unreadable quorum ({args.quorum}).")
    try:
        return Rule(args.method, quorum=Fraction(args.quorum), weighted=args.weighted, proxies=args.proxies, **given)
    except ValueError:
        raise _bad(
            lang,
            "une majorité, un quorum est une part entre 0 et 1, un nombre de pouvoirs n’est pas négatif.",
            "a majority or a quorum is a share between 0 and 1, a number of proxies is not negative.",
        ) from None


def _bad(lang: Lang, fr: str, en: str) -> BadInput:
    return BadInput(fr if lang == "fr" else en)
