"""Locks on the cluster's folder: one starter at a time, and who is still using the server.

Both are flocks, which end with the process however it dies.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@contextmanager
def only_one_starter(folder: Path) -> Iterator[None]:
    """Wait until nobody else is starting or stopping the server of this folder."""
    handle = os.open(folder / "starting.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@dataclass(slots=True)
class InUse:
    """One process's statement that it uses the server, held until it leaves or dies."""

    handle: int

    @classmethod
    def by_this_process(cls, folder: Path) -> "InUse":
        """Say so. Only under only_one_starter: whoever leaves last is not disturbed."""
        handle = os.open(folder / "in-use.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_SH)
        return cls(handle)

    def is_the_last(self) -> bool:
        """Whether no other process uses the server."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def end(self) -> None:
        """No longer use it; a second call does nothing."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1
