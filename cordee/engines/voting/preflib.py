"""The PrefLib formats: orders (soc, soi, toc, toi) and categories (cat), with the present header or the former one."""

import re
from fractions import Fraction

from cordee.engines.voting.ballot_files import BallotError, Ballots, whole

ENDINGS = frozenset({"soc", "soi", "toc", "toi", "cat"})

_NAMED = re.compile(r"#\s*ALTERNATIVE NAME\s+(\d+)\s*:\s*(.*)")
_FIELD = re.compile(r"#\s*([A-Z][A-Z 0-9]*?)\s*:\s*(.*)")


def read(text: str, ending: str) -> Ballots:
    """Read one PrefLib file.

    Shape   present form: lines "# KEY: value", then "count: 1,{2,3}". Former form: number of options, "number,name"
            lines, "voters,total,orders", then "count,1,{2,3}". A comma at the end of an order is allowed.
    Errors  BallotError with line and field.
    """
    lines = [line.strip() for line in text.splitlines()]
    first = next((line for line in lines if line), "")
    if not first:
        raise BallotError(0, "", "empty")
    names, start, categories, voters = _header(lines) if first.startswith("#") else _former_header(lines)
    colon = first.startswith("#")
    shown = _distinct(names)
    orders: list[list[tuple[str, ...]]] = []
    weights, places, total = [], [], 0
    for number, line in enumerate(lines[start:], start + 1):
        if not line or line.startswith("#"):
            continue
        count, order = _split(line, number, colon)
        orders.append(_order(order, number, shown))
        weights.append(Fraction(count))
        places.append(number)
        total += count
    if voters is not None and voters[1] != total:
        raise BallotError(voters[0], "NUMBER VOTERS" if colon else "voters", "voters", declared=voters[1], found=total)
    options = tuple(shown.values())
    if ending != "cat":
        ranks = tuple(tuple(group for group in order if group) for order in orders)
        return Ballots("ranking", options, ranks, tuple(weights), 0, 0, tuple(places))
    grades = categories or max(map(len, orders), default=0)
    graded = tuple(_graded(order, number, grades) for order, number in zip(orders, places, strict=True))
    return Ballots("grades", options, graded, tuple(weights), grades, 0, tuple(places))


_Header = tuple[dict[int, str], int, int, tuple[int, int] | None]


def _header(lines: list[str]) -> _Header:
    names: dict[int, str] = {}
    declared, categories, named_categories, voters, last = None, 0, 0, None, 0
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            continue
        last = number
        if named := _NAMED.match(line):
            key = int(named[1])
            if key in names:
                raise BallotError(number, f"ALTERNATIVE NAME {key}", "twice", found=str(key))
            names[key] = named[2].strip() or str(key)
        elif field := _FIELD.match(line):
            if field[1] == "NUMBER ALTERNATIVES":
                declared = (number, whole(field[2], number, field[1]))
            elif field[1] == "NUMBER CATEGORIES":
                categories = whole(field[2], number, field[1])
            elif field[1].startswith("CATEGORY NAME"):
                named_categories += 1
            elif field[1] == "NUMBER VOTERS":
                voters = (number, whole(field[2], number, field[1]))
    if not names:
        raise BallotError(last, "ALTERNATIVE NAME 1", "missing")
    if declared and declared[1] != len(names):
        raise BallotError(declared[0], "NUMBER ALTERNATIVES", "alternatives", declared=declared[1], found=len(names))
    return names, last, categories or named_categories, voters


def _former_header(lines: list[str]) -> _Header:
    n = whole(lines[0].split(",")[0], 1, "number of alternatives")
    names: dict[int, str] = {}
    for key in range(1, n + 1):
        number = key + 1
        found, _, name = (lines[number - 1] if number <= len(lines) else "").partition(",")
        if found.strip() != str(key) or not name.strip():
            raise BallotError(number, "alternative", "order", expected=key, found=found.strip() or "…")
        names[key] = name.strip()
    sums = (lines[n + 1] if n + 1 < len(lines) else "").split(",")
    if len(sums) != 3:
        raise BallotError(n + 2, "voters,total,orders", "sums")
    voters = [whole(part, n + 2, field) for part, field in zip(sums, ("voters", "total", "orders"), strict=True)]
    return names, n + 2, 0, (n + 2, voters[1])


def _distinct(names: dict[int, str]) -> dict[int, str]:
    """Tell apart options of one name by their number."""
    all_names = list(names.values())
    return {key: name if all_names.count(name) == 1 else f"{name} ({key})" for key, name in names.items()}


def _split(line: str, number: int, colon: bool) -> tuple[int, str]:
    count, mark, order = line.partition(":" if colon else ",")
    if not mark:
        raise BallotError(number, "count", "no_colon")
    return whole(count, number, "count"), order


def _order(order: str, number: int, names: dict[int, str]) -> list[tuple[str, ...]]:
    """Read "1,{2,3},{}": groups of equals, best first."""
    if re.search(r"\{[^}]*(\{|$)|^[^{]*\}|\}[^{]*\}", order):
        raise BallotError(number, "order", "brace")
    parts = re.findall(r"\{[^}]*\}|[^,{}]+|(?<=,)(?=,)|^(?=,)", order)
    groups: list[tuple[str, ...]] = []
    seen: set[int] = set()
    for part in parts:
        inside = part.strip().strip("{}")
        if not part.strip():
            if part:
                continue
            raise BallotError(number, "order", "missing")
        group = []
        for word in inside.split(",") if inside.strip() else []:
            key = whole(word, number, "order")
            if key not in names:
                raise BallotError(number, "order", "unknown_option", found=word.strip())
            if key in seen:
                raise BallotError(number, "order", "twice", found=word.strip())
            seen.add(key)
            group.append(names[key])
        groups.append(tuple(group))
    return groups


def _graded(groups: list[tuple[str, ...]], number: int, categories: int) -> dict[str, int]:
    """Turn categories, best first, into grades from 0 up."""
    if len(groups) > categories:
        raise BallotError(number, "order", "categories", declared=categories, found=len(groups))
    return {option: categories - 1 - place for place, group in enumerate(groups) for option in group}
