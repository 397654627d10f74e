"""Read files of ballots: PrefLib (soc, soi, toc, toi, cat), approvals (abc.yaml), budgets (pb) and CSV."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from cordee.engines.sentences import Fact, Lang, Table, reason, say
from cordee.engines.voting.profile import Profile

Kind = Literal["ranking", "approval", "grades", "votes"]


@dataclass(frozen=True, slots=True)
class Ballots:
    """What a file holds.

    Shape   kind: "ranking" (groups of equals, best first), "approval" (sets), "grades" (by option) or "votes" (for or
            against). rows and weights go together. grades: how many there are, 0 when the file does not say.
            seats: how many the file asks to fill, 0 when it does not say. lines: where each row stands in the file.
    """

    kind: Kind
    options: tuple[str, ...]
    rows: tuple[Any, ...]
    weights: tuple[Fraction, ...]
    grades: int = 0
    seats: int = 0
    lines: tuple[int, ...] = ()


class BallotError(ValueError):
    """A file of ballots that can't be read: which line, which field, why."""

    def __init__(self, line: int, field: str, code: str, **facts: Fact) -> None:
        self.line, self.field, self.why = line, field, reason(code, **facts)
        super().__init__(self.say("en"))

    def say(self, lang: Lang = "fr") -> str:
        """Say it in one sentence, with line and field."""
        facts = dict(self.why.facts)
        if self.why.code == "needs":
            facts |= {name: _KINDS[str(facts[name])][0 if lang == "fr" else 1] for name in ("needs", "found")}
        what = say(reason(self.why.code, **facts), _WHY, lang)
        if not self.line:
            return what
        place = reason("place_field" if self.field else "place", line=self.line, field=self.field, what=what)
        return say(place, _WHY, lang)


_WHY: Table = {
    "place": ("ligne {line} : {what}", "line {line}: {what}"),
    "place_field": ("ligne {line}, champ « {field} » : {what}", "line {line}, field “{field}”: {what}"),
    "empty": ("le fichier ne contient aucun bulletin.", "the file has no ballot."),
    "encoding": ("le fichier n’est pas du texte en UTF-8.", "the file is not UTF-8 text."),
    "format": (
        "format inconnu ; donnez un fichier soc, soi, toc, toi, cat, abc.yaml, pb ou csv.",
        "unknown format; give a soc, soi, toc, toi, cat, abc.yaml, pb or csv file.",
    ),
    "number": (
        "« {found} » n’est pas un nombre entier positif ; corrigez-le.",
        "“{found}” is not a positive whole number; correct it.",
    ),
    "weight": (
        "« {found} » n’est pas un nombre de voix ; corrigez-le.",
        "“{found}” is not a number of votes; correct it.",
    ),
    "unknown_option": (
        "« {found} » n’est pas une option déclarée ; corrigez-la ou déclarez-la.",
        "“{found}” is not a declared option; correct or declare it.",
    ),
    "twice": ("« {found} » est cité deux fois ; gardez-en un.", "“{found}” is given twice; keep one."),
    "brace": ("accolade ouverte ou fermée de travers ; corrigez-la.", "a brace is not opened or closed; correct it."),
    "no_colon": (
        "il manque « : » entre le nombre de bulletins et l’ordre ; ajoutez-le.",
        "a colon is missing between the number of ballots and the order; add it.",
    ),
    "alternatives": (
        "l’en-tête annonce {declared} options, le fichier en nomme {found} ; corrigez l’un ou l’autre.",
        "the header says {declared} options, the file names {found}; correct one of them.",
    ),
    "order": (
        "l’option numéro {expected} était attendue, « {found} » est là ; corrigez la liste ou le nombre annoncé.",
        "option number {expected} was expected, “{found}” is there; correct the list or the number announced.",
    ),
    "sums": (
        "trois nombres sont attendus ici (votants, total, ordres différents), ou le nombre d’options est faux.",
        "three numbers are expected here (voters, total, distinct orders), or the number of options is wrong.",
    ),
    "voters": (
        "{declared} votants annoncés, {found} bulletins trouvés ; corrigez l’un ou l’autre.",
        "{declared} voters announced, {found} ballots found; correct one of them.",
    ),
    "weights": (
        "{declared} poids pour {found} bulletins ; il en faut un par bulletin.",
        "{declared} weights for {found} ballots; one a ballot is needed.",
    ),
    "missing": ("la valeur manque ; ajoutez-la.", "the value is missing; add it."),
    "yaml": (
        "« {found} » ne se lit pas ; une liste de listes est attendue.",
        "“{found}” can’t be read; a list of lists is expected.",
    ),
    "categories": (
        "{found} catégories, {declared} annoncées ; corrigez l’un ou l’autre.",
        "{found} categories, {declared} announced; correct one of them.",
    ),
    "choice": (
        "« {found} » n’est pas un vote ; écrivez pour, contre ou abstention.",
        "“{found}” is not a vote; write for, against or abstain.",
    ),
    "columns": (
        "{found} cases, {declared} colonnes ; corrigez la ligne.",
        "{found} cells, {declared} columns; correct the line.",
    ),
    "header": (
        "aucune colonne d’options ni « ranking », « approved » ou « choice » ; nommez vos colonnes.",
        "no option column, nor “ranking”, “approved” or “choice”; name your columns.",
    ),
    "needs": (
        "la méthode {method} demande {needs}, le fichier contient {found} ; changez de méthode ou de fichier.",
        "the method {method} needs {needs}, the file has {found}; change the method or the file.",
    ),
    "equals": (
        "le vote transférable demande des classements sans ex æquo.",
        "single transferable vote needs rankings without equals.",
    ),
    "section": (
        "« {found} » est écrit avant toute partie ; commencez par META, PROJECTS ou VOTES.",
        "“{found}” stands before any part; begin with META, PROJECTS or VOTES.",
    ),
    "vote_type": (
        "« {found} » n’est pas une façon de voter connue ; écrivez approval, choose-1, ordinal, cumulative ou scoring.",
        "“{found}” is not a known way of voting; write approval, choose-1, ordinal, cumulative or scoring.",
    ),
    "grade": (
        "« {found} » n’est pas une note de 0 à {top} ; corrigez-la.",
        "“{found}” is not a grade from 0 to {top}; correct it.",
    ),
}

