"""The demonstration, running: it is filled once in a run of the tests, and started on copies."""

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imparts.benchmarks.stack import Stack, demo

PEOPLE = 150


@contextmanager
def demonstration() -> Iterator[Stack]:
    """One of its own for whoever asks, on folders and ports of its own."""
    with tempfile.TemporaryDirectory(prefix="imparts-copied-") as made:
        Path(made).chmod(0o755)  # PostgreSQL may run as another user
        data = Path(made) / "data"
        subprocess.run(["cp", "-a", str(_filled()), str(data)], check=True)
        (data / "postgres" / "port").unlink()  # or every copy would want the same
        with demo(people=PEOPLE, data=data) as running:
            yield running


def _filled() -> Path:
    """The folder to copy; whoever asks first fills it, and the other processes wait for that."""
    folder = Path(os.environ["IMPARTS_TEST_FOLDER"])
    data, is_filled = folder / "demo", folder / "demo.filled"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_filled.exists():
            with demo(people=PEOPLE, data=data):
                is_filled.touch()
    return data
