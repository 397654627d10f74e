"""Keeping the three processes of one server alive: the web, the worker, the ticker. Standard library only."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

SHORT_LIFE = 5.0
"""Seconds: a process that dies younger than that may be unable to start."""
MOST_FAILURES = 8
"""So many short lives of one process in a row, and the others are stopped too: something must be mended first."""
PATIENCE = 20.0
"""Seconds that a process has to finish what it does when it is asked to stop."""


def web(*, host: str, port: int) -> tuple[str, ...]:
    """The command of the web server: it needs no front server, whitenoise serves the style sheets."""
    return (
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}", "--workers", "2",
        "--threads", "4", "--worker-class", "gthread", "--graceful-timeout", "10", "--log-level", "warning",
        "--preload", "--no-control-socket",
    )  # fmt: skip


def django(*words: str) -> tuple[str, ...]:
    """The command of a Django command."""
    return (sys.executable, "-m", "django", *words, "--settings", "config.settings")


def three(*, host: str, port: int) -> dict[str, tuple[str, ...]]:
    """What one server runs."""
    return {"web": web(host=host, port=port), "worker": django("work"), "ticker": django("tick")}


def supervise(commands: Mapping[str, Sequence[str]], *, cwd: str, say: Callable[[str, str, object], None]) -> int:
    """Run the commands, start again whichever dies, stop them all on SIGINT or SIGTERM; 0 when one was asked to stop.

    `say(event, name, detail)` is told "died" (with the code) and "gives up".
    """
    stopping = False

    def stop(*_received: object) -> None:
        nonlocal stopping
        stopping = True

    def start(name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(commands[name], cwd=cwd, preexec_fn=_die_with_the_parent)  # noqa: S603

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = {name: start(name) for name in commands}
    born = dict.fromkeys(commands, time.monotonic())
    failures = dict.fromkeys(commands, 0)
    gave_up = False
    while not stopping:
        time.sleep(0.2)
        for name, process in running.items():
            if stopping or process.poll() is None:
                continue
            say("died", name, process.returncode)
            failures[name] = failures[name] + 1 if time.monotonic() - born[name] < SHORT_LIFE else 0
            if failures[name] >= MOST_FAILURES:
                say("gives up", name, failures[name])
                stopping = gave_up = True
                break
            time.sleep(min(0.2 * 2 ** failures[name], 5.0))
            running[name], born[name] = start(name), time.monotonic()
    _stop(list(running.values()))
    return 1 if gave_up else 0


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to finish; those that do not are ended."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _die_with_the_parent() -> None:
    """On Linux, a process whose supervisor was killed is asked to stop: no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() == 1:
            os._exit(1)
