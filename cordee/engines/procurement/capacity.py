"""Is the team strong enough? The buyer looks at the capacities of all members together (CCP R2142-25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from cordee.engines.units import Cents

Kind = Literal["turnover", "staff", "references", "certificate", "insurance"]
MOST_TURNOVER = Fraction(3, 2)
"""A buyer may ask for at most one and a half times the value of the contract (CCP R2142-7, since 1 January 2026)."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the buyer asks. `minimum`: cents, persons or a number; `label`: the certificate. `each`: of every member."""

    id: str
    kind: Kind
    label: str = ""
    minimum: int = 1
    each: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What one member has; None where it has not said."""

    id: str
    name: str
    turnover: int | None = None
    staff: int | None = None
    references: int | None = None
    certificates: frozenset[str] | None = None
    insurance: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement against the team: what is there, what lacks, who has not said, who falls short on its own."""

    requirement: Requirement
    total: int
    missing: int
    unknown: tuple[str, ...]
    by_member: Mapping[str, int | None] = field(default_factory=dict)
    short: tuple[str, ...] = ()

    @property
    def state(self) -> Literal["ok", "unknown", "missing"]:
        """ "unknown" as long as somebody who has not said could make it up."""
        if not self.missing and not self.short:
            return "ok"
        return "unknown" if self.unknown else "missing"


def consolidated(requirements: Sequence[Requirement], members: Sequence[Held]) -> tuple[Line, ...]:
    """Hold what the buyer asks against what all have together.

    Holds   what is not known counts for nothing and is named; missing == max(0, minimum - total); insurance is what
            the best insured member has, everything else adds up, a certificate is held by as many as hold it.
    """
    return tuple(_line(one, members) for one in requirements)


def _line(one: Requirement, members: Sequence[Held]) -> Line:
    found: dict[str, int | None] = {each.id: _has(one, each) for each in members}
    known = [value for value in found.values() if value is not None]
    total = max(known, default=0) if one.kind == "insurance" else sum(known)
    unknown = tuple(each.name for each in members if found[each.id] is None)
    if one.each:
        short = tuple(each.name for each in members if (value := found[each.id]) is not None and value < one.minimum)
        return Line(one, total, 0, unknown, found, (*short, *unknown))
    return Line(one, total, max(0, one.minimum - total), unknown, found)


def _has(one: Requirement, member: Held) -> int | None:
    if one.kind == "certificate":
        if member.certificates is None:
            return None
        wanted = _plain(one.label)
        return int(
            any(wanted in _plain(each) or _plain(each) in wanted for each in member.certificates if each.strip())
        )
    value: int | None = getattr(member, one.kind)
    return value


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def too_much_turnover(asked: Cents, value: Cents | None) -> bool:
    """Whether the buyer asks for more turnover than the law lets it.

    >>> too_much_turnover(Cents(200), Cents(100)), too_much_turnover(Cents(150), Cents(100))
    (True, False)
    """
    return value is not None and value > 0 and Fraction(asked, value) > MOST_TURNOVER
