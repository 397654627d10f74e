"""What a kind of cooperation is: data, and a few small pure functions. Nothing here knows a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from django.utils.functional import Promise

Words = str | Promise
"""A text in the reader's language, chosen when it is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the playbook, and the gate before it: what must be noted as done to enter it.

    `asks` names decisions and documents of the kind by their slugs. `months` is when it usually happens, counted from
    the day that matters (the fair, the submission): -9 is nine months before. `shows` names what the tools know of this
    stage, in this room or a later one: it is shown beside the stage, with the way there.
    """

    slug: str
    label: Words
    asks: tuple[str, ...] = ()
    months: int | None = None
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that the leaders have to take together; `vote` says by which kind of decision of the house rules."""

    slug: str
    label: Words
    why: Words
    vote: str = "ordinary"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that the kind calls for; `type` is a type of the agreements, where Cordée can write it."""

    slug: str
    label: Words
    type: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the first budget, in cents, worked out from the particulars; an order of magnitude, to be edited."""

    slug: str
    label: Words
    cents: Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What tells whether it works. `better` says in which direction; `unit` is shown after the value."""

    slug: str
    label: Words
    unit: Words = ""
    better: str = "up"


@dataclass(frozen=True, slots=True)
class Ask:
    """How one field of the particulars is asked: label, help, and between what and what it lies.

    `day`: the text is a day, stored as 2027-03-16 and asked with the calendar of the browser. `rows`: a text of several
    lines.
    """

    label: Words
    help: Words = ""
    low: int = 0
    high: int = 1_000_000
    day: bool = False
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Nothing:
    """The particulars of a kind that needs none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cooperation: its playbook, its defaults, its particulars, the tools it switches on.

    Holds   slugs are unique within each list; every slug that a step asks for exists; stages begin with an idea.
    """

    slug: str
    label: Words
    summary: Words
    icon: str
    stages: tuple[Step, ...]
    roles: tuple[tuple[str, Words], ...]
    choices: tuple[Choice, ...]
    papers: tuple[Paper, ...]
    lines: tuple[Line, ...]
    key: str
    voting_rule: str
    risks: tuple[Words, ...]
    indicators: tuple[Indicator, ...]
    ending: Words
    particulars: type[Any] = Nothing
    asks: Mapping[str, Ask] | None = None
    tools: tuple[str, ...] = ()
    least: int = 3
    warnings: Callable[[Any], tuple[Words, ...]] = lambda particulars: ()

    def step(self, slug: str) -> Step:
        """The stage of this name. KeyError where there is none."""
        return next((step for step in self.stages if step.slug == slug), None) or _missing(slug)

    def after(self, slug: str) -> Step | None:
        """The stage that follows, or nothing after the last."""
        order = [step.slug for step in self.stages]
        place = order.index(slug) + 1
        return self.stages[place] if place < len(self.stages) else None

    @property
    def asked(self) -> tuple[Choice | Paper, ...]:
        """All that the leaders have to settle: decisions, then documents."""
        return (*self.choices, *self.papers)

    def wanted(self, slug: str) -> Choice | Paper:
        """The decision or the document of this name. KeyError where there is none."""
        return next((each for each in self.asked if each.slug == slug), None) or _missing(slug)

    def read(self, stored: Mapping[str, Any]) -> Any:
        """The particulars from what was stored; a field that is not there yet takes its default."""
        known = {field.name for field in fields(self.particulars)}
        return self.particulars(**{name: value for name, value in stored.items() if name in known})

    def budget(self, stored: Mapping[str, Any]) -> list[tuple[str, Words, int]]:
        """The first budget: slug, label, cents."""
        particulars = self.read(stored)
        return [(line.slug, line.label, line.cents(particulars)) for line in self.lines]


def _missing(slug: str) -> NoReturn:
    raise KeyError(slug)


def fixed(euros: int) -> Callable[[Any], int]:
    """A line that does not depend on the particulars."""
    return lambda particulars: euros * 100
