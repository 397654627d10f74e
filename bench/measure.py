"""Time and memory of one piece of work in this process."""

import contextlib
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """The best time of the runs, in milliseconds; the most memory held meanwhile, in megabytes; the last answer."""

    ms: float
    mb: int
    answer: T


def measured(work: Callable[[], T], repeat: int = 1) -> Measured[T]:
    """Do the work, `repeat` times."""
    _forget_peak()
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        answer = work()
        best = min(best, (time.perf_counter() - start) * 1000)
    return Measured(best, peak_mb(), answer)


def peak_mb() -> int:
    """The most memory this process held since it began, or since the last piece of work began (Linux only)."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _forget_peak() -> None:
    """Start the count of memory anew, where the system allows it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