_KINDS: dict[str, tuple[str, str]] = {
    "ranking": ("des classements", "rankings"),
    "approval": ("des approbations", "approvals"),
    "grades": ("des notes", "grades"),
    "votes": ("des votes pour ou contre", "votes for or against"),
}

_NEEDS: dict[str, Kind] = {
    "schulze": "ranking",
    "irv": "ranking",
    "condorcet": "ranking",
    "stv": "ranking",
    "approval": "approval",
    "score": "grades",
    "majority_judgment": "grades",
}


def read_ballots(data: bytes, name: str, method: str = "") -> Ballots:
    """Read a file of ballots; its name says the format, the method how to read the cells of a CSV.

    Errors  BallotError, a ValueError with the line and the field.

    >>> read_ballots(b"ranking\\nA>B\\nB=C>A\\n", "votes.csv").rows
    ((('A',), ('B',)), (('B', 'C'), ('A',)))
    """
    from cordee.engines.voting import abc_yaml, ballot_csv, pabulib, preflib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BallotError(0, "", "encoding") from None
    if "\0" in text:
        raise BallotError(0, "", "encoding")
    ending = name.lower().rsplit(".", 1)[-1]
    if ending in preflib.ENDINGS:
        found = preflib.read(text, ending)
    elif ending in ("yaml", "yml"):
        found = abc_yaml.read(text)
    elif ending == "pb":
        found = pabulib.read(text)
    elif ending in ("csv", "txt", "tsv"):
        found = ballot_csv.read(text, method)
    else:
        raise BallotError(0, "", "format")
    if not found.rows:
        raise BallotError(0, "", "empty")
    return found


def as_profile(ballots: Ballots, method: str, top: int | None = None) -> Profile:
    """Turn a file's ballots into what a method counts.

    Holds   a two-level category file can be counted by approval (its first category approves); an incomplete ranking
            approves what it names.
    Errors  BallotError when the method can't count such ballots, or a grade is over `top`.
    """
    needs = _NEEDS.get(method, "votes")
    rows: Sequence[Any] = ballots.rows
    if needs == "approval" and ballots.kind == "grades" and ballots.grades:
        best = ballots.grades - 1
        rows = [frozenset(o for o, grade in row.items() if grade == best) for row in rows]
    elif needs == "approval" and ballots.kind == "ranking" and any(_named(row) < len(ballots.options) for row in rows):
        rows = [frozenset(option for level in row for option in level) for row in rows]
    elif needs == "ranking" and ballots.kind == "grades":
        rows = [_by_grade(row) for row in rows]
    elif needs != ballots.kind:
        raise BallotError(0, "", "needs", method=method, needs=needs, found=ballots.kind)
    if needs == "grades" and top is not None:
        for row, line in zip(rows, ballots.lines, strict=True):
            for option, grade in row.items():
                if grade > top:
                    raise BallotError(line, option, "grade", found=str(grade), top=top)
    if method == "stv":
        for row, line in zip(rows, ballots.lines, strict=True):
            if any(len(level) > 1 for level in row):
                raise BallotError(line, "", "equals")
        rows = [tuple(level[0] for level in row) for row in rows]
    elif needs == "ranking":
        rows = [tuple(level[0] if len(level) == 1 else level for level in row) for row in rows]
    return Profile(ballots.options, rows, None if set(ballots.weights) == {1} else ballots.weights)


def _named(row: Sequence[Sequence[str]]) -> int:
    return sum(map(len, row))


def _by_grade(row: dict[str, int]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(o for o in row if row[o] == grade) for grade in sorted(set(row.values()), reverse=True))


def whole(text: str, line: int, field: str) -> int:
    """Read a whole number, or refuse with line and field."""
    if not text.strip():
        raise BallotError(line, field, "missing")
    if not re.fullmatch(r"[0-9]{1,15}", text.strip()):
        raise BallotError(line, field, "number", found=text.strip()[:30])
    return int(text)


def votes_number(text: str, line: int, field: str) -> Fraction:
    """Read a number of votes: whole, decimal (a comma will do) or a fraction."""
    found = text.strip().replace(",", ".")
    # Bounded on purpose: Python would happily compute 1e999999999.
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9}|/0{0,8}[1-9][0-9]{0,8})?", found):
        raise BallotError(line, field, "weight", found=found[:30])
    return Fraction(found)
