"""Made-up groups of shared employees, by seed: what the bench and the tests plan."""

import random
from datetime import date

from cordee.engines.places.distance import Point
from cordee.engines.staffing import Company, Employee, Problem, Share

TRADES = ("qualité", "paie", "achats")


def world(employees: int, companies: int, weeks: int, seed: int, fill: int = 95) -> Problem:
    """Companies within about 40 km that share `fill` % of the half-days of employees with one or two trades."""
    dice = random.Random(seed)

    def place() -> Point:
        return Point(dice.uniform(3.7, 4.4), dice.uniform(43.5, 44.0))

    def days(off: int) -> frozenset[int]:
        closed = dice.sample(range(5), off)
        return frozenset(half for half in range(10) if half // 2 not in closed)

    people = []
    for number in range(employees):
        first = TRADES[number % len(TRADES)]
        skills = frozenset((first, dice.choice(TRADES)))
        leave = dice.randrange(weeks * 5)
        slots = frozenset((leave // 5 * 14 + leave % 5 * 2 + half) for half in (0, 1))
        people.append(Employee(f"E{number + 1}", overtime=120, skills=skills, home=place(), leaves=slots))
    firms = [
        Company(
            f"C{number + 1}",
            place(),
            skills=frozenset((TRADES[number % len(TRADES)],)),
            open=days(dice.choice((0, 0, 1, 2))),
        )
        for number in range(companies)
    ]
    left = employees * weeks * 10 * fill // 100
    weights = [dice.randint(1, 4) for _ in firms]
    shares = [Share(firm.name, left * weight // sum(weights)) for firm, weight in zip(firms, weights, strict=True)]
    return Problem(date(2026, 9, 7), weeks, tuple(people), tuple(firms), tuple(shares))
