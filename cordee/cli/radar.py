"""Balayer les avis du jour : pour chaque entreprise qui veille, ceux qu’elle pourrait gagner, et avec qui.

SOURCE est un dossier d’avis, une archive ZIP, un seul avis, ou une adresse http ; sans elle, celle du réglage
CORDEE_RADAR_SOURCE, que le serveur balaie aussi de lui-même chaque jour. Les avis d’attribution qui s’y trouvent disent
qui a gagné quoi. Le balayage avance par tranches : Ctrl-C l’arrête sans rien perdre, --resume le reprend. Sur
PostgreSQL, --workers N fait travailler N processus sur les entreprises chargées une seule fois ; d’autres machines
aident par « cordee radar --resume ». Un processus tué ne perd rien : sa tranche est libre aussitôt.

Exemples :
  cordee radar avis/                    prendre les avis du dossier et les balayer
  cordee radar avis/ --workers 2        les balayer à deux processus
  cordee radar --resume                 reprendre le dernier balayage, ou y aider
  cordee radar --awards decp.csv        noter qui a gagné quoi (DECP : CSV, JSON ou XML)

Résultat : 0 c’est fait ; 1 arrêté avant la fin ; 2 la source ne se lit pas.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from cordee.cli.tools import BadInput, print_json, read_bytes, with_database

if TYPE_CHECKING:
    from cordee.offers.models import RadarSweep

HELP = "balayer les avis du jour pour les entreprises qui veillent"
SCHEMA = "cordee.radar/1"
MOST_WORKERS = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", nargs="?", default="", help="dossier, archive, avis ou adresse")
    parser.add_argument("--resume", action="store_true", help="reprendre le dernier balayage")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="balayer avec N processus (PostgreSQL)")
    parser.add_argument("--slices", type=int, default=0, metavar="N", help="s’arrêter après N tranches")
    parser.add_argument("--awards", metavar="FICHIER", help="prendre des attributions (DECP)")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    with_database(args.lang)
    fr = args.lang == "fr"
    if args.awards:
        return _awards(args, fr)
    from django.db import connection

    from cordee.ground.kit.clock import now
    from cordee.offers.acts import finish_sweep, stop_sweep

    if not 1 <= args.workers <= MOST_WORKERS or (args.workers > 1 and connection.vendor != "postgresql"):
        raise BadInput(
            f"--workers : de 1 à {MOST_WORKERS}, et 1 seul sans PostgreSQL."
            if fr
            else f"--workers: 1 to {MOST_WORKERS}, and only 1 without PostgreSQL."
        )
    sweep = _resumed(fr) if args.resume else _started(args, fr)
    try:
        found = _swept(sweep, args)
        sweep.refresh_from_db()
        left = sweep.slices.filter(done_at=None).exists()
        sweep = stop_sweep(sweep, at=now()) if args.slices and left else finish_sweep(sweep, at=now())
    except KeyboardInterrupt:
        sweep, found = stop_sweep(sweep, at=now()), sum(sweep.slices.values_list("hits", flat=True))
    return _say(sweep, found, args, fr)


def _started(args: argparse.Namespace, fr: bool) -> "RadarSweep":
    from django.conf import settings

    from cordee.ground.kit.clock import now
    from cordee.ground.kit.refusals import Refusal
    from cordee.offers.acts import start_sweep

    source = args.source or settings.RADAR_SOURCE
    if not source:
        raise BadInput("donnez une source d’avis." if fr else "give a source of notices.")
    try:
        return start_sweep(source, at=now())
    except Refusal as refusal:
        raise BadInput(f"{refusal.what} {refusal.why}".strip()) from None


def _resumed(fr: bool) -> "RadarSweep":
    from cordee.ground.kit.clock import now
    from cordee.offers.acts import stop_sweep
    from cordee.offers.models import RadarSweep

    sweep = RadarSweep.objects.exclude(state="done").first()
    if sweep is None:
        raise BadInput("aucun balayage à reprendre." if fr else "no sweep to take up again.")
    return stop_sweep(sweep, resume=True, at=now()) if sweep.state == RadarSweep.State.STOPPED else sweep


def _swept(sweep: "RadarSweep", args: argparse.Namespace) -> int:
    """Sweep until nothing is left, or for as many slices as asked; how many hits."""
    from cordee.ground.kit.clock import now
    from cordee.offers.acts import sweep_next, sweep_together
    from cordee.offers.reads.radar import watchers

    if args.slices:
        radar, profiles = watchers()
        return sum(sweep_next(sweep, radar, profiles, at=now()) or 0 for _each in range(args.slices))
    parts = sweep.slices.count()

    def said(left: int) -> None:
        print(f"\r{parts - left} ✓  {left} …", end="", file=sys.stderr, flush=True)

    return sweep_together(sweep, args.workers, said if sys.stderr.isatty() else None)


def _say(sweep: "RadarSweep", found: int, args: argparse.Namespace, fr: bool) -> int:
    over = sweep.state == "done"
    answer = {
        "sweep": sweep.public_id,
        "state": sweep.state,
        "notices": sweep.total,
        "refused": len(sweep.refused),
        "hits": found,
    }
    if args.json:
        print_json(SCHEMA, answer)
    else:
        words = (
            "{notices} avis, {refused} refusés, {hits} pistes."
            if fr
            else "{notices} notices, {refused} refused, {hits} hits."
        )
        print(
            words.format(**answer)
            + ("" if over else " Arrêté : --resume reprend." if fr else " Stopped: --resume goes on.")
        )
    return 0 if over else 1


def _awards(args: argparse.Namespace, fr: bool) -> int:
    from cordee.engines.procurement.decp import contract_rows
    from cordee.ground.kit.clock import now
    from cordee.offers.acts import take_awards

    try:
        rows = contract_rows(read_bytes(args.awards, args.lang))
    except (ValueError, RecursionError):
        said = (
            "ce n’est pas un fichier DECP (CSV, JSON ou XML)." if fr else "this is not a DECP file (CSV, JSON or XML)."
        )
        raise BadInput(said) from None
    count = take_awards(rows, source="decp", at=now())
    if args.json:
        print_json("cordee.radar.awards/1", {"contracts": count})
    else:
        print(f"{count} marchés attribués." if fr else f"{count} contracts awarded.")
    return 0
