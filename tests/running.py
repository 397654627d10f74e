"""Real processes on a data folder of their own: what a server runs, started and killed by a test."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a process needs to work on this folder, and nothing that the test session says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORDEE_", "DJANGO_", "PYTEST"))}
    return {**kept, "CORDEE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings", **more}


def start(*words: str, env: dict[str, str], log: Path | None = None) -> subprocess.Popen[bytes]:
    """Start Python on these words, in a group of its own."""
    out = log.open("ab") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True
        )
    finally:
        if log:
            out.close()  # type: ignore[union-attr]


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started, without a warning."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python on these words to the end."""
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def must(*words: str, env: dict[str, str]) -> str:
    """The same, and it must succeed; what it printed."""
    done = run(*words, env=env)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def cordee(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command `cordee`."""
    return run("-c", "import sys; from cordee.cli import main; sys.exit(main())", *words, env=env)
