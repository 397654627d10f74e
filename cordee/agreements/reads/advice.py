"""Advice on the legal form as the members see it: the questions, and the comparison that was kept."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cordee.agreements.models import FormAdvice
from cordee.engines import legal_forms
from cordee.engines.assembly import document_type
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import my_seats


@dataclass(frozen=True, slots=True)
class AskedForm:
    """One question of the adviser, in the language of the page."""

    code: str
    label: str
    help: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one answer says of a form. `points` is above zero for, below against, zero when it rules the form out."""

    points: int
    said: str


@dataclass(frozen=True, slots=True)
class ComparedForm:
    """One legal form of a comparison, as it was told that day."""

    code: str
    name: str
    summary: str
    liability: str
    is_grave: bool
    cost: str
    delay: str
    formalities: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]  # (slug, title), those that the library can make
    source: str
    score: int
    reasons: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """A kept comparison in full."""

    advice: FormAdvice
    seat: Seat
    fits: tuple[ComparedForm, ...]
    excluded: tuple[ComparedForm, ...]
    answered: tuple[tuple[str, str], ...]  # question, answer
    unanswered: tuple[str, ...]
    note: str
    is_older: bool  # the rules have changed since


def form_questions() -> tuple[AskedForm, ...]:
    """The questions of the adviser, in the language of the page."""
    lang = language()
    return tuple(
        AskedForm(
            one.code,
            one.label[lang],
            one.help.get(lang, ""),
            tuple((code, words[lang]) for code, words in one.choices.items()),
        )
        for one in legal_forms.rules().questions
    )


def advices_of(grouping: Grouping) -> QuerySet[FormAdvice]:
    """The comparisons kept in a grouping, the latest first."""
    return FormAdvice.objects.filter(grouping=grouping).select_related("asked_by__company").order_by("-asked_at", "-pk")


def advice_of(person: Person, public_id: str, *, voice: str = "") -> tuple[FormAdvice, Seat]:
    """A kept comparison, reached through a seat of its grouping; a stranger finds nothing."""
    found = FormAdvice.objects.select_related("grouping", "asked_by__company").filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    seats = list(my_seats(person).filter(grouping=found.grouping))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return found, chosen[0]


def advice_page(advice: FormAdvice, seat: Seat) -> AdvicePage:
    """A comparison as it was given that day, whatever the rules have become."""
    lang, kept = language(), advice.comparison
    asked = {one.code: one for one in form_questions()}
    answered = tuple(
        (asked[code].label, dict(asked[code].choices).get(answer, answer))
        for code, answer in kept["answers"].items()
        if code in asked
    )
    return AdvicePage(
        advice=advice,
        seat=seat,
        fits=tuple(_compared(one, lang) for one in kept["fits"]),
        excluded=tuple(_compared(one, lang) for one in kept["excluded"]),
        answered=answered,
        unanswered=tuple(asked[code].label for code in kept["unanswered"] if code in asked),
        note=legal_forms.NOTE[lang],
        is_older=advice.rules_version != legal_forms.rules().version,
    )


def _compared(kept: dict[str, Any], lang: str) -> ComparedForm:
    return ComparedForm(
        code=kept["code"],
        name=kept["name"][lang],
        summary=kept["summary"][lang],
        liability=kept["liability"][lang],
        is_grave=kept["is_grave"],
        cost=kept["cost"][lang],
        delay=kept["delay"][lang],
        formalities=tuple(words[lang] for words in kept["formalities"]),
        documents=tuple((slug, document_type(slug).title[lang]) for slug in kept["documents"]),
        source=kept["source"],
        score=kept.get("score", 0),
        reasons=tuple(Weighed(one["points"], one[lang]) for one in kept["reasons"]),
    )
