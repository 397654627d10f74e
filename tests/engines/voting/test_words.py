"""Whatever the engines can say, they can say in both languages, with the same facts."""

import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from cordee.engines import lifecycle, voting
from cordee.engines.lifecycle import words as gate_words
from cordee.engines.sentences import reason, say
from cordee.engines.voting import ballot_files, foresee, steps, words
from cordee.engines.voting.consent import GRADIENTS

TABLES = {
    "tally": words._TALLY,
    "steps": steps.STEPS,
    "warnings": foresee._WARNINGS,
    "files": ballot_files._WHY,
    "points": gate_words._POINTS,
    "roles": gate_words._ROLES,
    "minimum": gate_words._MINIMUM,
    "links": import_module("cordee.engines.lifecycle.independence")._WORDS,
    "health": import_module("cordee.engines.lifecycle.health")._WORDS,
}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_tell_the_same_facts(table):
    for code, (fr, en) in TABLES[table].items():
        assert fr != en, code
        # A number may be shown in one language and only choose a word in the other; a name must be in both.
        assert fields(fr) - {"n", "base"} == fields(en) - {"n", "base"}, code


def test_every_code_in_the_source_has_words():
    known = {code for table in TABLES.values() for code in table} | {f"gradient_{name}" for name in GRADIENTS}
    used = set()
    for package in (voting, lifecycle):
        for path in Path(package.__file__).parent.glob("*.py"):
            used |= set(re.findall(r'reason\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))
    assert used - known == set()
    assert len(used) > 40


def test_french_is_typeset():
    for table in TABLES.values():
        for code, (fr, _) in table.items():
            plain = re.sub(r"\{[^}]*\}", "x", fr)
            assert "'" not in plain, code
            assert not re.search(r"\S[;!?%»]", plain), code
            assert not re.search(r"[^\s0-9]:", plain), code


def test_an_unknown_code_is_refused():
    with pytest.raises(ValueError, match="no sentence"):
        say(reason("nothing"), steps.STEPS)
