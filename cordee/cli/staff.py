"""Faire le planning de salariés partagés entre plusieurs entreprises.

Les parts convenues d’abord (que personne ne soit lésé), puis les souhaits, puis le moins de route, puis des semaines
qui se ressemblent. La loi, les congés, les contrats et la confidentialité sont toujours respectés ; si des demandes
fermes ne tiennent pas ensemble, la réponse dit lesquelles.

FILE est un fichier JSON :

    {"start": "2026-09-07", "weeks": 4,
     "employees": [{"name": "Léa", "hours": 35, "skills": ["paie"], "leaves": [{"date": "2026-09-15"}]}],
     "companies": [{"name": "Fontaine", "share": {"days": 12}, "skills": ["paie"]},
                   {"name": "Morel", "share": {"days": 7}, "open": ["mon", "tue", "wed am"]}],
     "wishes": [{"employee": "Léa", "days": ["wed pm"], "firm": true}]}

Tous les champs sont dans docs/staffing.md.

    cordee staff planning.json                 le planning, semaine par semaine
    cordee staff planning.json --explain       et pourquoi : parts données, ce qui manque, ce qui est prouvé
    cordee staff planning.json --format csv    une ligne par demi-journée, pour un tableur
    cordee staff planning.json --format ics    pour un agenda
    cordee staff planning.json --json          {"timetable", "shares", "levels", "clashes", ...}

Sortie 0 : planning fait. 1 : des demandes fermes ne tiennent pas ensemble. 2 : le fichier ou l’appel est à corriger.
"""

import argparse
import sys
from math import ceil

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.staffing import Problem, Timetable, explain, monthly, plan, violations
from cordee.engines.staffing.checker import least
from cordee.engines.staffing.export import as_calendar, as_csv
from cordee.engines.staffing.reading import read_problem
from cordee.engines.staffing.words import HALVES, say_clash, say_day, say_demand, say_reason, say_share

_RECHECKED = 10_000  # employees x companies squared x weeks up to which the prices are summed again before answering
HELP = "faire le planning de salariés partagés"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="fichier JSON")
    parser.add_argument("--format", choices=("text", "csv", "ics"), default="text", help="texte (par défaut), csv, ics")
    parser.add_argument("--seconds", type=float, default=20.0, help="temps de calcul au plus (20)")
    parser.add_argument("--explain", action="store_true", help="dire pourquoi")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    data = read_bytes(args.file, lang)
    if not 0 < args.seconds <= 3600:
        raise BadInput({"fr": "--seconds va de 1 à 3600.", "en": "--seconds goes from 1 to 3600."}[lang])
    try:
        problem = read_problem(data, lang)
    except ValueError as wrong:
        said = wrong.say(lang) if hasattr(wrong, "say") else str(wrong)
        raise BadInput(f"{args.file}, {said.removesuffix('.')}.") from None
    found = plan(problem, seconds=args.seconds)
    wrong_rules = violations(problem, found.visits)
    if wrong_rules:
        raise AssertionError(f"the timetable breaks a rule: {say_reason(wrong_rules[0], 'en')}")
    if args.json:
        print_json("cordee.staff/1", _as_json(problem, found, lang, args.explain))
    elif args.format == "csv":
        sys.stdout.write(as_csv(problem, found.visits, lang))
    elif args.format == "ics":
        sys.stdout.write(as_calendar(problem, found.visits))
    else:
        _print(problem, found, lang, args.explain)
    return 1 if found.clashes else 0


def _as_json(problem: Problem, found: Timetable, lang: Lang, full: bool) -> dict[str, object]:
    answer: dict[str, object] = {
        "timetable": [
            {
                "employee": one.employee,
                "date": problem.day(one.slot).isoformat(),
                "half": ("am", "pm")[one.slot % 2],
                "company": one.company,
            }
            for one in found.visits
        ],
        "shares": [
            {
                "company": one.company,
                "employee": one.employee,
                "agreed_half_days": one.agreed,
                "given_half_days": one.given,
                "why": say_reason(one.why, lang) if one.why else None,
            }
            for one in found.shares
        ],
        "proven": found.proven,
        "levels": [
            {"name": one.name, "value": one.value, "bound": one.bound, "proven": one.proven} for one in found.levels
        ],
        "clashes": [
            {
                "wishes": [say_demand(problem, problem.wishes[i], lang) for i in one.wishes],
                "needs": [say_demand(problem, problem.needs[i], lang) for i in one.needs],
                "sentence": say_clash(problem, one, lang),
            }
            for one in found.clashes
        ],
        "months": [
            {
                "month": one.month,
                "company": one.company,
                "employee": one.employee,
                "worked_minutes": one.worked,
                "travel_minutes": one.road,
                "half_days": one.halves,
            }
            for one in monthly(problem, found.visits)
        ],
        "certificate": _certificate(problem, found),
    }
    if full:
        answer["explanation"] = list(explain(problem, found, lang))
    return answer


def _certificate(problem: Problem, found: Timetable) -> dict[str, object]:
    """What the rules alone confirm: nothing is broken; and, for groups of a usual size, what the prices prove."""
    rechecked = len(problem.employees) * len(problem.companies) ** 2 * problem.weeks <= _RECHECKED
    values = {one.name: one.value for one in found.levels}
    return {
        "kind": "prices",
        "checked": True,  # no rule is broken: run() has just looked
        "proves": [
            {
                "level": one.level,
                "weights": {"travel": one.road, "total": one.missing, "worst": one.worst},
                "at_least": ceil(least(problem, one, values["worst"], values["total"]) - 1e-6),
            }
            for one in found.certificates
        ]
        if rechecked
        else None,
    }


def _print(problem: Problem, found: Timetable, lang: Lang, full: bool) -> None:
    at = {(one.employee, one.slot): one.company for one in found.visits}
    morning, afternoon = HALVES[lang]
    for employee in problem.employees:
        print(employee.name)
        for day in range(7 * problem.weeks):
            if not {(employee.name, 2 * day), (employee.name, 2 * day + 1)} & at.keys():
                continue
            first, second = (at.get((employee.name, 2 * day + half)) for half in (0, 1))
            if first == second:
                text = str(first)
            else:
                said = ((name, half) for name, half in ((first, morning), (second, afternoon)) if name)
                text = ", ".join(f"{name} ({half})" for name, half in said)
            print(f"    {say_day(problem.day(2 * day), lang)}  {text}")
    if full:
        sentences: tuple[str, ...] = explain(problem, found, lang)
    else:
        missing = (one for one in found.shares if one.given < one.agreed)
        sentences = (
            *(say_clash(problem, one, lang) for one in found.clashes),
            *(say_share(one, lang) for one in missing),
            *(say_reason(one, lang) for one in found.reasons),
        )
    for sentence in sentences:
        print(sentence)
