"""Invented directories and needs for the bench of teaming: the same for the same seed.

Companies stand on a square as large as France, hold one to four trades of one family of ten, most are small.
A need asks for lots of a few families at one place.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordee.engines.teaming import Index, LotNeed, Need

FAMILIES, PER_FAMILY, MARKS = 30, 10, 16
RADIUS_KM = 200


def directory(size: int, seed: int) -> Index:
    """An index of `size` companies, built from columns."""
    return Index.from_columns(**columns(size, seed))


def columns(size: int, seed: int) -> dict[str, Any]:
    """The columns `Index.from_columns` is given."""
    draw = np.random.default_rng(seed)
    weight = 1 / np.arange(1, FAMILIES + 1) ** 0.5
    family = draw.choice(FAMILIES, size=size, p=weight / weight.sum())
    many = draw.choice([1, 2, 3, 4], size=size, p=[0.35, 0.3, 0.2, 0.15])
    row = np.repeat(np.arange(size), many)
    trade = family[row] * PER_FAMILY + draw.integers(0, PER_FAMILY, len(row))
    pair = np.unique(row * FAMILIES * PER_FAMILY + trade)
    row, trade = pair // (FAMILIES * PER_FAMILY), pair % (FAMILIES * PER_FAMILY)
    lon, lat = draw.uniform(-4.5, 8, size), draw.uniform(42.5, 51, size)
    groups = max(1, size // 20)
    scalars = {
        "capacity": np.clip(np.rint(draw.lognormal(4.1, 0.6, size)), 10, 400),
        "minimum": np.where(draw.random(size) < 0.3, draw.integers(5, 20, size), 0),
        "turnover": draw.integers(10**7, 10**9, size),
        "headcount": draw.integers(1, 50, size),
        "price": draw.integers(70, 140, size),
        "group": np.where(draw.random(size) < 0.1, draw.integers(0, groups, size), -1),
        "available": np.zeros(size),
        "certified": np.ones(size),
    }
    bits: NDArray[np.uint64] = (draw.integers(0, 2**MARKS, size) | draw.integers(0, 2**MARKS, size)).astype(np.uint64)
    one = draw.integers(0, size, 2 * size)
    ties = (one, (one + draw.integers(1, min(size, 1000), 2 * size)) % size, draw.integers(20, 101, 2 * size))
    return {
        "ids": np.char.zfill(np.arange(size).astype("S9"), 9),
        "trades": [f"trade{t:03}" for t in range(FAMILIES * PER_FAMILY)],
        "marks": [f"mark{m:02}" for m in range(MARKS)],
        "groups": [f"group{g}" for g in range(groups)],
        "scalars": scalars,
        "bits": bits[:, None],
        "postings": (trade, row, np.full(len(row), 100), np.full(len(row), -1), lon[row], lat[row]),
        "ties": ties,
    }


def need(lots: int, seed: int) -> Need:
    """A need of so many lots, each with a volume, at one place."""
    draw = np.random.default_rng(10_000 + seed)
    families = draw.choice(12, size=-(-lots // 4), replace=False)
    trades = [f * PER_FAMILY + t for f in families for t in draw.choice(PER_FAMILY, size=4, replace=False)][:lots]
    place = (float(draw.uniform(0, 5)), float(draw.uniform(44.5, 49)))
    return Need(
        tuple(
            LotNeed(
                id=str(k + 1),
                trades={f"trade{trade:03}": 100},
                volume=int(draw.integers(40, 200)),
                place=place,
                radius_km=RADIUS_KM,
                certificates=tuple(f"mark{m:02}" for m in draw.choice(MARKS, size=draw.integers(0, 3), replace=False)),
            )
            for k, trade in enumerate(trades)
        )
    )
