"""Écrit la page docs/acts.md : chaque acte, qui peut le faire, quand il est refusé, ce que le registre en dit.

cordee acts-page > docs/acts.md
"""

import argparse
import ast
from pathlib import Path

HELP = "la page de tous les actes, tirée du code"
_HERE = Path(__file__).resolve().parents[1]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No argument."""


def run(args: argparse.Namespace) -> int:
    """Print the page."""
    print(page(), end="")
    return 0


def page() -> str:
    """The page, from the docstrings of every act."""
    lines = [
        "# Acts",
        "",
        "Every change goes through one of these, and leaves one line in a book. Written by `cordee acts-page`.",
        "",
    ]
    files = sorted(set(_HERE.glob("**/acts.py")) | set(_HERE.glob("**/acts/*.py")))
    for path in files:
        rows = [
            (name, function)
            for function in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(function, ast.FunctionDef)
            for name in _acts_of(function)
        ]
        if rows:
            room = path.relative_to(_HERE).with_suffix("")
            lines += [f"## {'.'.join(room.parts)}", ""]
        for name, function in rows:
            lines += [
                f"### `{name}`",
                "",
                f"`{function.name}`",
                "",
                "```text",
                ast.get_docstring(function) or "",
                "```",
                "",
            ]
    return "\n".join(lines)


def _acts_of(function: ast.FunctionDef) -> list[str]:
    return [
        call.args[0].value
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "act"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]
