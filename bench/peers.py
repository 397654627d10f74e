"""Where the peers live: throwaway environments, never the project's own."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("CORDEE_BENCH_PEERS", Path(tempfile.gettempdir()) / "cordee-bench-peers"))


def python_with(name: str, *packages: str) -> Path:
    """Give the interpreter of an environment that has these packages; make it the first time."""
    home = FOLDER / name
    python, done = home / "bin" / "python", home / "packages.txt"
    wanted = "\n".join(packages)
    if not done.is_file() or done.read_text() != wanted:
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True, stderr=subprocess.DEVNULL)
        done.write_text(wanted)
    return python


def ask(script: str, given: Any, python: Path | str = sys.executable) -> tuple[Any, int]:
    """Run a script that reads JSON from standard input; the JSON of its last line, and the megabytes it took."""
    ran = subprocess.run(
        [python, "-W", "ignore", "-c", script + _MEMORY], input=json.dumps(given), capture_output=True, text=True
    )
    if ran.returncode:
        raise RuntimeError(f"the peer failed: {ran.stderr.strip().splitlines()[-1:]}")
    answer, memory = ran.stdout.strip().splitlines()[-2:]
    return json.loads(answer), int(memory)


_MEMORY = """
try:
    told = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
    print(int(told[0].split()[1]) // 1024)
except OSError:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
