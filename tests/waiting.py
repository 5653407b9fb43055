"""Waiting for what other processes and threads do, for so long and no longer."""

import time
from collections.abc import Callable


def until(happened: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait for something, and fail when it does not come; the machine of the tests may be busy."""
    give_up = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.02)
