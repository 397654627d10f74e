"""Participatory budgets in the Pabulib form (.pb): sections META, PROJECTS, VOTES, cells parted by semicolons.

The voters' marks are read, not the money: whoever wants to choose within a budget counts costs beside the result.

Source  S. Faliszewski et al. (2023), Participatory Budgeting: Data, Tools, and Analysis, IJCAI (the .pb format).
"""

import csv
from collections.abc import Iterator
from fractions import Fraction

from cordee.engines.voting.ballot_files import BallotError, Ballots, whole

_SECTIONS = ("META", "PROJECTS", "VOTES")
_APPROVING = frozenset({"approval", "choose-1"})
_GRADING = frozenset({"cumulative", "scoring"})

Row = tuple[int, dict[str, str]]


def read(text: str) -> Ballots:
    """Read one participatory budget: who approved what, in which order, or with how many points.

    Shape   META gives vote_type (approval, choose-1, ordinal, cumulative, scoring) and, where it does, num_projects and
            num_votes, which must agree with the rows. A project without points from a voter has 0.
    Errors  BallotError with line and field.
    """
    sections = _sections(text)
    meta = {row.get("key", ""): (line, row.get("value", "").strip()) for line, row in sections["META"]}
    names = _names(sections["PROJECTS"])
    votes = sections["VOTES"]
    for key, found in (("num_projects", len(names)), ("num_votes", len(votes))):
        if key in meta and (declared := whole(meta[key][1], meta[key][0], key)) != found:
            code = "alternatives" if key == "num_projects" else "voters"
            raise BallotError(meta[key][0], key, code, declared=declared, found=found)
    line, kind = meta.get("vote_type", (1, ""))
    marked = [_marked(row, at, names) for at, row in votes]
    options, lines = tuple(names.values()), tuple(at for at, _ in votes)
    weights = (Fraction(1),) * len(votes)
    if kind in _APPROVING:
        return Ballots("approval", options, tuple(map(frozenset, marked)), weights, 0, 0, lines)
    if kind == "ordinal":
        return Ballots("ranking", options, tuple(tuple((o,) for o in row) for row in marked), weights, 0, 0, lines)
    if kind in _GRADING:
        graded = tuple(
            dict.fromkeys(options, 0) | _points(row, at, chosen)
            for (at, row), chosen in zip(votes, marked, strict=True)
        )
        return Ballots("grades", options, graded, weights, 0, 0, lines)
    raise BallotError(line, "vote_type", "vote_type", found=kind or "…")


def _sections(text: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    heads: dict[str, tuple[int, list[str]]] = {}
    section = ""
    for number, cells in _cells(text):
        if len(cells) == 1 and cells[0].strip() in _SECTIONS:
            section = cells[0].strip()
            if section in found:
                raise BallotError(number, section, "twice", found=section)
            found[section] = []
        elif not section:
            raise BallotError(number, "", "section", found=cells[0].strip()[:30])
        elif section not in heads:
            heads[section] = (number, [cell.strip() for cell in cells])
        elif len(cells) > len(heads[section][1]):
            raise BallotError(number, section, "columns", found=len(cells), declared=len(heads[section][1]))
        else:
            found[section].append((number, dict(zip(heads[section][1], cells, strict=False))))
    for section in _SECTIONS:
        if section not in found:
            raise BallotError(1, section, "missing")
    for section, column in (("PROJECTS", "project_id"), ("VOTES", "vote")):
        line, columns = heads.get(section, (1, []))
        if column not in columns:
            raise BallotError(line, column, "missing")
    return found


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(text.splitlines(), delimiter=";")
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield rows.line_num, cells
    except csv.Error:
        raise BallotError(rows.line_num, "", "format") from None


def _names(projects: list[Row]) -> dict[str, str]:
    """Name each project as its city does; those of one name are told apart by their number."""
    named: dict[str, str] = {}
    for line, row in projects:
        key = row["project_id"].strip()
        if not key:
            raise BallotError(line, "project_id", "missing")
        if key in named:
            raise BallotError(line, "project_id", "twice", found=key)
        named[key] = (row.get("name") or "").strip() or key
    if not named:
        raise BallotError(1, "PROJECTS", "missing")
    all_names = list(named.values())
    return {key: name if all_names.count(name) == 1 else f"{name} ({key})" for key, name in named.items()}


def _marked(row: dict[str, str], line: int, names: dict[str, str]) -> list[str]:
    keys = [word.strip() for word in row.get("vote", "").split(",") if word.strip()]
    for place, key in enumerate(keys):
        if key not in names:
            raise BallotError(line, "vote", "unknown_option", found=key[:30])
        if key in keys[:place]:
            raise BallotError(line, "vote", "twice", found=key)
    return [names[key] for key in keys]


def _points(row: dict[str, str], line: int, chosen: list[str]) -> dict[str, int]:
    words = [word for word in row.get("points", "").split(",") if word.strip()]
    if len(words) != len(chosen):
        raise BallotError(line, "points", "weights", declared=len(words), found=len(chosen))
    return {option: whole(word, line, "points") for option, word in zip(chosen, words, strict=True)}
