"""Changing some companies of an index without going through all the others one by one."""

from collections.abc import Iterable, Sequence

import numpy as np

from cordee.engines.teaming.index import SCALARS, Array, Index
from cordee.engines.teaming.model import Company


def updated(index: Index, changed: Iterable[Company] = (), removed: Iterable[str] = ()) -> Index:
    """The index after some companies came, changed or left; `index` itself stays as it is.

    Holds   answers as an index built anew from all the companies, except that a tie told to or by a company which was
            not in the index at that time is not remembered.
    """
    people = {one.id: one for one in changed}
    fresh = Index.build(people.values())
    gone = index.rows([*people, *removed]).values()
    stays = np.ones(len(index), dtype=bool)
    stays[list(gone)] = False
    words, maps = {}, {}
    for kind in ("trades", "marks", "groups"):
        words[kind] = tuple(sorted({*index.words[kind], *fresh.words[kind]}))
        place = {word: k for k, word in enumerate(words[kind])}
        maps[kind] = [np.array([place[w] for w in one.words[kind]], dtype=np.int64) for one in (index, fresh)]
    ids = np.concatenate((index.ids[stays], fresh.ids))
    order = np.argsort(ids, kind="stable")
    spot = np.empty(len(ids), dtype=np.int64)
    spot[order] = np.arange(len(ids))
    kept = int(stays.sum())
    at_old = np.full(len(index), -1, dtype=np.int64)
    at_old[stays] = spot[:kept]
    at_new = spot[kept:]
    scalars = {key: np.concatenate((index.columns[key][stays], fresh.columns[key]))[order] for key in SCALARS}
    scalars["group"] = _groups(index, fresh, stays, maps["groups"])[order]
    bits = np.concatenate(
        [_bits(one, rows, table, len(words["marks"])) for one, rows, table in
         zip((index, fresh), (stays, np.ones(len(fresh), dtype=bool)), maps["marks"], strict=True)]
    )[order]  # fmt: skip
    pairs = zip((index, fresh), (at_old, at_new), maps["trades"], strict=True)
    posts = [_postings(one, at, table) for one, at, table in pairs]
    names = {bytes(name).decode(): k for k, name in enumerate(ids[order])} if people else {}
    told = [
        (names[one.id], names[other], min(int(trust), 100))
        for one in people.values()
        for other, trust in one.ties.items()
        if other in names and other != one.id and trust > 0
    ]
    new = np.array(told, dtype=np.int64).reshape(-1, 3)
    known = at_old.copy()
    for name, row in index.rows(people).items():
        known[row] = names[name]
    old = _told(index, at_old, known)
    return Index.from_columns(
        ids=ids[order],
        trades=words["trades"],
        marks=words["marks"],
        groups=words["groups"],
        scalars=scalars,
        bits=bits,
        postings=tuple(np.concatenate(parts) for parts in zip(*posts, strict=True)),  # type: ignore[arg-type]
        ties=tuple(np.concatenate((a, b)) for a, b in zip(old, new.T, strict=True)),  # type: ignore[arg-type]
    )


def _groups(index: Index, fresh: Index, stays: Array, maps: Sequence[Array]) -> Array:
    parts = []
    for one, rows, table in zip((index, fresh), (stays, np.ones(len(fresh), dtype=bool)), maps, strict=True):
        group = one.columns["group"][rows].astype(np.int64)
        parts.append(np.where(group < 0, -1, table[group] if len(table) else -1))
    return np.concatenate(parts)


def _bits(index: Index, rows: Array, table: Array, marks: int) -> Array:
    """The certificates of these rows, each bit moved to its new place."""
    old = index.columns["bits"][rows]
    new = np.zeros((len(old), max(1, -(-marks // 64))), dtype=np.uint64)
    for k, place in enumerate(table):
        held = (old[:, k // 64] >> np.uint64(k % 64)) & np.uint64(1)
        new[:, place // 64] |= held << np.uint64(place % 64)
    return new


def _postings(index: Index, at: Array, table: Array) -> tuple[Array, ...]:
    c = index.columns
    trade = np.repeat(np.arange(len(table)), np.diff(c["post_from"]))
    row = at[c["post_row"]] if len(at) else np.empty(0, dtype=np.int64)
    keep = row >= 0
    rest = (c["post_sure"], c["post_capacity"], c["post_lon"], c["post_lat"])
    return (table[trade][keep] if len(table) else trade[keep], row[keep], *(one[keep].astype(float) for one in rest))


def _told(index: Index, at: Array, known: Array) -> tuple[Array, Array, Array]:
    """Ties told by companies that stay, to companies still known; what changed ones told before is forgotten."""
    c = index.columns
    one = np.repeat(np.arange(len(index)), np.diff(c["tie_from"]))
    other, trust = c["tie_row"].astype(np.int64), c["tie_mine"].astype(np.int64)
    keep = (trust > 0) & (at[one] >= 0) & (known[other] >= 0) if len(at) else np.zeros(0, dtype=bool)
    return at[one[keep]], known[other[keep]], trust[keep]
