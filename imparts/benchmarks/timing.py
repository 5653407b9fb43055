"""Timing: the best of some times that work is done, how long most of many took, and waiting."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

TIMES = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took that was done many times, in seconds."""

    p50: float
    p95: float
    worst: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Spread":
        """The middle, 95 of 100, and the slowest of all."""
        ordered = sorted(seconds)
        return cls(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1])


def best(work: Callable[[], object]) -> float:
    """The seconds of the quickest time: what slowed the others down was not the work."""
    return min(seconds_of(work) for _ in range(TIMES))


def seconds_of(work: Callable[[], object]) -> float:
    """How long it took once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def wait_while(is_so: Callable[[], bool], *, seconds: float) -> None:
    """Until it is so no more; no longer than so many seconds."""
    until = time.monotonic() + seconds
    while is_so() and time.monotonic() < until:
        time.sleep(0.2)
