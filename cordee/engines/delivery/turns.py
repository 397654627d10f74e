"""Whose turn it is: a role that goes round, so that nobody becomes the chief."""

from collections.abc import Sequence


def next_turn(members: Sequence[str], past: Sequence[str]) -> str:
    """Who comes next: whoever served least often; among those, who served longest ago; then the order of the list.

    Shape   members: those who take part today, at least one; past: who served, the oldest first (others may be there).
    Holds   the result is one of `members`; over n turns of n members, each serves once; nobody serves twice in a row
            where two take part.
    Errors  ValueError when there is nobody.

    >>> next_turn(["a", "b", "c"], ["a", "b"])
    'c'
    """
    if not members:
        raise ValueError("nobody to take a turn")
    last = {name: place for place, name in enumerate(past)}
    recent = past[-1] if past and len(set(members)) > 1 else None
    free = [name for name in members if name != recent]
    return min(free, key=lambda name: (past.count(name), last.get(name, -1), members.index(name)))
