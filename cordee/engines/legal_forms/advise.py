"""Weighing the forms: what the answers say for and against each, what they rule out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.engines.assembly.words import typeset
from cordee.engines.legal_forms.rules import Form, Rule, Rules, Words, rules

NOTE: Words = {
    "fr": typeset(
        "Ce conseil explique et compare : il ne décide pas. Les dirigeants choisissent, avec leur avocat ou leur "
        "expert-comptable."
    ),
    "en": "This advice explains and compares: it does not decide. The leaders choose, with their lawyer or accountant.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What one answer says of a form: the question, points for (above zero) or against, the sentence."""

    question: str
    points: int
    said: Words


@dataclass(frozen=True, slots=True)
class Fit:
    """A form nothing rules out: its score out of one hundred, and every reason with its points."""

    form: Form
    score: int
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A form that some answers rule out, each with its reason."""

    form: Form
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the answers lead to, under one version of the rules. It never decides."""

    version: int
    dated: date
    answers: Mapping[str, str]
    fits: tuple[Fit, ...]
    excluded: tuple[Excluded, ...]
    unanswered: tuple[str, ...]


def advise(answers: Mapping[str, str], known: Rules | None = None) -> Advice:
    """Compare the legal forms for these answers: those that fit, best first, and those ruled out, with why.

    Shape   answers: by question, one of its choices; a question left out says nothing.
    Holds   every form is either fitting or excluded, once; a form is excluded only by an answer that was given; an
            answer more never brings an excluded form back; a score lies between 0 and 100 and is the sum of its
            reasons over the best the form could have.
    Errors  ValueError for a question or an answer that does not exist.
    """
    known = known or rules()
    questions = {one.code: one for one in known.questions}
    for question, answer in answers.items():
        if question not in questions or answer not in questions[question].choices:
            raise ValueError(f"no answer “{answer}” to a question “{question}”")
    fits, excluded = [], []
    for form in known.forms:
        against = _met(form.excludes, answers)
        if against:
            excluded.append(Excluded(form, against))
            continue
        reasons = _met(form.rules, answers)
        points = sum(reason.points for reason in reasons)
        score = round(100 * max(points, 0) / form.most) if form.most else 0
        fits.append(Fit(form, score, points, tuple(sorted(reasons, key=lambda one: -one.points))))
    fits.sort(key=lambda one: (-one.score, -one.points))
    unanswered = tuple(code for code in questions if code not in answers)
    return Advice(known.version, known.dated, dict(answers), tuple(fits), tuple(excluded), unanswered)


def _met(found: tuple[Rule, ...], answers: Mapping[str, str]) -> tuple[Reason, ...]:
    return tuple(
        Reason(rule.question, rule.points or 0, rule.said)
        for rule in found
        if answers.get(rule.question) in rule.answers
    )


def recorded(advice: Advice) -> dict[str, Any]:
    """Write an advice whole, with its words, so that it reads the same when the rules have changed.

    Holds   texts, whole numbers, yes and no only: it can be kept as JSON and sealed.
    """
    return {
        "version": advice.version,
        "dated": advice.dated.isoformat(),
        "answers": dict(advice.answers),
        "fits": [
            {**_kept(one.form), "score": one.score, "points": one.points, "reasons": _said(one.reasons)}
            for one in advice.fits
        ],
        "excluded": [{**_kept(one.form), "reasons": _said(one.reasons)} for one in advice.excluded],
        "unanswered": list(advice.unanswered),
    }


def _kept(form: Form) -> dict[str, Any]:
    return {
        "code": form.code,
        "name": dict(form.name),
        "summary": dict(form.summary),
        "legal_person": form.legal_person,
        "liability": dict(form.liability),
        "is_grave": form.is_grave,
        "cost": dict(form.cost),
        "delay": dict(form.delay),
        "formalities": [dict(words) for words in form.formalities],
        "documents": list(form.documents),
        "source": form.source,
    }


def _said(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"question": one.question, "points": one.points, **one.said} for one in reasons]
