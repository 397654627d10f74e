"""The official rules (schematron of EN 16931, of Factur-X, of France) run over invoices, in a process of their own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from cordee.engines.invoicing.profiles import official_folder

SECONDS = 60
"""A batch that takes longer is stopped."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule found broken: by which stylesheet, its name, how grave, where, the official text."""

    sheet: str
    rule: str
    flag: str
    place: str
    text: str


class RulesNotRun(ValueError):
    """The official rules could not be run: nothing may be said of the invoice."""


def run_rules(jobs: Sequence[tuple[etree._Element, Sequence[str]]], seconds: int = SECONDS) -> list[list[Finding]]:
    """Run stylesheets over invoices, all in one go: most of the time is spent reading the stylesheets.

    Shape   jobs: pairs of a parsed invoice and the stylesheets to run over it, paths inside the official files.
    Holds   one list per job, in their order.
    Errors  RulesNotRun (a ValueError) when the process dies or takes too long.
    """
    folder = official_folder()
    asked = [
        {"xml": etree.tostring(root, encoding="unicode"), "sheets": [str(folder / sheet) for sheet in sheets]}
        for root, sheets in jobs
    ]
    worker = Path(__file__).with_name("worker.py")
    try:
        answer = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-W", "ignore", str(worker)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
        ).stdout
        found: list[list[list[str]]] = json.loads(answer)
    except (subprocess.SubprocessError, json.JSONDecodeError) as wrong:
        raise RulesNotRun(str(wrong)[:200]) from None
    return [[Finding(*one) for one in findings] for findings in found]
