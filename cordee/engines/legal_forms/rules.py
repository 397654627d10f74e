"""The questions and the forms, read from the data files beside this module, checked once, kept."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from cordee.engines.assembly.words import typeset

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question and its answers, in French and English."""

    code: str
    label: Words
    help: Words
    choices: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Rule:
    """What one answer says of a form: points for or against, or, with `points` None, that it rules the form out."""

    question: str
    answers: frozenset[str]
    points: int | None
    said: Words


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: what it is, what members answer for, what it costs and takes, what speaks for or against it.

    Units   cost in euro cents, delay in days; both are orders of magnitude.
    Shape   documents: the types of the assembly engine that found it.
    """

    code: str
    name: Words
    summary: Words
    legal_person: bool
    liability: Words
    is_grave: bool
    cost: Words
    cost_cents: tuple[int, int]
    delay: Words
    delay_days: tuple[int, int]
    formalities: tuple[Words, ...]
    documents: tuple[str, ...]
    source: str
    rules: tuple[Rule, ...]
    excludes: tuple[Rule, ...]

    @property
    def most(self) -> int:
        """The best score its rules can give: the best answer to each question."""
        best: dict[str, int] = {}
        for rule in self.rules:
            best[rule.question] = max(best.get(rule.question, 0), rule.points or 0)
        return sum(best.values())


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the adviser knows, in one version."""

    version: int
    dated: date
    questions: tuple[Question, ...]
    forms: tuple[Form, ...]

    def form(self, code: str) -> Form:
        """Give a form by its code. Errors: ValueError when there is none."""
        for one in self.forms:
            if one.code == code:
                return one
        raise ValueError(f"no legal form “{code}”")


@cache
def rules() -> Rules:
    """Read the rules in force. Errors: ValueError when a rule names a question or an answer that does not exist."""
    asked, raw = _read("questions.toml"), _read("forms.toml")
    questions = tuple(
        Question(
            code,
            _both(one["label"]),
            _both(one["help"]) if "help" in one else {},
            {name: _both(words) for name, words in one["choices"].items()},
        )
        for code, one in asked["questions"].items()
    )
    known = {one.code: one for one in questions}
    forms = tuple(_form(code, one, known) for code, one in raw.items())
    return Rules(asked["version"], asked["dated"], questions, forms)


def _form(code: str, raw: Mapping[str, Any], known: Mapping[str, Question]) -> Form:
    return Form(
        code=code,
        name=_both(raw["name"]),
        summary=_both(raw["summary"]),
        legal_person=raw["legal_person"],
        liability=_both(raw["liability"]),
        is_grave=raw["grave"],
        cost=_both(raw["cost"]),
        cost_cents=(raw["cost_from"], raw["cost_to"]),
        delay=_both(raw["delay"]),
        delay_days=(raw["days_from"], raw["days_to"]),
        formalities=tuple(_both(words) for words in raw["formalities"]),
        documents=tuple(raw["documents"]),
        source=typeset(raw["source"]),
        rules=tuple(_rule(one, known) for one in raw["rules"]),
        excludes=tuple(_rule(one, known) for one in raw["excludes"]),
    )


def _rule(raw: Mapping[str, Any], known: Mapping[str, Question]) -> Rule:
    question, _sign, answers = raw["when"].partition("=")
    chosen = frozenset(answers.split("|"))
    if question not in known or not chosen <= known[question].choices.keys():
        raise ValueError(f"forms.toml: “{raw['when']}” names no question or no answer")
    return Rule(question, chosen, raw.get("points"), _both(raw))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


def _both(raw: Mapping[str, Any]) -> dict[str, str]:
    return {"fr": typeset(raw["fr"]), "en": raw["en"]}
