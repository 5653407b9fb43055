"""A process that ends with the one that started it, so that nothing is left behind by a kill -9."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
STARTED_BY = "IMPARTS_STARTED_BY"  # set by `imparts serve` for its web processes


def end_with_parent(parent: int, how: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to stop this process when its parent dies (Linux; elsewhere does nothing)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # it had died already
        os.kill(os.getpid(), how)
