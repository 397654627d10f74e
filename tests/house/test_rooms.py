"""The order of the rooms, where import-linter is blind: foreign keys and templates; and the size of files."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def order() -> list[str]:
    """The rooms, from the last to the first, as the contracts of the imports state them."""
    rooms = [name.strip("()") for name in CONTRACTS[0]["layers"]]
    ground = [f"ground.{name.strip('()')}" for name in CONTRACTS[1]["layers"]]
    place = rooms.index("ground")
    return rooms[:place] + ground + rooms[place + 1 :]


def room_of(dotted: str) -> str | None:
    """The room of a module: "cordee.ground.people.models" is in "ground.people"."""
    found = re.match(r"cordee\.(ground\.\w+|\w+)", dotted)
    return found.group(1) if found else None


def all_foreign_keys() -> list[tuple[type[models.Model], models.ForeignKey]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.startswith("cordee.")
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
    ]


def wrong_keys() -> list[str]:
    """Keys across rooms look back, are not seen from the other side, and never cascade."""
    rooms, wrong = order(), []
    for model, field in all_foreign_keys():
        here, there = room_of(model.__module__), room_of(field.related_model.__module__)
        if there is None or here == there:
            continue
        name = f"{model.__name__}.{field.name}"
        if rooms.index(here) > rooms.index(there):
            wrong.append(f"{name} looks forward, from {here} to {there}")
        if field.remote_field.related_name != "+":
            wrong.append(f'{name}: related_name must be "+"')
        if field.remote_field.on_delete is models.CASCADE:
            wrong.append(f"{name} cascades across rooms")
    return wrong


def test_foreign_keys_look_back() -> None:
    assert wrong_keys() == []


def test_templates_look_back() -> None:
    rooms, wrong = order(), []
    labels = {app.label: room_of(app.name) for app in apps.get_app_configs() if app.name.startswith("cordee.")}
    for path in sorted((ROOT / "cordee").glob("**/templates/**/*.html")):
        here = room_of(".".join(path.relative_to(ROOT).parts))
        for verb, name in re.findall(r'{%\s*(url|include|extends)\s+"([^"]+)"', path.read_text(encoding="utf-8")):
            first = re.split(r"[:/]", name)[0]
            there = labels.get(first) or ("ground.kit" if first == "kit" else None)
            if name == "layout.html" or name == "layout_bare.html" or there is None:  # the slot that desk fills
                continue
            if rooms.index(here) > rooms.index(there):
                wrong.append(f"{path.relative_to(ROOT)}: {verb} {name}")
    assert wrong == []


def test_templates_keep_to_the_design() -> None:
    """No inline style or script (the security policy refuses them), no colour outside the tokens."""
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in sorted((ROOT / "cordee").glob("**/templates/**/*.html"))
        if "letters" not in path.parts  # a mail carries its own style
        for found in re.finditer(
            r'\sstyle="|<style|<script(?! nonce| src)|\son\w+="|#[0-9a-fA-F]{6}\b', path.read_text(encoding="utf-8")
        )
    ]
    assert wrong == []


ALONE = {"chain.py"}
"""One file on purpose: it goes into every export, and runs where Cordée is not installed."""


@pytest.mark.parametrize("folder", ["cordee", "config", "bench", "tests"])
def test_no_file_grows_without_end(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / folder).rglob("*.py")
        if path.name not in ALONE
        and "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_types_are_checked_wherever_acts_and_reads_live() -> None:
    """The globs of mypy name acts and reads: one that lies elsewhere must be added to them."""
    split = [path.parent for name in ("acts", "reads") for path in (ROOT / "cordee").glob(f"**/{name}/__init__.py")]
    named = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    seen = {path for pattern in named for path in ROOT.glob(pattern)}
    assert [str(path.relative_to(ROOT)) for path in split if path not in seen] == []


def test_comments_and_code_keep_no_promise_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("cordee", "config")
        for path in (ROOT / folder).rglob("*.py")
        if words.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_public_functions_of_acts_and_engines_say_what_they_do() -> None:
    silent = []
    for path in sorted((ROOT / "cordee").rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if "migrations" in parts or not ("engines" in parts or path.stem == "acts" or "acts" in parts):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert silent == []
