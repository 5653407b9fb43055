"""Timing: the best of some times that work is done, for us and for whoever we are laid beside."""

import time
from collections.abc import Callable

TIMES = 3


def best(work: Callable[[], object]) -> float:
    """The seconds of the quickest time: what slowed the others down was not the work."""
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)
