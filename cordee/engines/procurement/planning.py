"""From the deadline back to today: when each step of a joint answer is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from cordee.engines.calendar import is_business_day
from cordee.engines.sentences import Lang

STEPS: tuple[tuple[str, int, str, str], ...] = (
    ("go", 35, "Décider : on y va, ou pas", "Decide: go or no-go"),
    ("check", 30, "Note de concurrence et pouvoirs", "Competition note and powers"),
    ("memo", 21, "Plan du mémoire technique", "Outline of the technical memo"),
    ("prices", 14, "Chacun a chiffré sa part", "Each has priced its part"),
    ("papers", 10, "Pièces de chaque membre à jour", "Each member’s papers up to date"),
    ("assembly", 7, "Assembler l’offre", "Assemble the offer"),
    ("review", 2, "Relecture finale", "Final reading"),
    ("submit", 1, "Déposer, la veille au plus tard", "Submit, the day before at the latest"),
)
"""Code, days before the deadline when there is time, and the words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step and the day by which it is done; `late` when that day is past."""

    code: str
    day: date
    late: bool = False


def retro_plan(deadline: date, today: date) -> tuple[Step, ...]:
    """Set the steps back from the deadline, closer together when there is little time.

    Holds   the steps come in order, none after the deadline nor before today (unless the deadline itself is past),
            each on a working day where there is one; with 35 days or more, they stand at their usual distance.

    >>> retro_plan(date(2026, 5, 13), date(2026, 3, 1))[0].day.isoformat()
    '2026-04-08'
    """
    left = (deadline - today).days
    most = STEPS[0][1]
    found: list[Step] = []
    for code, before, _fr, _en in STEPS:
        distance = before if left >= most else max(left, 0) * before // most
        day = _working(deadline - timedelta(days=distance), today)
        if found and day < found[-1].day:
            day = found[-1].day
        found.append(Step(code, min(day, max(deadline, today)), left < 0))
    return tuple(found)


def _working(day: date, today: date) -> date:
    """The working day on which this is done: the last one before, as long as it is not past."""
    earlier = day
    while not is_business_day(earlier) and earlier > today:
        earlier -= timedelta(days=1)
    return earlier if is_business_day(earlier) else day


def step_label(code: str, lang: Lang = "fr") -> str:
    """The words of a step."""
    found = {name: (french, english) for name, _days, french, english in STEPS}
    if code not in found:
        raise ValueError(f"no step {code}")
    return found[code][lang == "en"].replace(" :", "\u00a0:")
