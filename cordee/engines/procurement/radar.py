"""The radar: of the day's notices, which could this company win, and with which two others; with reasons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from zlib import crc32

from cordee.engines.sentences import Lang, Reason, Table, reason
from cordee.engines.sentences import say as _say
from cordee.engines.units import Cents

MOST_HITS, PARTNERS = 60, 2
LEARNT = 15
"""What a company has taught counts for at most so many points, either way."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """One company: its trades and how surely it practises them (1 to 100), where it is, what it wants to hear of.

    `departments` empty: only its own. `learnt`: « trade:x », « buyer:y », « department:z » → yes minus no.
    One that does not watch (`watches` false) is told of nothing, and may be named as a partner.
    """

    id: str
    name: str
    trades: Mapping[str, int]
    home: str = ""
    departments: frozenset[str] = frozenset()
    least: Cents | None = None
    most: Cents | None = None
    partners: frozenset[str] = frozenset()
    learnt: Mapping[str, int] = field(default_factory=dict)
    watches: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One lot of a notice: the trades that answer it, where, its value."""

    title: str
    trades: Mapping[str, int]
    departments: frozenset[str] = frozenset()
    value: Cents | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One company that could win: how well it fits (0 to 100), which lots, with whom, why."""

    watcher: str
    score: int
    lots: tuple[int, ...]
    partners: tuple[tuple[str, int], ...]  # id, the lot it would do
    reasons: tuple[Reason, ...]


class Radar:
    """All watchers, ordered so that a notice meets only those of its trades and places."""

    def __init__(self, watchers: Iterable[Watcher]) -> None:
        self.watchers: list[Watcher] = list(watchers)
        self.by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.anywhere: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.watchers):
            where = one.departments or ({one.home} if one.home else set())
            for trade in one.trades:
                if not where:
                    self.anywhere[trade].append(number)
                for department in where:
                    self.by_place[trade, department].append(number)

    def hits(self, lots: Sequence[Asked], buyer: str = "") -> list[Hit]:
        """The companies that could win a notice, the best fitting first.

        Holds   at most `MOST_HITS`, where several fit as well it is not the same that are left out each time; every hit
                watches, practises a trade of a lot it names, in a place it works in, within the values it wants;
                partners are two at most, none the company itself, and do lots that it does not.
        """
        fits: dict[int, dict[int, int]] = defaultdict(dict)
        for rank, lot in enumerate(lots):
            for number in self._around(lot):
                one = self.watchers[number]
                strength = max(one.trades[trade] * lot.trades[trade] for trade in lot.trades if trade in one.trades)
                if _wanted(one, lot):
                    fits[number][rank] = strength // 100
        able: dict[int, list[int]] = defaultdict(list)
        for number, own in fits.items():
            for rank in own:
                able[rank].append(number)
        found = []
        notice = f"{buyer} {lots[0].title if lots else ''}"
        for number, own in fits.items():
            one = self.watchers[number]
            if not one.watches:
                continue
            score, reasons = _weigh(one, own, lots, buyer)
            if score > 0:
                found.append((-score, crc32(f"{notice} {one.id}".encode()), number, reasons))
        return [
            Hit(self.watchers[number].id, -minus, tuple(fits[number]), self._partners(number, able, fits), reasons)
            for minus, _turn, number, reasons in nsmallest(MOST_HITS, found, key=lambda each: each[:3])
        ]

    def _around(self, lot: Asked) -> set[int]:
        found: set[int] = set()
        for trade in lot.trades:
            found.update(self.anywhere.get(trade, ()))
            for department in lot.departments:
                found.update(self.by_place.get((trade, department), ()))
        return found

    def _partners(
        self, number: int, able: Mapping[int, list[int]], fits: Mapping[int, Mapping[int, int]]
    ) -> tuple[tuple[str, int], ...]:
        """Two others for the lots that one does not do; those one likes first."""
        one, own, found, taken = self.watchers[number], fits[number], [], {number}
        for rank in (rank for rank in able if rank not in own):
            best = max(
                (other for other in able[rank] if other not in taken),
                key=lambda other: (self.watchers[other].id in one.partners, fits[other][rank], self.watchers[other].id),
                default=None,
            )
            if best is not None:
                taken.add(best)
                found.append((self.watchers[best].id, rank))
            if len(found) == PARTNERS:
                break
        return tuple(found)


def _wanted(one: Watcher, lot: Asked) -> bool:
    if lot.value is None:
        return True
    return (one.least is None or lot.value >= one.least) and (one.most is None or lot.value <= one.most)


def _weigh(one: Watcher, own: Mapping[int, int], lots: Sequence[Asked], buyer: str) -> tuple[int, tuple[Reason, ...]]:
    best = max(own.values())
    score, reasons = best * 60 // 100, [reason("trade", lots=len(own), sure=best)]
    if any(one.home and one.home in lots[rank].departments for rank in own):
        score += 25
        reasons.append(reason("near", department=one.home))
    if any(lots[rank].value is not None for rank in own) and (one.least is not None or one.most is not None):
        score += 10
        reasons.append(reason("value"))
    taught = _taught(one, own, lots, buyer) if one.learnt else 0
    if taught:
        score += max(-LEARNT, min(LEARNT, taught * 5))
        reasons.append(reason("liked" if taught > 0 else "disliked"))
    return min(100, score), tuple(reasons)


def _taught(one: Watcher, own: Iterable[int], lots: Sequence[Asked], buyer: str) -> int:
    names = {f"buyer:{buyer}", *(f"department:{each}" for rank in own for each in lots[rank].departments)}
    names |= {f"trade:{trade}" for rank in own for trade in lots[rank].trades if trade in one.trades}
    return sum(one.learnt.get(name, 0) for name in names)


def lesson(lots: Sequence[Asked], own: Iterable[int], buyer: str, *, yes: bool) -> dict[str, int]:
    """What an answer teaches: one step for or against this buyer, these trades, these places.

    >>> lesson([Asked("Murs", {"gros-oeuvre": 100})], [0], "Sète", yes=False)
    {'buyer:Sète': -1, 'trade:gros-oeuvre': -1}
    """
    step = 1 if yes else -1
    names = [f"buyer:{buyer}"] if buyer else []
    for rank in own:
        names += [f"trade:{trade}" for trade in lots[rank].trades]
        names += [f"department:{each}" for each in sorted(lots[rank].departments)]
    return dict.fromkeys(names, step)


_WORDS: Table = {
    "trade": (
        "Vos métiers répondent à {lots} {lots:lot|lots} ({sure} sur 100).",
        "Your trades answer {lots} {lots:lot|lots} ({sure} out of 100).",
    ),
    "near": ("C’est dans votre département ({department}).", "It is in your department ({department})."),
    "value": ("Le montant est dans vos bornes.", "The value is within your limits."),
    "groups": (
        "Cet acheteur a confié {together} de ses {count} derniers marchés à des groupements.",
        "This buyer gave {together} of its last {count} contracts to groups.",
    ),
    "alone": (
        "Cet acheteur n’a confié aucun de ses {count} derniers marchés à un groupement.",
        "This buyer gave none of its last {count} contracts to a group.",
    ),
    "liked": ("Vous avez aimé des avis semblables.", "You liked similar notices."),
    "disliked": ("Vous avez écarté des avis semblables.", "You put similar notices aside."),
}


def habit(together: int, count: int) -> Reason | None:
    """What past awards say of a buyer: how many of its contracts went to groups; nothing on fewer than two.

    >>> habit(3, 5).code, habit(0, 4).code, habit(1, 1)
    ('groups', 'alone', None)
    """
    if count < 2:
        return None
    return reason("groups", together=together, count=count) if together else reason("alone", count=count)


def say_reason(what: Reason, lang: Lang = "fr") -> str:
    """A reason as a sentence."""
    return _say(what, _WORDS, lang)
