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

from cordee.cli.tools import BadInput, Lang

COMMANDS: dict[str, str] = {
    # name: module. The module is imported only when its command is called (or helped): a small command starts fast.
    "vote": "cordee.cli.vote",
    "share": "cordee.cli.share",
    # name: module. A module is imported only when its command is called (or helped): a small command starts fast.
    "acts-page": "cordee.cli.acts_page",
    "export": "cordee.cli.export",
    "settle": "cordee.cli.settle",
    "notice": "cordee.cli.notice",
    "verify": "cordee.cli.verify",
    "team": "cordee.cli.team",
    "staff": "cordee.cli.staff",
}


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong call gets one sentence and exit 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = _Parser(prog="cordee", description="Cordée, en ligne de commande.")
    parser.add_argument("--lang", choices=("fr", "en"), default=_language(), help="langue des réponses (fr)")
    sub = parser.add_subparsers(dest="command", metavar="COMMANDE", parser_class=_Parser)
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


def _language() -> Lang:
    return "en" if os.environ.get("CORDEE_LANG", "fr").startswith("en") else "fr"
