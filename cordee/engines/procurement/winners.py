"""Who wins, alone or together: a SIREN names one company; without one, only a name written the same does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from cordee.engines.places.communes import fold_name

LEGAL = frozenset(
    ("sarl", "sas", "sasu", "eurl", "earl", "sa", "sci", "snc", "scop", "scic", "scea", "selarl", "selas", "gie", "ei")
)
"""Legal forms, which one seldom types: a search leaves them out."""
BETWEEN = " | "


def siren_of(text: str) -> str:
    """The SIREN of a SIREN or SIRET; empty for any other number (a VAT number, a foreign one, a line that slipped).

    >>> siren_of("552 100 554 00013"), siren_of("DE123456789"), siren_of("00001")
    ('552100554', '', '')
    """
    digits = "".join(text.split())
    right = digits.isascii() and digits.isdigit() and len(digits) in (9, 14) and digits[:9].strip("0")
    return digits[:9] if right else ""


def plain_name(name: str) -> str:
    """A company's name without accents, capitals nor signs; letters that stand alone are written as one word.

    >>> plain_name("C.R.B.S."), plain_name("Bâti-Élan SARL")
    ('crbs', 'bati elan sarl')
    """
    runs = groupby(fold_name(name).split(), key=lambda word: len(word) == 1)
    return " ".join("".join(words) if alone else " ".join(words) for alone, words in runs)


def asked_name(text: str) -> str:
    """A name as it is looked for: the same, without its legal form where something else is left.

    >>> asked_name("SARL Bâti-Élan"), asked_name("S.A.S."), asked_name("!")
    ('bati elan', 'sas', '')
    """
    words = plain_name(text).split()
    return " ".join([word for word in words if word not in LEGAL] or words)


def who_won(winners: Iterable[Sequence[str]]) -> str:
    """The names of a contract's winners as one line to look into; each begins after a space.

    >>> who_won([["552100554", "Bâti-Élan"], ["", "Toits du Lac"]])
    ' bati elan |  toits du lac'
    """
    return BETWEEN.join(f" {plain_name(name)}" for _siren, name in winners if name)


@dataclass(slots=True)
class Winner:
    """One company that won: how often alone, how often in a group, and with whom most often.

    Without a SIREN it is known by its name only, and another may bear it.
    """

    key: tuple[str, str]  # its SIREN; without one, its plain name
    name: str = ""
    alone: int = 0
    together: int = 0
    names: Counter[str] = field(default_factory=Counter)
    beside: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def siren(self) -> str:
        return self.key[0]

    @property
    def count(self) -> int:
        return self.alone + self.together

    def is_named(self, asked: str) -> bool:
        """Whether one of the names it won under has these words at the beginning of a word."""
        return any(f" {asked}" in f" {plain_name(name)}" for name in self.names)


def count_winners(contracts: Iterable[tuple[Sequence[Sequence[str]], bool]]) -> list[Winner]:
    """Count each company's contracts, those who won most first.

    Shape   for each contract its winners (SIREN or SIRET or empty, name) and whether they won together.
    Holds   two SIRENs are never one company, whatever their names; a SIREN is one company, whatever it is called, and
            bears the name it won under most often, without what brackets say of an establishment; without a SIREN,
            only the very same name (accents, capitals and signs aside) is taken for one company, and never for one
            that has a SIREN.
    """
    found: dict[tuple[str, str], Winner] = {}
    for winners, together in contracts:
        keys = {}
        for number, name in winners:
            siren = siren_of(number)
            key = (siren, "" if siren else plain_name(name))
            if any(key):
                keys[key] = name
        for key, name in keys.items():
            one = found.setdefault(key, Winner(key))
            one.together += together
            one.alone += not together
            one.names.update([name.partition(" (")[0].strip()] if name else [])
            one.beside.update(other for other in keys if other != key)
    for one in found.values():
        one.name = min(one.names, key=lambda name: (-one.names[name], len(name), name), default=one.siren)
    return sorted(found.values(), key=lambda one: (-one.count, one.name, one.siren))
