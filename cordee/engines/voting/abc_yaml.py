"""Approval elections in the abc.yaml form: the simple subset of YAML that such files use."""

import re
from fractions import Fraction

from cordee.engines.voting.ballot_files import BallotError, Ballots, votes_number, whole

_MOST = 100_000
"""More candidates than any real election: a larger number is a slip, and would only fill the memory."""


def read(text: str) -> Ballots:
    """Read the ballots of an approval election; candidates are numbered from 0.

    Shape   "key: value" at the left margin; a value may go on over indented lines. Keys read: profile (list of lists
            or sets of numbers), num_cand, num_voters, voter_weights, committeesize; each entry of compute must name
            its rule_id. Anything else is left alone.
    Errors  BallotError with line and field.
    """
    keys = _keys(text)
    if "profile" not in keys:
        raise BallotError(1, "profile", "missing")
    line, written = keys["profile"]
    sets = _profile(written, line)
    if not any(sets):
        raise BallotError(line, "profile", "empty")
    highest = max((max(found) for found in sets if found), default=-1)
    number = highest + 1
    if "num_cand" in keys:
        at, value = keys["num_cand"]
        number = whole(value, at, "num_cand")
        if number > _MOST:
            raise BallotError(at, "num_cand", "number", found=value.strip())
        if highest >= number:
            raise BallotError(line, "profile", "unknown_option", found=str(highest))
    if "num_voters" in keys:
        at, value = keys["num_voters"]
        if (declared := whole(value, at, "num_voters")) != len(sets):
            raise BallotError(at, "num_voters", "voters", declared=declared, found=len(sets))
    weights = (Fraction(1),) * len(sets)
    if "voter_weights" in keys:
        at, value = keys["voter_weights"]
        words = value.strip().strip("[]").split(",")
        weights = tuple(votes_number(word, at, "voter_weights") for word in words)
        if len(weights) != len(sets):
            raise BallotError(at, "voter_weights", "weights", declared=len(weights), found=len(sets))
    seats = whole(keys["committeesize"][1], keys["committeesize"][0], "committeesize") if "committeesize" in keys else 0
    if "compute" in keys:
        _check_compute(*keys["compute"])
    names = tuple(str(n) for n in range(number))
    rows = tuple(frozenset(str(n) for n in found) for found in sets)
    return Ballots("approval", names, rows, weights, 0, seats, (line,) * len(rows))


def _keys(text: str) -> dict[str, tuple[int, str]]:
    """Cut the file at its top-level keys: name, line, everything up to the next one."""
    found: dict[str, tuple[int, str]] = {}
    last = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#") or line.startswith("---"):
            continue
        top = re.match(r"([A-Za-z_]\w*)\s*:(?:\s+(.*))?$", line)
        if top:
            last = top[1]
            if last in found:
                raise BallotError(number, last, "twice", found=last)
            found[last] = (number, top[2] or "")
        elif last and (line[0] in " -]}" or found[last][1]):
            found[last] = (found[last][0], f"{found[last][1]}\n{line}")
        else:
            raise BallotError(number, "", "yaml", found=line.strip()[:30])
    return found


def _profile(written: str, line: int) -> list[set[int]]:
    inside = " ".join(written.split())
    if not re.fullmatch(r"\[\s*((\[[\d,\s]*\]|\{[\d,\s]*\})\s*(,\s*|(?=\])))*\]", inside):
        raise BallotError(line, "profile", "yaml", found=inside[:30])
    sets = []
    for group in re.findall(r"[\[{]([\d,\s]*)[\]}]", inside[1:]):
        numbers = [whole(word, line, "profile") for word in group.split(",") if word.strip()]
        if len(set(numbers)) != len(numbers):
            twice = next(n for n in numbers if numbers.count(n) > 1)
            raise BallotError(line, "profile", "twice", found=str(twice))
        sets.append(set(numbers))
    return sets


def _check_compute(line: int, written: str) -> None:
    entries = re.split(r"^[ \t]*-[ \t]", written, flags=re.MULTILINE)
    at = line + entries[0].count("\n")
    for entry in entries[1:]:
        if not re.search(r"^\s*rule_id\s*:", entry, flags=re.MULTILINE):
            raise BallotError(at, "rule_id", "missing")
        at += entry.count("\n")
