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


def ask(script: str, given: Any, python: Path | str = sys.executable) -> Any:
    """Run a script that reads JSON from standard input, and read the JSON of its last line."""
    ran = subprocess.run(
        [python, "-W", "ignore", "-c", script], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout.strip().splitlines()[-1])
