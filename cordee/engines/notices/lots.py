"""What lots of every format share: ids that can be trusted, and finding the lot that an award names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cordee.engines.notices.model import Lot
from cordee.engines.notices.values import number_of

_AFTER = re.compile(r"\s*[:—]\s|\s-\s")
_TITLE = re.compile(r"\s*lot\s+(?:n\S?\s*)?(\w{1,6})\b", re.IGNORECASE)
UNDIVIDED = "LOT-0000"
"""The id of the only lot of a procurement that is not divided, as eForms has it."""


def with_unique_ids(lots: Iterable[Lot]) -> tuple[Lot, ...]:
    """The same lots; where two carry the same id, the later ones get a suffix.

    >>> [lot.id for lot in with_unique_ids([Lot("1"), Lot("1"), Lot("2")])]
    ['1', '1-2', '2']
    """
    taken: set[str] = set()
    times: Counter[str] = Counter()
    kept: list[Lot] = []
    for lot in lots:
        name = lot.id
        while name in taken:
            times[lot.id] += 1
            name = f"{lot.id}-{times[lot.id] + 1}"
        taken.add(name)
        kept.append(lot if name == lot.id else replace(lot, id=name))
    return tuple(kept)


def lot_named(stated: str | None, lots: Sequence[Lot], title: str | None = None) -> str | None:
    """The id of the lot an award is about: by its id, else by its number, else by the « lot 3 » that begins its title;
    the only lot when the award names none.

    Holds   a name that fits no lot is given back as it stands: it is what the notice says.

    >>> lot_named("Lot 2", [Lot("01", "1"), Lot("02", "2")])
    '02'
    """
    if len(lots) == 1 and (stated is None or lots[0].number is None):
        return lots[0].id
    for lot in lots:
        if lot.id == stated:
            return lot.id
    titled = _TITLE.match(title) if title else None
    for number in (number_of(_AFTER.split(stated)[0]) if stated else None, number_of(titled[1]) if titled else None):
        for lot in lots:
            if number is not None and lot.number == number:
                return lot.id
    return stated
