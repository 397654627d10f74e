"""Communes, their postcodes and the points of their town halls."""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .distance import Point, mean_point


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune (or an arrondissement of Paris, Lyon or Marseille); `point` is its town hall, None where unknown."""

    insee: str
    name: str
    postcodes: tuple[str, ...]
    point: Point | None


@cache
def _lines() -> dict[str, str]:
    # Lines are kept whole and read on demand: the whole table then loads in a few hundredths of a second.
    packed = Path(__file__).with_name("communes.csv.gz").read_bytes()
    return {line[:5]: line for line in gzip.decompress(packed).decode().splitlines()}


def _read(line: str) -> Commune:
    insee, name, postcodes, lon, lat = line.split(";")
    return Commune(insee, name, tuple(postcodes.split()), Point(float(lon), float(lat)) if lon else None)


@cache
def _by_postcode() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for insee, line in _lines().items():
        for postcode in line.split(";", 3)[2].split():
            found.setdefault(postcode, []).append(insee)
    return found


_SHORT = {"st": "saint", "ste": "sainte"}
_APART = {sign: " " for sign in range(128) if not chr(sign).isalnum()}


def fold_name(name: str) -> str:
    """A name without accents, capitals, hyphens nor short forms, so that two spellings meet.

    >>> fold_name("St-Étienne") == fold_name("Saint Etienne")
    True
    """
    plain = name.lower()
    if plain.isascii():  # most names of the national register: ten million of them are folded when it is loaded
        words = plain.translate(_APART).split()
    else:
        plain = unicodedata.normalize("NFKD", plain.replace("œ", "oe"))
        words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join([_SHORT.get(word, word) for word in words])


@cache
def _by_name() -> tuple[tuple[str, str], ...]:
    return tuple((fold_name(line.split(";", 2)[1]), insee) for insee, line in _lines().items())


def commune(insee: str) -> Commune | None:
    """The commune of that INSEE code; None when there is none.

    >>> commune("34172").name
    'Montpellier'
    """
    line = _lines().get(insee)
    return _read(line) if line else None


def all_communes() -> Iterator[Commune]:
    """Every commune, in the order of their INSEE codes."""
    return (_read(line) for line in _lines().values())


def communes_of_postcode(postcode: str) -> tuple[Commune, ...]:
    """The communes served under a postcode, in the order of their INSEE codes; none for an unknown or a CEDEX one."""
    return tuple(_read(_lines()[insee]) for insee in _by_postcode().get(postcode, ()))


def point_of_postcode(postcode: str, name: str = "") -> Point | None:
    """Where a postcode lies: the commune of that name if it is one of them, else the mean of its communes.

    >>> point_of_postcode("34000") == commune("34172").point
    True
    """
    served = [(one, one.point) for one in communes_of_postcode(postcode) if one.point]
    if not served:
        return None
    wanted = fold_name(name)
    return next((p for one, p in served if fold_name(one.name) == wanted), mean_point([p for _, p in served]))


def search_communes(text: str, limit: int = 10) -> tuple[Commune, ...]:
    """Find communes by the beginning of their name or of a word of it, or by a postcode.

    Holds   names equal to the text come first, then those that begin with it, then the others, shortest first.

    >>> [one.name for one in search_communes("montpelier", 1)], search_communes("SETE", 1)[0].name
    ([], 'Sète')
    """
    wanted = fold_name(text[:80])
    if not wanted:
        return ()
    if wanted.isdigit():
        codes = sorted(code for code in _by_postcode() if code.startswith(wanted))
        return tuple(dict.fromkeys(one for code in codes[:limit] for one in communes_of_postcode(code)))[:limit]
    ranked = [
        (name != wanted, not name.startswith(wanted), len(name), insee)
        for name, insee in _by_name()
        if wanted in name and (name.startswith(wanted) or f" {wanted}" in name)
    ]
    return tuple(_read(_lines()[row[3]]) for row in sorted(ranked)[:limit])
