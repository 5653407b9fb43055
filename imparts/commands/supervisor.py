"""A supervisor: starts processes, starts again what dies, and stops all of them together.

It also looks after our own database server, which may be killed like any other process.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from imparts.commands import database
from imparts.config.with_parent import end_with_parent
from imparts.postgres.cluster import Running
from imparts.postgres.refused import PostgresRefused

SECONDS_TO_STOP = 7.0
_LONGEST_PAUSE = 10.0
_LIVED_LONG_ENOUGH = 30.0


@dataclass(slots=True)
class Child:
    """One process that should always be there."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.5
    start_at: float = 0.0

    def start(self) -> None:
        """Start it in our process group, so that Ctrl-C reaches it; it never outlives us."""
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            preexec_fn=partial(end_with_parent, os.getpid()),
        )
        self.started = time.monotonic()

    def has_died(self) -> bool:
        """Whether it ran and runs no more."""
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> float:
        """Start again after a pause that grows while it keeps dying young."""
        young = time.monotonic() - self.started < _LIVED_LONG_ENOUGH
        self.pause = min(self.pause * 2, _LONGEST_PAUSE) if young else 1.0
        self.start_at = time.monotonic() + self.pause
        self.process = None
        return self.pause


class Supervisor:
    """Runs children until it is told to stop."""

    def __init__(self, children: list[Child], *, server: Running | None) -> None:
        self.children = children
        self.server = server
        self.stopping = False
        self._looked_at_server = 0.0

    def run(self, *, each_round: Callable[[], None] = lambda: None) -> None:
        """Start all, watch them until SIGTERM or Ctrl-C, stop all; ours are gone within 10 s."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        try:
            while not self.stopping:
                self._look_after_server()
                for child in self.children:
                    self._look_after(child)
                each_round()
                time.sleep(0.05)
        finally:
            self._stop_all()

    def _told_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _look_after(self, child: Child) -> None:
        if child.has_died():
            pause = child.plan_restart()
            _say(f"{child.name} ended by itself; it starts again in {pause:.0f} s.")
        if child.process is None and time.monotonic() >= child.start_at and not self.stopping:
            child.start()

    def _look_after_server(self) -> None:
        now = time.monotonic()
        if self.server is None or now - self._looked_at_server < 0.5:
            return
        self._looked_at_server = now
        if self.server.is_alive():
            return
        _say("The database ended by itself; it starts again now.")
        port = self.server.port
        try:
            self.server = self.server.again()
        except PostgresRefused as refused:
            _say(str(refused))
            return
        if self.server.port != port:  # somebody took it meanwhile: the children must be told
            database.point_to(self.server)
            self._stop_all()

    def _stop_all(self) -> None:
        running = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in running:
            process.terminate()
        give_up = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            try:
                process.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def imparts(*arguments: str) -> list[str]:
    """The command line of this program with this Python, wherever it is installed."""
    return [sys.executable, "-m", "imparts", *arguments]


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
