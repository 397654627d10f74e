"""Whom to talk to next: from one's own ties, from the ties that others show, from the places where one was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cordee.engines.sentences import Lang, Reason, say
from cordee.engines.trades import trade

from .words import NEAR, SENTENCES, TIES

MOST_AT_A_TABLE = 5
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Firm:
    """A company that one may see: its trades as slugs."""

    id: str
    name: str
    trades: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gathering:
    """A fair or an evening at which one was, and the companies that said they were there too."""

    id: str
    name: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one company knows of what is around it.

    Shape   ties: its own, other company → kind; shown: for each of those, the ties that both sides show, other → kind;
            lacking: the trades that it looks for; gatherings: only those where it was.
    """

    me: str
    firms: Mapping[str, Firm]
    ties: Mapping[str, str]
    shown: Mapping[str, Mapping[str, str]]
    lacking: frozenset[str] = frozenset()
    gatherings: tuple[Gathering, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Some companies to talk to, and why. `through`: who may introduce them; `where`: the gathering it stands on."""

    code: str
    companies: tuple[str, ...]
    through: str = ""
    where: str = ""
    weight: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    trades: tuple[str, ...] = ()

    def text(self, lang: Lang = "fr") -> str:
        """The reason, in a sentence."""
        shown = ", ".join(trade(slug).label(lang).lower() for slug in self.trades)
        facts = dict(self.facts)
        for key, table in (("kind", TIES), ("near", NEAR)):
            if key in facts:
                facts[key] = table[facts[key]][0 if lang == "fr" else 1]
        count = len(self.companies) + (1 if self.code == "gathering" else 0)
        return say(Reason(self.code, (("trades", shown), ("n", count), *facts.items())), SENTENCES, lang)


def suggest(around: Surroundings, limit: int = 8) -> tuple[Suggestion, ...]:
    """Suggest whom to talk to, the most useful first.

    Holds   only firms that are given are named, never oneself; a tie of others serves only where it is shown; nobody
            is suggested alone twice; the order in which things are given changes nothing.

    >>> firms = {x: Firm(x, x.title(), frozenset({t})) for x, t in (("me", "peinture"), ("sam", "vitrerie"),
    ...          ("levage", "grutage"))}
    >>> here = Surroundings("me", firms, {"sam": "supplier"}, {"sam": {"levage": "neighbour"}}, frozenset({"grutage"}))
    >>> [(one.code, one.companies, one.through) for one in suggest(here)]
    [('neighbour', ('levage',), 'sam')]
    """
    found = [*_tables(around), *_beyond(around), *_met(around)]
    found.sort(key=lambda one: (-one.weight, one.code, one.companies))
    kept: list[Suggestion] = []
    alone: set[str] = set()
    for one in found:
        if len(one.companies) == 1:
            if one.companies[0] in alone:
                continue
            alone.add(one.companies[0])
        kept.append(one)
    return tuple(kept[:limit])


def _strangers(around: Surroundings, ids: Iterable[str]) -> list[Firm]:
    return sorted(
        (around.firms[one] for one in set(ids) if one in around.firms and one != around.me), key=lambda firm: firm.id
    )


def _tables(around: Surroundings) -> Iterable[Suggestion]:
    """Three and more who were at the same place, each of whom brings a trade that no other has."""
    own = around.firms[around.me].trades if around.me in around.firms else frozenset()
    for gathering in around.gatherings:
        covered, team, brought = set(own), list[Firm](), list[str]()
        left = _strangers(around, gathering.there)
        while left and len(team) + 1 < MOST_AT_A_TABLE:
            # What is looked for first, then what is new.
            best = max(
                left, key=lambda firm: (len((firm.trades & around.lacking) - covered), len(firm.trades - covered))
            )
            new = sorted(best.trades - covered, key=lambda slug: (slug not in around.lacking, slug))
            if not new:
                break
            team.append(best)
            brought.append(new[0])
            covered |= best.trades
            left.remove(best)
        if len(team) + 1 >= FEWEST:
            names = tuple(sorted(firm.id for firm in team))
            weight = 40 + 10 * len(around.lacking & (covered - own)) + len(team)
            facts = (("event", gathering.name),)
            yield Suggestion("gathering", names, "", gathering.id, weight, facts, tuple(sorted(set(brought))))


def _beyond(around: Surroundings) -> Iterable[Suggestion]:
    """Those whom one's own ties know, by ties that both sides show."""
    reached: dict[str, list[tuple[str, str]]] = {}
    for middle, others in sorted(around.shown.items()):
        if middle in around.ties and middle in around.firms:
            for other, kind in others.items():
                if other in around.firms and other != around.me and other not in around.ties:
                    reached.setdefault(other, []).append((middle, kind))
    for other, ways in sorted(reached.items()):
        lacking = tuple(sorted(around.firms[other].trades & around.lacking))
        middle, kind = ways[0]
        facts = {
            "name": around.firms[other].name,
            "middle": around.firms[middle].name,
            "kind": around.ties[middle],
            "near": kind,
        }
        if lacking:
            yield Suggestion("neighbour", (other,), middle, "", 60 + len(ways), tuple(facts.items()), lacking)
        elif len(ways) > 1:
            second = around.firms[ways[1][0]].name
            said = (("name", facts["name"]), ("middle", facts["middle"]), ("second", second))
            yield Suggestion("common", (other,), middle, "", 20 + len(ways), said)


def _met(around: Surroundings) -> Iterable[Suggestion]:
    """Somebody who was at the same place and does what one looks for."""
    for gathering in around.gatherings:
        for firm in _strangers(around, gathering.there):
            lacking = tuple(sorted(firm.trades & around.lacking))
            if lacking and firm.id not in around.ties:
                facts = (("name", firm.name), ("event", gathering.name))
                yield Suggestion("met", (firm.id,), "", gathering.id, 30 + len(lacking), facts, lacking)
