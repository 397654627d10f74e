"""Every act: named room.noun.past, documented, tested; and docs/acts.md says the same as the code."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def act_files() -> list[Path]:
    files = set((ROOT / "cordee").glob("**/acts.py")) | set((ROOT / "cordee").glob("**/acts/*.py"))
    return sorted(path for path in files if "register" not in path.parts)


def acts() -> dict[str, tuple[Path, ast.FunctionDef]]:
    """The name of each act in the register, with the function that does it."""
    found: dict[str, tuple[Path, ast.FunctionDef]] = {}
    for path in act_files():
        for function in (
            node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
        ):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "act":
                    name = call.args[0]
                    assert isinstance(name, ast.Constant), f"{path}:{call.lineno}: the name of an act is a literal"
                    found[name.value] = (path, function)
    return found


def test_acts_are_named_after_their_room() -> None:
    wrong = []
    for name, (path, _function) in acts().items():
        room = path.relative_to(ROOT / "cordee").parts[1 if "ground" in path.parts else 0]
        if not re.fullmatch(rf"{room}\.[a-z_]+\.[a-z_]+", name):
            wrong.append(f"{name} in {room}")
    assert wrong == []


def test_acts_are_documented() -> None:
    silent = [name for name, (_path, function) in acts().items() if "Tells" not in (ast.get_docstring(function) or "")]
    assert silent == []


def test_every_act_is_tested() -> None:
    """Each act's function is called by name in a test, or its line is looked for in the register."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    untested = [
        name for name, (_path, function) in acts().items() if f"{function.name}(" not in written and name not in written
    ]
    assert untested == []


def test_the_page_of_acts_is_up_to_date() -> None:
    from cordee.cli.acts_page import page

    assert (ROOT / "docs" / "acts.md").read_text(encoding="utf-8") == page(), (
        "run: .venv/bin/cordee acts-page > docs/acts.md"
    )
