"""One's own answers beside those of others, who stay nameless; under five others, nothing is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from cordee.directory.models import Company
from cordee.engines.learning import BAROMETER, FEWEST, PRACTICES, Compared, Question, compare, quarter_of
from cordee.ground.kit.words import language
from cordee.learning.models import Answering

Kind = Answering.Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One question: my answer, my answer before, what others said."""

    slug: str
    asked: str
    tip: str
    mine: int | None
    before: int | None
    others: Compared | None

    @property
    def change(self) -> int:
        return 0 if self.mine is None or self.before is None else self.mine - self.before

    @property
    def low(self) -> bool:
        """Low enough for a tip to be of use."""
        return self.mine is not None and self.mine <= 3 and bool(self.tip)

    @property
    def box(self) -> tuple[str, str]:
        """Where the half of the others around the middle stands in the picture, on a width of 100."""
        if self.others is None:
            return ("0", "0")
        return (_place(self.others.low), f"{max((self.others.high - self.others.low) * 12.5, 1.5):.1f}")

    @property
    def middle(self) -> str:
        return _place(self.others.middle) if self.others else "0"

    @property
    def me_at(self) -> str:
        return _place(2 * self.mine) if self.mine else "0"


def _place(halves: int) -> str:
    """From 1 to 5 points, in halves, onto 0 to 100."""
    return f"{(halves - 2) * 12.5:.1f}"


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """A questionnaire of one company, for a quarter or a year."""

    company: Company
    kind: str
    period: str
    lines: tuple[Line, ...]
    answered: bool
    others: int  # how many other companies answered; 0 when they are too few to say
    trend: tuple[tuple[str, int], ...]  # (period, my average in tenths)
    fewest: int = FEWEST


def questions_of(kind: str) -> tuple[Question, ...]:
    """The questions of a questionnaire."""
    return BAROMETER if kind == Kind.BAROMETER else PRACTICES


def period_of(kind: str, at: datetime) -> str:
    """The quarter, or the year, in which one answers today."""
    today = localtime(at).date()
    return quarter_of(today) if kind == Kind.BAROMETER else str(today.year)


def answers_page(company: Company, kind: str, *, at: datetime) -> AnswersPage:
    """My answers of now and before, and what may be told of others: three queries."""
    period = period_of(kind, at)
    mine = list(Answering.objects.filter(company=company, kind=kind))
    now = next((one.answers for one in mine if one.period == period), None)
    before: dict[str, int] = next((one.answers for one in reversed(mine) if one.period < period), {})
    others = list(Answering.objects.filter(kind=kind, period=period).exclude(company=company))
    told = others if now is not None else []  # who has not answered reads nothing of the others
    lines = tuple(_line(question, now, before, told) for question in questions_of(kind))
    many = len(others) if len(others) >= FEWEST else 0
    return AnswersPage(company, kind, period, lines, now is not None, many, tuple(_average(one) for one in mine[-8:]))


def _line(question: Question, now: dict[str, int] | None, before: dict[str, int], others: Sequence[Answering]) -> Line:
    said = [one.answers[question.slug] for one in others if question.slug in one.answers]
    mine = (now or {}).get(question.slug)
    lang = language()
    return Line(question.slug, question.asked(lang), question.tip(lang), mine, before.get(question.slug), compare(said))


def _average(one: Answering) -> tuple[str, int]:
    values = list(one.answers.values())
    return one.period, round(10 * sum(values) / len(values)) if values else 0
