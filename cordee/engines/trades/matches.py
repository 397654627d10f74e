"""Which trades answer a code, how closely, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from cordee.engines.sentences import Lang

from . import words
from .codes import clean_cpv, clean_naf, stem
from .table import Reach, Trade, all_trades, trade

FEW = 3
"""Up to so many trades may share a code that none of them states; beyond, the code is too general."""


class Strength(IntEnum):
    """How close a match is; the greater, the closer."""

    RELATED = 1
    CLOSE = 2
    EXACT = 3

    def label(self, lang: Lang = "fr") -> str:
        return words.say(f"strength_{self.name.lower()}", lang)


@dataclass(frozen=True, slots=True)
class Match:
    """A trade that answers a code. `stated` is the code of our table that earned it, `reason` the rule."""

    trade: Trade
    strength: Strength
    reason: str
    code: str
    stated: str

    def text(self, lang: Lang = "fr") -> str:
        return words.say(self.reason, lang, code=self.code, stated=self.stated, trade=self.trade.label(lang))


@dataclass(frozen=True, slots=True)
class CpvReading:
    """What a CPV code says about trades.

    `kind` is "trade" (see `matches`), "general" (the code names no trade: it must be specified, for example
    among `beneath`) or "unlinked" (no trade of the table stands there).
    """

    code: str
    kind: str
    matches: tuple[Match, ...]
    beneath: tuple[Trade, ...]

    def text(self, lang: Lang = "fr") -> str:
        if self.kind == "trade":
            return self.matches[0].text(lang)
        return words.say(f"cpv_{self.kind}", lang, code=self.code)


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a company answers a CPV code: by a trade it declared (`naf` is None) or by its NAF code."""

    trade: Trade
    strength: Strength
    cpv: Match
    naf: Match | None

    def text(self, lang: Lang = "fr") -> str:
        how = "naf" if self.naf else "declared"
        return words.say(
            f"answer_{how}_{self.strength.name.lower()}",
            lang,
            naf=self.naf.code if self.naf else "",
            code=self.cpv.code,
            trade=self.trade.label(lang),
        )


@cache
def _stated() -> tuple[tuple[str, Reach, Trade], ...]:
    return tuple((stem(link.code), link.reach, one) for one in all_trades() for link in one.cpv)


def _best(matches: Iterable[Match]) -> tuple[Match, ...]:
    """One match per trade, the closest; closest first, then in the order of the table."""
    kept: dict[str, Match] = {}
    for match in matches:
        if match.trade.slug not in kept or match.strength > kept[match.trade.slug].strength:
            kept[match.trade.slug] = match
    return tuple(sorted(kept.values(), key=lambda match: -match.strength))


@lru_cache(maxsize=4096)
def _read_cpv(code: str) -> CpvReading:
    asked = stem(code)
    covers: list[tuple[str, Trade]] = []
    near: list[tuple[str, Trade]] = []
    beneath: dict[str, tuple[str, Trade]] = {}
    for at, reach, one in _stated():
        if asked == at or (asked.startswith(at) and reach is not Reach.ONLY):
            (near if reach is Reach.NEAR else covers).append((at, one))
        elif at.startswith(asked) and reach is not Reach.NEAR:
            beneath.setdefault(one.slug, (at, one))
    under = tuple(one for _, one in beneath.values())
    if len(asked) == 2 or (not covers and len(beneath) > FEW):
        return CpvReading(code, "general" if under else "unlinked", (), under)

    def match(at: str, one: Trade, strength: Strength, reason: str) -> Match:
        return Match(one, strength, reason, code, at.ljust(8, "0"))

    longest = max((len(at) for at, _ in covers), default=0)
    found = [match(at, one, Strength.EXACT, "cpv_own") for at, one in covers if len(at) == longest]
    found += [match(at, one, Strength.CLOSE, "cpv_wider") for at, one in covers if len(at) < longest]
    part = Strength.RELATED if covers else Strength.CLOSE
    found += [match(at, one, part, "cpv_part") for at, one in beneath.values()]
    found += [match(at, one, Strength.RELATED, "cpv_near") for at, one in near]
    return CpvReading(code, "trade" if found else "unlinked", _best(found), under)


