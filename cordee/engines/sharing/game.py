"""Games of cooperation: what every subgroup would pay, or earn, on its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.words import Unfit
from cordee.engines.units import Cents, MemberId

Worth = NDArray[np.int64]
Kind = Literal["cost", "benefit"]

NOTHING = Cents(0)
DENSE = 24  # up to here every subgroup is written down: 2^24 worths, 128 MB


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """What every subgroup is worth, in cents.

    Shape   table: worth of every subgroup, indexed by its bit mask (bit i is members[i]), table[0] == 0; None beyond
            24 members. worth_of: worths of many subgroups at once, given as rows of a table of booleans.
            closed: the Shapley value by a formula, where one exists.
    Units   cents: a cost to bear for "cost", a gain to share for "benefit".
    """

    members: tuple[MemberId, ...]
    kind: Kind
    table: Worth | None
    worth_of: Callable[[NDArray[np.bool_]], Worth]
    closed: Callable[[], list[Fraction]] | None = None

    @property
    def whole(self) -> Cents:
        """The worth of all together: what is shared."""
        return self.worth(self.members)

    def worth(self, group: Iterable[MemberId]) -> Cents:
        """The worth of one subgroup."""
        inside = set(group)
        row = np.array([[member in inside for member in self.members]])
        return Cents(int(self.worth_of(row)[0]))

    def alone(self) -> dict[MemberId, Cents]:
        """What each would pay, or earn, alone."""
        worths = self.worth_of(np.eye(len(self.members), dtype=bool))
        return {member: Cents(int(worth)) for member, worth in zip(self.members, worths, strict=True)}

    def gains(self) -> Worth:
        """The table seen as gains to share: as it is for a benefit, with the sign turned for a cost.

        Errors  ValueError beyond 24 members.
        """
        if self.table is None:
            raise Unfit("too_many", {"count": len(self.members), "most": DENSE})
        return self.table if self.kind == "benefit" else -self.table


def from_table(members: Sequence[MemberId], table: Worth, kind: Kind = "cost") -> Game:
    """A game from the worths of all subgroups, indexed by bit mask.

    Errors  ValueError when the table has not 2^n worths, when the empty subgroup is worth something, beyond 24 members.

    >>> from_table(["a", "b"], np.array([0, 100, 200, 250])).worth(["a", "b"])
    250
    """
    if not members or len(set(members)) != len(members):
        raise Unfit("members")
    if len(members) > DENSE:
        raise Unfit("too_many", {"count": len(members), "most": DENSE})
    if table.shape != (1 << len(members),):
        raise Unfit("table_size", {"count": 1 << len(members), "given": int(table.size)})
    if max(abs(int(table.max())), abs(int(table.min()))) >= 1 << 53:
        raise Unfit("too_large")
    if table[0]:
        raise Unfit("empty_worth")
    worths = table.astype(np.int64, copy=False)
    weights = np.int64(1) << np.arange(len(members), dtype=np.int64)

    def worth_of(rows: NDArray[np.bool_]) -> Worth:
        found: Worth = worths[rows @ weights]
        return found

    return Game(tuple(members), kind, worths, worth_of)


def from_worths(members: Sequence[MemberId], worth: Mapping[frozenset[MemberId], Cents], kind: Kind = "cost") -> Game:
    """A game from the worth of every subgroup by its members (the empty one may be left out).

    Errors  ValueError naming a subgroup that is missing, or that holds a stranger.
    """
    if not members or len(set(members)) != len(members):
        raise Unfit("members")
    if len(members) > DENSE:
        raise Unfit("too_many", {"count": len(members), "most": DENSE})
    place = {member: 1 << i for i, member in enumerate(members)}
    table = np.zeros(1 << len(members), dtype=np.int64)
    known = np.zeros(1 << len(members), dtype=bool)
    for group, cents in worth.items():
        for member in group:
            if member not in place:
                raise Unfit("stranger_group", {"member": member})
        mask = sum(place[member] for member in group)
        table[mask], known[mask] = cents, True
    known[0] = True
    if not known.all():
        missing = int(np.flatnonzero(~known)[0])
        raise Unfit("no_worth", {"group": group_of(members, missing)})
    return from_table(members, table, kind)


def from_rule(
    members: Sequence[MemberId],
    worth_of: Callable[[NDArray[np.bool_]], Worth],
    kind: Kind = "cost",
    closed: Callable[[], list[Fraction]] | None = None,
) -> Game:
    """A game from a rule that works out the worth of many subgroups at once; written down up to 24 members."""
    if not members or len(set(members)) != len(members):
        raise Unfit("members")
    count = len(members)
    if count > DENSE:
        return Game(tuple(members), kind, None, worth_of, closed)
    table = np.empty(1 << count, dtype=np.int64)
    step = 1 << min(count, 16)
    for start in range(0, 1 << count, step):
        masks = np.arange(start, start + step, dtype=np.int64)
        table[start : start + step] = worth_of((masks[:, None] >> np.arange(count) & 1).astype(bool))
    return Game(tuple(members), kind, table, worth_of, closed)


def group_of(members: Sequence[MemberId], mask: int) -> tuple[MemberId, ...]:
    """The members of a bit mask, in their order."""
    return tuple(member for i, member in enumerate(members) if mask >> i & 1)
