"""Print the table of what the engines reach: `python3 start.py bench [PART ...] [--full] [--json]`.

A part is an engine (`teaming`) or one of its races (`teaming.large`). Each runs in a process of its own, so that its
memory is its own. Peers are installed from the package registry into throwaway environments, never into the project’s.
Times are medians over fixed seeds, the worst beside; they depend on the machine and its load, ratios much less: both
sides of a race run one after the other, on the same input.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from importlib.metadata import version

from bench import Row

ENGINES = ("teaming", "sharing", "settlement", "voting", "staffing", "assembly", "ihatemoney")


def main() -> int:
    """Run the parts asked for, one after the other; a row is shown as soon as it is known."""
    known = {f"{engine}.{part}": (engine, part) for engine in ENGINES for part in parts(engine)}
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "part", nargs="*", choices=[*ENGINES, *known, []], help=f"which ones (all): {', '.join(known)}", metavar="PART"
    )
    parser.add_argument("--full", action="store_true", help="more seeds: well over an hour")
    parser.add_argument("--json", action="store_true", help="the same rows as JSON")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # one part, in this process
    args = parser.parse_args()
    wanted = [name for name, (engine, _) in known.items() if not args.part or name in args.part or engine in args.part]
    if args.here:
        engine, part = known[wanted[0]]
        json.dump([asdict(row) for row in parts(engine)[part](args.full)], sys.stdout)
        return 0
    found, broken, began = [], [], time.perf_counter()
    if not args.json:
        print(_head(), flush=True)
    for name in wanted:
        rows = _apart(name, args.full)
        if rows is None:
            broken.append(name)
        for row in rows or ():
            found.append(row)
            if not args.json:
                print(_lines(row), flush=True)
    spent = round(time.perf_counter() - began)
    missed = [f"{row.engine}, {row.size}" for row in found if row.met is False]
    if args.json:
        machine = {"cores": os.cpu_count(), "load": os.getloadavg()[0], **_versions()}
        whole = {"schema": "cordee.bench/2", "machine": machine, "full": args.full, "seconds": spent}
        json.dump({**whole, "rows": [asdict(row) for row in found], "missed": missed, "broken": broken}, sys.stdout)
        print()
    else:
        reached = sum(row.met is True for row in found)
        print(f"\n{spent} s. Goals reached: {reached} of {reached + len(missed)}.")
        for text in missed:
            print(f"MISSED: {text}")
        for text in broken:
            print(f"DID NOT RUN: {text}")
    return 1 if broken else 0


def parts(engine: str) -> dict[str, "object"]:
    """The races of an engine, by name: each a function of `full` that gives rows."""
    return dict(importlib.import_module(f"bench.{engine}").PARTS)


def _apart(name: str, full: bool) -> list[Row] | None:
    """The rows of one part, run in a process of its own; None, and why on standard error, when it failed."""
    words = [sys.executable, "-m", "bench", name, "--here", *(["--full"] if full else [])]
    ran = subprocess.run(words, stdout=subprocess.PIPE, text=True)
    if ran.returncode:
        return None
    return [Row(**one) for one in json.loads(ran.stdout)]


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), "numpy": version("numpy"), "highspy (HiGHS)": version("highspy")}


def _head() -> str:
    told = ", ".join(f"{name} {number}" for name, number in _versions().items())
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    names = ("engine, size", "against", "ours ms", "worst", "peer ms", "figure", "worst", "goal", "", "MB ours/peer")
    return f"{told}; one thread each; {machine}\nTimes in milliseconds, medians over fixed seeds.\n\n" + _columns(names)


def _lines(row: Row) -> str:
    mark = {True: "ok", False: "MISSED", None: ""}[row.met]
    memory = "/".join("–" if one is None else str(one) for one in (row.ours_mb, row.peer_mb))
    first = _columns(
        (f"{row.engine}, {row.size}", row.against, _ms(row.ours_ms), _ms(row.ours_worst_ms), _ms(row.peer_ms),
         row.figure, row.worst, row.goal, mark, memory)
    )  # fmt: skip
    busy = "" if row.ours_cpu_ms is None else f"processor {_ms(row.ours_cpu_ms)} ms; "
    return f"{first}\n    {busy}{row.note}".rstrip() if busy or row.note else first


def _columns(texts: tuple[str, ...]) -> str:
    widths = (-60, -34, 9, 9, 10, 10, 10, -36, -6, 12)
    return "  ".join(
        text.ljust(-width) if width < 0 else text.rjust(width) for text, width in zip(texts, widths, strict=True)
    ).rstrip()


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}" if value < 1000 else f"{value:,.0f}".replace(",", " ")


if __name__ == "__main__":
    raise SystemExit(main())
