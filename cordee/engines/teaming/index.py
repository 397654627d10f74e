"""The directory of companies, laid out so that a need finds its candidates without reading everybody.

One array per fact, companies in the order of their identifiers. For every trade, a posting list ordered by latitude:
a lot reads only the band of companies of its trade near it. The whole is one run of bytes, usable straight from a
memory-mapped file.
"""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from cordee.engines.teaming.model import Company

Array = NDArray[Any]
MAGIC = b"cordee-index/1\n"
ALIGN = 64
UNKNOWN = -1

# One value per company; -1 is "not known" (0 for available, none for group).
SCALARS = {
    "capacity": np.int32,
    "minimum": np.int32,
    "turnover": np.int64,
    "headcount": np.int32,
    "price": np.int16,
    "group": np.int32,
    "available": np.int32,
    "certified": np.uint8,
}


@dataclass(frozen=True, slots=True)
class Index:
    """Companies ready to be searched. Build once, `save`, `load` from bytes or a memory map, `updated` on change.

    Shape   ids: sorted. post_*: one entry per (trade, company, place), trade after trade, by latitude in a trade.
            certificates: one bit per known certificate name. tie_*: for company i, entries tie_from[i]:tie_from[i+1].
    Holds   the order in which companies are given changes nothing; load(save(x)) answers as x.
    """

    words: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Array]

    @property
    def ids(self) -> Array:
        return self.columns["ids"]

    def __len__(self) -> int:
        return len(self.columns["ids"])

    @property
    def nbytes(self) -> int:
        """Bytes held by the arrays."""
        return sum(column.nbytes for column in self.columns.values())

    def updated(self, changed: Iterable[Company] = (), removed: Iterable[str] = ()) -> "Index":
        """The index after some companies came, changed or left (see index_update.py)."""
        from cordee.engines.teaming.index_update import updated

        return updated(self, changed, removed)

    def rows(self, ids: Iterable[str]) -> dict[str, int]:
        """Where these companies stand; the unknown ones are left out."""
        wanted = list(ids)
        if not wanted or not len(self):
            return {}
        coded = np.array([one.encode() for one in wanted], dtype="S")
        at = np.searchsorted(self.ids, coded)
        return {
            one: int(row)
            for one, code, row in zip(wanted, coded, at, strict=True)
            if row < len(self) and self.ids[row] == code
        }

    def name(self, row: int) -> str:
        """The identifier of the company at this row."""
        return bytes(self.ids[row]).decode()

    @classmethod
    def build(cls, companies: Iterable[Company]) -> "Index":
        """Lay out these companies; two with the same identifier are refused."""
        people = sorted(companies, key=lambda one: one.id.encode())
        for before, after in itertools.pairwise(people):
            if before.id == after.id:
                raise ValueError(f"two companies have the identifier {before.id!r}")
        trades = _words(t for one in people for t in (*one.trades, *one.capacities))
        marks = _words(c for one in people for c in one.certificates or ())
        groups = _words(one.group for one in people if one.group is not None)
        trade_of, mark_of, group_of = (({w: k for k, w in enumerate(v)}) for v in (trades, marks, groups))
        row_of = {one.id: row for row, one in enumerate(people)}
        post: list[tuple[int, float, float, int, int, int]] = []
        ties: list[tuple[int, int, int]] = []
        bits = np.zeros((len(people), max(1, -(-len(marks) // 64))), dtype=np.uint64)
        for row, one in enumerate(people):
            for trade, sure in one.trades.items():
                own = one.capacities.get(trade, UNKNOWN)
                for lon, lat in one.places or ((np.nan, np.nan),):
                    post.append((trade_of[trade], lat, lon, row, min(max(int(sure), 1), 100), own))
            for mark in one.certificates or ():
                k = mark_of[mark]
                bits[row, k // 64] |= np.uint64(1 << (k % 64))
            for other, trust in one.ties.items():
                if other in row_of and other != one.id and trust > 0:
                    ties.append((row, row_of[other], min(int(trust), 100)))
        scalar = {
            "capacity": [UNKNOWN if one.capacity is None else one.capacity for one in people],
            "minimum": [one.minimum for one in people],
            "turnover": [UNKNOWN if one.turnover is None else one.turnover for one in people],
            "headcount": [UNKNOWN if one.headcount is None else one.headcount for one in people],
            "price": [UNKNOWN if one.price is None else one.price for one in people],
            "group": [UNKNOWN if one.group is None else group_of[one.group] for one in people],
            "available": [one.available_from.toordinal() if one.available_from else 0 for one in people],
            "certified": [one.certificates is not None for one in people],
        }
        table = np.array(post, dtype=np.float64).reshape(-1, 6)
        bond = np.array(ties, dtype=np.int64).reshape(-1, 3)
        return cls.from_columns(
            ids=np.array([one.id.encode() for one in people] or [b""], dtype="S")[: len(people)],
            trades=trades,
            marks=marks,
            groups=groups,
            scalars={key: np.array(value) for key, value in scalar.items()},
            bits=bits,
            postings=(table[:, 0], table[:, 3], table[:, 4], table[:, 5], table[:, 2], table[:, 1]),
            ties=(bond[:, 0], bond[:, 1], bond[:, 2]),
        )

    @classmethod
    def from_columns(
        cls,
        *,
        ids: Array,
        trades: Sequence[str],
        marks: Sequence[str],
        groups: Sequence[str],
        scalars: Mapping[str, Array],
        bits: Array,
        postings: tuple[Array, Array, Array, Array, Array, Array],
        ties: tuple[Array, Array, Array],
    ) -> "Index":
        """Lay out companies already held as arrays (rows sorted by identifier).

        Shape   postings: trade number, row, sureness, capacity in this trade (-1 unknown), longitude, latitude.
                ties: row, row, trust as the first one tells it; between two companies the highest counts.
        """
        trade, row, sure, own, lon, lat = postings
        order = np.lexsort((row, lat, trade))
        columns: dict[str, Array] = {"ids": ids, "bits": bits}
        columns |= {key: np.ascontiguousarray(scalars[key], dtype=kind) for key, kind in SCALARS.items()}
        columns["post_from"] = np.searchsorted(trade[order], np.arange(len(trades) + 1)).astype(np.int64)
        columns["post_row"] = row[order].astype(np.int32)
        columns["post_sure"] = sure[order].astype(np.uint8)
        columns["post_capacity"] = own[order].astype(np.int32)
        columns["post_lon"] = lon[order].astype(np.float32)
        columns["post_lat"] = lat[order].astype(np.float32)
        columns |= _both_ways(len(ids), *ties)
        words = {"trades": tuple(trades), "marks": tuple(marks), "groups": tuple(groups)}
        return cls(words, columns)

    def save(self, file: BinaryIO) -> None:
        """Write the index; `load` reads it back without copying."""
        shape, at = {}, 0
        for key, column in self.columns.items():
            shape[key] = (column.dtype.str, column.shape, at)
            at += -(-column.nbytes // ALIGN) * ALIGN
        head = json.dumps({"words": self.words, "columns": shape}, ensure_ascii=False).encode()
        start = -(-(len(MAGIC) + 16 + len(head)) // ALIGN) * ALIGN
        file.write((MAGIC + b"%015d\n" % len(head) + head).ljust(start, b"\0"))
        for column in self.columns.values():
            raw = np.ascontiguousarray(column)
            file.write(raw.tobytes())
            file.write(b"\0" * (-raw.nbytes % ALIGN))

    @classmethod
    def load(cls, data: Any) -> "Index":
        """Read an index from bytes or a memory map; the arrays look into `data`, nothing is copied.

        Errors  ValueError when these bytes are not an index, or are cut short.
        """
        view = memoryview(data)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise ValueError("this is not an index of companies")
        try:
            size = int(bytes(view[len(MAGIC) : len(MAGIC) + 16]))
            head = json.loads(bytes(view[len(MAGIC) + 16 : len(MAGIC) + 16 + size]))
            start = -(-(len(MAGIC) + 16 + size) // ALIGN) * ALIGN
            columns = {}
            for key, (kind, shape, at) in head["columns"].items():
                count = int(np.prod(shape, dtype=np.int64))
                flat = np.frombuffer(view, dtype=kind, count=count, offset=start + at) if count else np.empty(0, kind)
                columns[key] = flat.reshape(shape)
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValueError("this index of companies is damaged; build it again") from wrong
        return cls({key: tuple(value) for key, value in head["words"].items()}, columns)


def _words(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _both_ways(size: int, one: Array, other: Array, trust: Array) -> dict[str, Array]:
    """Ties as entries of both companies, with what each of the two told."""
    left, right = np.concatenate((one, other)), np.concatenate((other, one))
    none = np.zeros_like(trust)
    mine, theirs = np.concatenate((trust, none)), np.concatenate((none, trust))
    order = np.lexsort((right, left))
    left, right, mine, theirs = left[order], right[order], mine[order], theirs[order]
    fresh = np.ones(len(left), dtype=bool)
    fresh[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    first = np.flatnonzero(fresh)
    if len(first):
        mine, theirs = np.maximum.reduceat(mine, first), np.maximum.reduceat(theirs, first)
    left, right = left[fresh], right[fresh]
    return {
        "tie_from": np.searchsorted(left, np.arange(size + 1)).astype(np.int64 if len(left) > 2**31 else np.int32),
        "tie_row": right.astype(np.int32),
        "tie_mine": mine.astype(np.uint8),
        "tie_theirs": theirs.astype(np.uint8),
    }
