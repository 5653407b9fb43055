"""A listening site: `imparts listen` as a process of its own, on the tests' database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from imparts.commands.ports import free_port
from tests.gateway.hl7v2.lines import Line


class Site:
    """One running `imparts listen`."""

    def __init__(self, said: Path, settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self.said = said
        self._environment = os.environ | {
            "IMPARTS_LISTEN_MLLP": f"127.0.0.1:{self.port}",
            **settings,
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> "subprocess.Popen[bytes]":
        """One listener; a second one shares the port."""
        with self.said.open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "imparts", "listen"],
                env=self._environment, stdout=said, stderr=said,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def until_it_listens(self, *, seconds: float = 30) -> None:
        """Wait for its port."""
        give_up = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert time.monotonic() < give_up, self.said.read_text()
                time.sleep(0.05)
            else:
                return

    def line(self) -> Line:
        """A connection to it."""
        return Line(self.port)

    def stop(self) -> None:
        """All of it, at once."""
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def listening(folder: Path, **settings: str) -> Iterator[Site]:
    """A running listener on the database of this test, which must be committed."""
    site = Site(folder / "said", settings)
    site.start()
    try:
        site.until_it_listens()
        yield site
    finally:
        site.stop()


def told_to_stop(process: "subprocess.Popen[bytes]") -> float:
    """Stop it as a system does; how many seconds that took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    return time.monotonic() - began


def resident_megabytes(pid: int) -> float:
    """The memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the process is gone")
