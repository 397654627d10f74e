"""Fait tourner Cordée sur cette machine : les pages, le travail de fond et l’horloge des mails.

    cordee serve                              sur http://127.0.0.1:8000
    cordee serve --port 8080                  sur un autre port
    cordee serve --host 0.0.0.0               visible des autres machines (sans chiffrement : pour un essai seulement)

La commande prépare d’abord ce qui doit l’être (base de données, mots, styles), puis lance trois processus et relance
celui qui s’arrêterait. Elle s’arrête par Ctrl-C. Un vrai serveur lance plutôt les trois séparément : docs/install.md.
Elle finit par 0 (arrêt demandé), 1 (un processus ne démarre pas) ou 2 (port déjà pris, appel impossible).
"""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

from cordee.cli.supervise import django, supervise, three
from cordee.cli.tools import BadInput, Lang

HELP = "lancer le site, le travail de fond et les mails"
ROOT = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
    parser.add_argument("--data", metavar="DOSSIER", help="dossier des données (CORDEE_DATA, sinon ./var)")
    parser.add_argument("--prepared", action="store_true", help="ne rien préparer : c’est déjà fait")


def run(args: argparse.Namespace) -> int:
    """Prepare, then run until asked to stop."""
    lang: Lang = args.lang
    _free(args.host, args.port, lang)
    if args.data:
        os.environ["CORDEE_DATA"] = str(Path(args.data).resolve())
    os.environ.setdefault("CORDEE_SITE_URL", f"http://{args.host}:{args.port}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    if not args.prepared:
        done = subprocess.run(django("prepare"), cwd=ROOT)  # noqa: S603
        if done.returncode:
            return 1
    serving = {"fr": "Cordée est sur {0} (Ctrl-C pour arrêter).", "en": "Cordée is on {0} (Ctrl-C to stop)."}
    print("·", serving[lang].format(os.environ["CORDEE_SITE_URL"]), flush=True)
    told = {
        "died": {
            "fr": "« {0} » s’est arrêté (code {1}) : il repart.",
            "en": "“{0}” stopped (code {1}): starting it again.",
        },
        "gives up": {
            "fr": "« {0} » s’arrête dès son départ, {1} fois de suite : j’arrête tout. La raison est ci-dessus.",
            "en": "“{0}” stops as soon as it starts, {1} times in a row: stopping everything. The reason is above.",
        },
    }

    def say(event: str, name: str, detail: object) -> None:
        print("·", told[event][lang].format(name, detail), file=sys.stderr, flush=True)

    return supervise(three(host=args.host, port=args.port), cwd=str(ROOT), say=say)


def _free(host: str, port: int, lang: Lang) -> None:
    """Refuse in one sentence a port that is taken, rather than let the web server try and try again."""
    try:
        with socket.create_server((host, port)):
            return
    except (OSError, OverflowError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        raise BadInput(
            {
                "fr": f"impossible d’écouter sur {host}:{port} ({reason}) ; donnez un autre port avec --port.",
                "en": f"can’t listen on {host}:{port} ({reason}); give another port with --port.",
            }[lang]
        ) from None
