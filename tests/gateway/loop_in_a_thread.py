"""A loop in a thread of its own, on which servers run while a test waits for their answers."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

_T = TypeVar("_T")


class LoopInAThread:
    """Runs what it is given, and hands back what that says."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    @property
    def is_stopped(self) -> bool:
        """Has it ended?"""
        return self._loop.is_closed()

    def run(self, doing: Coroutine[Any, Any, _T]) -> _T:
        """Do it there, and wait for it."""
        done: Future[_T] = asyncio.run_coroutine_threadsafe(doing, self._loop)
        return done.result(timeout=20)

    def stop(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
