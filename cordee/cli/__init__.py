"""The command `cordee`: one module per command, listed in COMMANDS.

Every command ends with 0 (the answer is yes, or done), 1 (the answer is no) or 2 (the input or the call is wrong,
said in one sentence on standard error). Every `--json` answer carries `schema`.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from cordee.cli.french import speak_french
from cordee.cli.tools import BadInput, Lang

COMMANDS: dict[str, str] = {
    # A module is imported only when its command is called (or the list is shown): a small command starts fast.
    "notice": "cordee.cli.notice",
    "team": "cordee.cli.team",
    "import": "cordee.cli.imports",
    "espd": "cordee.cli.espd",
    "radar": "cordee.cli.radar",
    "vote": "cordee.cli.vote",
    "draft": "cordee.cli.draft",
    "share": "cordee.cli.share",
    "settle": "cordee.cli.settle",
    "invoice": "cordee.cli.invoice",
    "fec": "cordee.cli.fec",
    "accounts": "cordee.cli.accounts",
    "staff": "cordee.cli.staff",
    "export": "cordee.cli.export",
    "verify": "cordee.cli.verify",
    "serve": "cordee.cli.serve",
    "backup": "cordee.cli.backup",
    "restore": "cordee.cli.restore",
    "acts-page": "cordee.cli.acts_page",
}


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong call gets one sentence and exit 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    lang, words = _language(list(sys.argv[1:] if argv is None else argv))
    if lang == "fr":
        speak_french()
    parser = _Parser(
        prog="cordee",
        description={
            "fr": "Cordée, en ligne de commande. « cordee COMMANDE --help » explique chaque commande.",
            "en": "Cordée on the command line. “cordee COMMAND --help” explains each command.",
        }[lang],
    )
    parser.add_argument(
        "--lang",
        choices=("fr", "en"),
        help={"fr": "langue des réponses (fr)", "en": "language of the answers (fr)"}[lang],
    )
    sub = parser.add_subparsers(dest="command", metavar={"fr": "COMMANDE", "en": "COMMAND"}[lang], parser_class=_Parser)
    wanted = next((word for word in words if word in COMMANDS), None)
    for name, module_name in COMMANDS.items():
        if wanted not in (None, name):
            continue
        module = importlib.import_module(module_name)
        child = sub.add_parser(
            name, help=module.HELP, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        module.add_arguments(child)
        child.set_defaults(run=module.run)
    args = parser.parse_args(words)
    args.lang = lang
    if not getattr(args, "run", None):
        parser.print_help()
        return 2
    try:
        return int(args.run(args))
    except BadInput as wrong:
        print(f"cordee {args.command}: {wrong}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _language(words: list[str]) -> tuple[Lang, list[str]]:
    """The language of the answers, given anywhere in the call or in CORDEE_LANG, and the call without it."""
    asked = os.environ.get("CORDEE_LANG", "fr")[:2]
    kept = []
    pairs = iter(words)
    for word in pairs:
        if word == "--lang":
            asked = next(pairs, asked)
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
        else:
            kept.append(word)
    if asked not in ("fr", "en"):
        print(f"cordee : « {asked} » n’est pas une langue de Cordée ; choisissez fr ou en.", file=sys.stderr)
        raise SystemExit(2)
    return ("en" if asked == "en" else "fr"), kept
