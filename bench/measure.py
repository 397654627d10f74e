"""Time and memory of one piece of work, in this process or in a copy of it."""

import contextlib
import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """The best time of the runs, in milliseconds, by the clock and of processor; the most memory held meanwhile, in
    megabytes; the last answer."""

    ms: float
    cpu_ms: float
    mb: int
    answer: T


def measured(work: Callable[[], T], repeat: int = 1) -> Measured[T]:
    """Do the work, `repeat` times."""
    _forget_peak()
    best = busy = float("inf")
    for _ in range(repeat):
        start, used = time.perf_counter(), time.process_time()
        answer = work()
        best = min(best, (time.perf_counter() - start) * 1000)
        busy = min(busy, (time.process_time() - used) * 1000)
    return Measured(best, busy, peak_mb(), answer)


def apart(work: Callable[[], T], patience: float) -> tuple[float, int, T | None]:
    """Do the work in a copy of this process; its milliseconds, its megabytes, and its answer, None when given up."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        theirs.send(work())

    start, memory = time.perf_counter(), 0
    child = context.Process(target=run)
    child.start()
    theirs.close()
    while not ours.poll(0.5) and child.is_alive() and time.perf_counter() - start < patience:
        memory = max(memory, peak_mb(child.pid))
    spent = (time.perf_counter() - start) * 1000
    answer = None
    with contextlib.suppress(EOFError):
        answer = ours.recv() if ours.poll() else None
    child.kill()
    child.join()
    return spent, memory, answer


def free_mb() -> int:
    """The memory that the system could still give; a lot where it does not say."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) // 1024
    return 1_000_000


def peak_mb(process: int | None = None) -> int:
    """The most memory a process held since it began, or since the last piece of work began (Linux only)."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process or os.getpid()}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _forget_peak() -> None:
    """Start the count of memory anew, where the system allows it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
