"""Balayer les avis du jour : pour chaque entreprise qui veille, ceux qu’elle pourrait gagner, et avec qui.

SOURCE est un dossier d’avis, une archive ZIP, un seul avis, ou une adresse http ; sans elle, celle du réglage
CORDEE_RADAR_SOURCE, que le serveur balaie aussi de lui-même chaque jour. Les avis d’attribution qui s’y trouvent disent
qui a gagné quoi. Le balayage avance par tranches : Ctrl-C l’arrête sans rien perdre, --resume le reprend, et plusieurs
« cordee radar --resume » sur la même base PostgreSQL se partagent le travail.

Exemples :
  cordee radar avis/                    prendre les avis du dossier et les balayer
  cordee radar --resume                 reprendre le dernier balayage, ou y aider
  cordee radar --awards decp.csv        noter qui a gagné quoi (DECP, CSV ou JSON)

Résultat : 0 c’est fait ; 1 arrêté avant la fin ; 2 la source ne se lit pas.
"""

import argparse
import sys

from cordee.cli.tools import BadInput, print_json, read_bytes, with_database

HELP = "balayer les avis du jour pour les entreprises qui veillent"
SCHEMA = "cordee.radar/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", nargs="?", default="", help="dossier, archive, avis ou adresse")
    parser.add_argument("--resume", action="store_true", help="reprendre le dernier balayage")
    parser.add_argument("--slices", type=int, default=0, metavar="N", help="s’arrêter après N tranches")
    parser.add_argument("--awards", metavar="FICHIER", help="prendre des attributions (DECP)")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    with_database(args.lang)
    fr = args.lang == "fr"
    if args.awards:
        return _awards(args, fr)
    from django.conf import settings

    from cordee.ground.kit.clock import now
    from cordee.ground.kit.refusals import Refusal
    from cordee.offers.acts.radar import finish_sweep, start_sweep, stop_sweep, sweep_slice, take_slice
    from cordee.offers.models import RadarSweep
    from cordee.offers.reads.radar import watchers

    if args.resume:
        sweep = RadarSweep.objects.exclude(state="done").first()
        if sweep is None:
            raise BadInput("aucun balayage à reprendre." if fr else "no sweep to take up again.")
        if sweep.state == RadarSweep.State.STOPPED:
            sweep = stop_sweep(sweep, resume=True, at=now())
    else:
        source = args.source or settings.RADAR_SOURCE
        if not source:
            raise BadInput("donnez une source d’avis." if fr else "give a source of notices.")
        try:
            sweep = start_sweep(source, at=now())
        except Refusal as refusal:
            raise BadInput(f"{refusal.what} {refusal.why}".strip()) from None
    radar, profiles = watchers()
    done = found = 0
    try:
        while (one := take_slice(sweep, at=now())) is not None:
            found += sweep_slice(one, radar, profiles, at=now())
            done += 1
            if sys.stderr.isatty():
                left = sweep.slices.filter(done_at=None).count()
                print(f"\r{done} ✓  {left} …  {found}", end="", file=sys.stderr)
            if args.slices and done >= args.slices:
                sweep = stop_sweep(sweep, at=now())
                break
    except KeyboardInterrupt:
        sweep = stop_sweep(sweep, at=now())
    if sweep.state == RadarSweep.State.RUNNING:
        sweep = finish_sweep(sweep, at=now())
    return _say(sweep, found, args, fr)


def _say(sweep: object, found: int, args: argparse.Namespace, fr: bool) -> int:
    over = sweep.state == "done"  # type: ignore[attr-defined]
    answer = {
        "sweep": sweep.public_id,  # type: ignore[attr-defined]
        "state": sweep.state,  # type: ignore[attr-defined]
        "notices": sweep.total,  # type: ignore[attr-defined]
        "refused": len(sweep.refused),  # type: ignore[attr-defined]
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
    from cordee.ground.kit.clock import now
    from cordee.offers.acts.awards import award_rows, take_awards

    try:
        rows = award_rows(read_bytes(args.awards, args.lang))
    except (ValueError, RecursionError):
        said = "ce n’est pas un fichier DECP (CSV ou JSON)." if fr else "this is not a DECP file (CSV or JSON)."
        raise BadInput(said) from None
    count = take_awards(rows, source="decp", at=now())
    if args.json:
        print_json("cordee.radar.awards/1", {"contracts": count})
    else:
        print(f"{count} marchés attribués." if fr else f"{count} contracts awarded.")
    return 0
