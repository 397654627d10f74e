"""Names of the national register: whole, by their words, by beginnings, misspelt. A few short reads, at any size.

Shape   names: full text, the words of a company and its marks (trade, department, square, size); whole: companies by
        the digest of their folded name; word: every word that names bear, and how many bear it; slip: words by the
        digest of what is left of them without one letter, so that a slip is found without comparing.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from cordee.directory.reads.search import slips_between

TRADE, DEPARTMENT, PLACE, SIZE = "§n", "§d", "§q", "§w"
"""What marks begin with: no folded name holds « § »."""
CANDIDATES = 1000
FORGIVEN = 3000
MEANT = 4
"""How many words a misspelt one may stand for."""
BEGINNING = 3
"""Fewer letters are taken as a whole word."""


def digest(text: str) -> int:
    """A small number for a text; two texts may share one, so what is found by it is compared."""
    return crc32(text.encode())


def forgivable(word: str) -> bool:
    """Whether slips are looked for in such a word."""
    return 4 <= len(word) <= 20 and not word.isdecimal()


def without_one(word: str) -> set[str]:
    """The word, and each way to leave one of its letters out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def slips_of(word: str) -> set[int]:
    """The digests of a word and of each way to leave one of its letters out: millions of them, so as bytes."""
    plain = word.encode()
    return {crc32(plain), *[crc32(plain[at + 1 :], crc32(plain[:at])) for at in range(len(plain))]}


def any_of(marks: Iterable[str]) -> str:
    """One part of a question: any of these."""
    return f"({' OR '.join(f'{chr(34)}{mark}{chr(34)}' for mark in marks)})"


def candidates(register: sqlite3.Connection, words: Sequence[str], more: Sequence[str]) -> Iterator[list[int]]:
    """The companies that a name may mean, the surest first, each step asked only when the one before is not enough."""
    if not words:
        if more:
            yield _matching(register, more)
        return
    whole = [key for (key,) in register.execute("SELECT siren FROM whole WHERE key = ?", (digest(" ".join(words)),))]
    exact = [f'"{word}"' for word in words]
    found: set[int] = set()
    if whole:
        yield _kept(register, whole[:CANDIDATES], exact, more)
    begun = [_begun(register, word) for word in words]
    for question in dict.fromkeys((tuple(exact), (*exact[:-1], begun[-1]), tuple(begun))):
        if found and question == tuple(begun) and len(words) > 1:
            break
        keys = _matching(register, [*question, *more])
        found.update(keys)
        if keys:
            yield keys
    if not found:
        meant = [near_words(register, word) for word in words]
        if all(meant):
            yield _matching(register, [*(any_of(near) for near in meant), *more])


def _begun(register: sqlite3.Connection, word: str) -> str:
    """A word as the beginning of others; of one that very many bear, those that go on are not worth the wait."""
    known = register.execute("SELECT many FROM word WHERE term = ?", (word,)).fetchone()
    short = len(word) < BEGINNING
    return f'"{word}"' if short or (known and known[0] > CANDIDATES) else f'"{word}"*'


def _kept(register: sqlite3.Connection, keys: list[int], exact: Sequence[str], more: Sequence[str]) -> list[int]:
    """Of the companies that bear this very name, those that answer the rest of the question."""
    if not more:
        return keys
    order = "SELECT rowid FROM names WHERE names MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
    return [key for (key,) in register.execute(order, (" AND ".join([*exact, *more]), json.dumps(keys)))]


def _matching(register: sqlite3.Connection, parts: Sequence[str]) -> list[int]:
    rows = register.execute("SELECT rowid FROM names WHERE names MATCH ? LIMIT ?", (" AND ".join(parts), CANDIDATES))
    return [key for (key,) in rows]


def near_words(register: sqlite3.Connection, word: str) -> list[str]:
    """The known words nearest to one that was typed, the most borne first; itself where it is known.

    One slip is found wherever it is; of two, in a long word, most are, and the others where its first letters are
    right.
    """
    known = register.execute("SELECT term FROM word WHERE term = ?", (word,)).fetchone()
    if known or not forgivable(word):
        return [word] if known else []
    near = _slipped(register, without_one(word), word, 1)
    if not near and len(word) >= 7:
        twice = {less for once in without_one(word) for less in without_one(once)}
        near = _slipped(register, twice, word, 2) or _alike(register, word)
    return near


def _slipped(register: sqlite3.Connection, left: set[str], word: str, most: int) -> list[str]:
    order = (
        "SELECT DISTINCT word.term, word.many FROM json_each(?) AS asked JOIN slip ON slip.key = asked.value "
        "JOIN word ON word.id = slip.word"
    )
    keys = json.dumps([digest(one) for one in sorted(left)])
    return _nearest(register.execute(order, (keys,)), word, most)


def _alike(register: sqlite3.Connection, word: str) -> list[str]:
    rows = register.execute(
        "SELECT term, many FROM word WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? "
        "ORDER BY many DESC LIMIT ?",
        (word[:3], word[:3] + "{", len(word) - 2, len(word) + 2, FORGIVEN),
    )
    return _nearest(rows, word, 2)


def _nearest(rows: Iterable[tuple[str, int]], word: str, most: int) -> list[str]:
    near = sorted((slips_between(word, term, most), -many, term) for term, many in rows)
    return [term for far, _many, term in near if far <= most and far == near[0][0]][:MEANT]
