"""A stack to measure: `imparts demo` on a folder and ports of its own, started and stopped."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imparts.postgres.server import free_port

CLEARED = ("DATABASE_URL", "IMPARTS_OWNER_DATABASE_URL", "IMPARTS_DATA", "IMPARTS_PORT")


@dataclass(frozen=True, slots=True)
class Stack:
    """A running demonstration."""

    port: int
    data: Path
    process: subprocess.Popen[bytes]
    seconds_to_ready: float
    said_in: Path

    @property
    def said(self) -> str:
        """What it has told whoever started it: its addresses among other things."""
        return self.said_in.read_text(encoding="utf-8")

    @property
    def record(self) -> str:
        """Where the pages of its pretend hospital record are."""
        return self._told(r"pretend hospital record.*: (http://\S+)/")

    @property
    def listener(self) -> str:
        """Where it takes messages of HL7 v2: host and port."""
        return self._told(r"taken on (\S+) from")

    def _told(self, words: str) -> str:
        found = re.search(words, self.said)
        if found is None:
            raise RuntimeError("the demonstration has not said where that is")
        return found[1]

    def processes(self) -> list[int]:
        """The ids of the programs that it started; PostgreSQL, detached by pg_ctl, is not one."""
        return [self.process.pid, *descendants(self.process.pid)]

    def running(self, verb: str) -> list[int]:
        """Those of them that do one thing: serve, worker, listen."""
        return [pid for pid in self.processes() if f" {verb} ".encode() in _command_line(pid)]


@contextmanager
def demo(*, people: int, data: Path | None = None) -> Iterator[Stack]:
    """Start the demonstration and wait for its line `ready`; stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="imparts-bench-") as made:
        # PostgreSQL may run as another user, who must be able to walk into the folder.
        Path(made).chmod(0o755)
        folder, port = data or Path(made) / "data", free_port()
        began = time.monotonic()
        with (Path(made) / "said").open("w") as said:
            options = [f"--people={people}", f"--port={port}", f"--data={folder}"]
            process = subprocess.Popen(
                [sys.executable, "-m", "imparts", "demo", *options],
                env={k: v for k, v in os.environ.items() if k not in CLEARED},
                stdout=said,
            )
        try:
            _wait_until_ready(process, Path(made) / "said")
            ready_after = time.monotonic() - began
            yield Stack(port, folder, process, ready_after, Path(made) / "said")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@contextmanager
def paused(stack: Stack, verb: str) -> Iterator[None]:
    """Hold one of the stack's programs still, such as the worker, while another is measured."""
    held = stack.running(verb)
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in held:
            os.kill(pid, signal.SIGCONT)


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return b""


def _wait_until_ready(process: subprocess.Popen[bytes], said: Path) -> None:
    while "ready http://" not in said.read_text():
        if process.poll() is not None:
            raise RuntimeError("the demonstration ended before it was ready; see `imparts demo`")
        time.sleep(0.05)


def descendants(pid: int) -> list[int]:
    """Every process started by a process, or by one of those, from /proc."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found