def read_cpv(code: str) -> CpvReading:
    """Say which trades a CPV code asks for, or that it is too general to name one.

    Holds   a division (two digits and six zeros) never names a trade;
            every match quotes a code of the table that covers the asked one, or lies beneath it.
    Errors  ValueError when the code has not eight digits.

    >>> read_cpv("45000000-7").kind
    'general'
    """
    return _read_cpv(clean_cpv(code))


def trades_for_cpv(code: str) -> tuple[Match, ...]:
    """The trades that answer a CPV code, the closest first; none when the code is too general.

    Exact: the most precise fact of the table covers the code. Close: the trade covers it by a wider fact, or does
    a part of it when no trade states the whole. Related: it does a part of it, or often answers it.
    Errors  ValueError when the code has not eight digits.

    >>> [(m.trade.slug, m.strength.name) for m in trades_for_cpv("45432120")]
    [('faux-plafonds', 'EXACT'), ('sols-carrelage', 'CLOSE')]
    """
    return read_cpv(code).matches


@lru_cache(maxsize=1024)
def _for_naf(code: str) -> tuple[Match, ...]:
    strengths = {Reach.OWN: (Strength.EXACT, "naf_own"), Reach.NEAR: (Strength.CLOSE, "naf_near")}
    return _best(
        Match(one, *strengths[link.reach], code, code) for one in all_trades() for link in one.naf if link.code == code
    )


def trades_for_naf(code: str) -> tuple[Match, ...]:
    """The trades of a NAF sub-class: exact when the class is the trade's own, close when some of its companies do it.

    Holds   a class of things « n.c.a. » (not elsewhere classified) is never exact.
    Errors  ValueError when the code is not the shape of a NAF sub-class.

    >>> [m.trade.slug for m in trades_for_naf("4322A")][:1]
    ['plomberie']
    """
    return _for_naf(clean_naf(code))


def company_trades(declared: Iterable[str], nafs: Iterable[str]) -> dict[str, Strength]:
    """The trades of a company, and how sure each is: exact when declared, else as its NAF codes say.

    Holds   a declared trade is exact; no trade comes from nowhere.
    Errors  ValueError on a malformed code or an unknown trade.

    >>> {slug: sure.name for slug, sure in company_trades(["paysage"], ["43.99A"]).items()}
    {'paysage': 'EXACT', 'etancheite': 'EXACT'}
    """
    found = {trade(slug).slug: Strength.EXACT for slug in declared}
    for naf in nafs:
        for match in trades_for_naf(naf):
            found[match.trade.slug] = max(match.strength, found.get(match.trade.slug, Strength.RELATED))
    return found


def answers(cpv: str, *, naf: str | None = None, trades: Iterable[str] = ()) -> tuple[Answer, ...]:
    """Why a company answers a CPV code, by its declared trades or its NAF code; empty when it does not.

    Shape   naf: its sub-class or None; trades: slugs it declared.
    Holds   as close as the weaker of the two ties, company to trade and trade to CPV; one answer per trade.
    Errors  ValueError on a malformed code or an unknown trade.

    >>> answers("45311200", naf="43.21A")[0].text()
    'Votre code NAF 43.21A répond au CPV 45311200 (métier\\xa0: Électricité du bâtiment).'
    """
    declared = {trade(slug).slug for slug in trades}
    by_naf = {match.trade.slug: match for match in trades_for_naf(naf)} if naf else {}
    found = []
    for match in trades_for_cpv(cpv):
        if match.trade.slug in declared:
            found.append(Answer(match.trade, match.strength, match, None))
        elif tie := by_naf.get(match.trade.slug):
            found.append(Answer(match.trade, min(match.strength, tie.strength), match, tie))
    return tuple(sorted(found, key=lambda answer: -answer.strength))
