"""Which trades a lot asks for, from its CPV codes and, where these are too general, from its title."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cordee.engines.sentences import Lang

from . import words
from .codes import clean_cpv, stem
from .matches import Match, Strength, read_cpv
from .search import trades_named

NAMED = "cpv_named"
"""The rule by which a title names a trade, where a code is too wide to name one."""
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


def read_lot(cpvs: Iterable[str], title: str = "", general: Iterable[str] = ()) -> LotReading:
    """Say which trades a lot asks for: by its codes first, then, only where a code is wide, by its title.

    French buyers often give every lot of a building the code of the whole building: the title then tells the trade.

    Shape   cpvs: the lot's own codes, the main one first; general: those of the whole procurement, which count less
            than what the lot says itself; malformed ones are left aside.
    Holds   a trade named by the title belongs to the division of a wide code of the lot, and is at most « close »;
            when the lot names a trade, one that only the whole procurement names is at most « related ».

    >>> [m.trade.slug for m in read_lot(["45000000"], "Lot 2 - Plomberie").matches]
    ['plomberie']
    >>> read_lot(["45000000"], "Lot unique").to_specify
    True
    >>> found = {m.trade.slug: m.strength.name for m in read_lot(["45310000"], general=["45210000"]).matches}
    >>> found["electricite"], found["entreprise-generale"]
    ('EXACT', 'RELATED')
    """
    found, known = _read(cpvs, title)
    whole, beside = _read(general, title)
    # What the title names is said by the lot, whichever code let it speak.
    for slug, match in whole.items():
        if match.reason == NAMED and (slug not in found or match.strength > found[slug].strength):
            found[slug] = match
    silent = all(match.strength < Strength.CLOSE for match in found.values())
    for slug, match in whole.items():
        if silent or slug in found:
            if slug not in found or match.strength > found[slug].strength:
                found[slug] = match
        elif match.strength >= Strength.CLOSE:
            found[slug] = replace(match, strength=Strength.RELATED)
    matches = tuple(sorted(found.values(), key=lambda match: -match.strength))
    unclear = not any(match.strength >= Strength.CLOSE for match in matches)
    return LotReading(matches, unclear, tuple(dict.fromkeys((*known, *beside))))


def _read(cpvs: Iterable[str], title: str) -> tuple[dict[str, Match], list[str]]:
    """The trades that codes name, with the title where a code is wide; and the codes that could be read."""
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
            new += tuple(Match(one, Strength.CLOSE, NAMED, code, code) for one in trades_named(title, branch))
        for match in new:
            if match.trade.slug not in found or match.strength > found[match.trade.slug].strength:
                found[match.trade.slug] = match
    return found, known
