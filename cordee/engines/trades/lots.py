"""Which trades a lot asks for, from its CPV codes and, where these are too general, from its title."""

from collections.abc import Iterable
from dataclasses import dataclass

from cordee.engines.sentences import Lang

from . import words
from .codes import clean_cpv, stem
from .matches import Match, Strength, read_cpv
from .search import trades_named

_WORKS, _WIDE = "45", 4
"""In works, a CPV code of at most so many telling digits may hide several trades; elsewhere, only a division does."""


@dataclass(frozen=True, slots=True)
class LotReading:
    """The trades a lot asks for, closest first; `to_specify` when none is known well enough to choose companies."""

    matches: tuple[Match, ...]
    to_specify: bool
    cpvs: tuple[str, ...]

    def text(self, lang: Lang = "fr") -> str:
        if self.matches:
            return self.matches[0].text(lang)
        return words.say("cpv_general", lang, code=", ".join(self.cpvs) or "—")


def read_lot(cpvs: Iterable[str], title: str = "") -> LotReading:
    """Say which trades a lot asks for: by its codes first, then, only where a code is wide, by its title.

    French buyers often give every lot of a building the code of the whole building: the title then tells the trade.

    Shape   cpvs: the lot's codes, the main one first; malformed ones are left aside.
    Holds   a trade named by the title belongs to the division of a wide code of the lot, and is at most « close ».

    >>> [m.trade.slug for m in read_lot(["45000000"], "Lot 2 - Plomberie").matches]
    ['plomberie']
    >>> read_lot(["45000000"], "Lot unique").to_specify
    True
    """
    found: dict[str, Match] = {}
    known: list[str] = []
    for text in cpvs:
        try:
            code = clean_cpv(text)
        except ValueError:
            continue
        known.append(code)
        reading = read_cpv(code)
        new = reading.matches
        if len(stem(code)) <= (_WIDE if code.startswith(_WORKS) else 2):
            branch = read_cpv(code[:2].ljust(8, "0")).beneath
            new += tuple(Match(one, Strength.CLOSE, "cpv_named", code, code) for one in trades_named(title, branch))
        for match in new:
            if match.trade.slug not in found or match.strength > found[match.trade.slug].strength:
                found[match.trade.slug] = match
    matches = tuple(sorted(found.values(), key=lambda match: -match.strength))
    return LotReading(matches, not any(match.strength >= Strength.CLOSE for match in matches), tuple(known))
