"""The two-minute test for somebody who hesitates: the questions, and the answer as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.engines.learning import QUESTIONS, Advice, advise
from cordee.ground.kit.words import language


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, and the one that was chosen."""

    slug: str
    words: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The test: its questions; the advice once all are answered; how many are still open when one asked too early."""

    questions: tuple[Question, ...]
    advice: Advice | None
    missing: int


def self_test(given: Mapping[str, str]) -> SelfTest:
    """The test with whatever was answered so far; nothing is kept of it."""
    lang = language()
    questions = tuple(
        Question(
            one.slug,
            one.words(lang),
            tuple((choice.slug, choice.words(lang)) for choice in one.choices),
            given.get(one.slug, ""),
        )
        for one in QUESTIONS
    )
    answers = {one.slug: one.chosen for one in questions if one.chosen in dict(one.choices)}
    missing = len(QUESTIONS) - len(answers)
    return SelfTest(questions, None if missing else advise(answers, lang), missing if given else 0)
