"""Print the table of ratios: `python3 start.py bench [ENGINE ...] [--full] [--json]`.

Peers are installed from the package registry into throwaway environments, never into the project’s own. Times are
medians over fixed seeds; they depend on the machine and its load, ratios much less.
"""

import argparse
import importlib
import json
import pkgutil
import platform
import resource
import sys
from dataclasses import asdict
from importlib.metadata import version

import bench
from bench import Row


def main() -> int:
    """Run the engines asked for, one after the other; a row is shown as soon as it is known."""
    known = sorted(
        name
        for _finder, name, _pkg in pkgutil.iter_modules(bench.__path__)
        if not name.startswith("_") and hasattr(importlib.import_module(f"bench.{name}"), "rows")
    )
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engine", nargs="*", choices=[*known, []], help=f"which ones (all): {', '.join(known)}")
    parser.add_argument("--full", action="store_true", help="more seeds and larger sizes: many minutes")
    parser.add_argument("--json", action="store_true", help="the same rows as JSON")
    args = parser.parse_args()
    found: list[Row] = []
    if not args.json:
        print(f"Python {platform.python_version()}, numpy {version('numpy')}, highspy {version('highspy')}\n")
        print(f"{'engine':<12} {'size':<44} {'against':<34} {'ours ms':>10} {'peer ms':>12} {'ratio':>9}  note")
    for name in args.engine or known:
        for row in importlib.import_module(f"bench.{name}").rows(full=args.full):
            found.append(row)
            if not args.json:
                print(_line(row), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if args.json:
        json.dump(
            {"schema": "cordee.bench/1", "rows": [asdict(row) for row in found], "peak_mb": peak}, sys.stdout, indent=2
        )
        print()
    else:
        print(f"\nPeak memory of this process: {peak} MB")
    return 0


def _line(row: Row) -> str:
    peer = f"{row.peer_ms:12.1f}" if row.peer_ms is not None else f"{'–':>12}"
    ratio = f"{row.ratio:8.1f}×" if row.ratio is not None else f"{'–':>9}"
    return f"{row.engine:<12} {row.size:<44} {row.against:<34} {row.ours_ms:10.1f} {peer} {ratio}  {row.note}"


if __name__ == "__main__":
    raise SystemExit(main())
