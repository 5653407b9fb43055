"""A site of one's own: `imparts migrate`, `setup`, `serve` and `worker` on an empty folder."""

import http.client
import os
import re
import secrets
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

CLEARED = ("DATABASE_URL", "IMPARTS_OWNER_DATABASE_URL", "IMPARTS_DEMO", "IMPARTS_ALLOWED_HOSTS")
ADMINISTRATOR = "robin.example"
ASKED = (
    "--organisation", "Ashdown Hospitals", "--code", "X1", "--service", "Rheumatology",
    "--site", "Ashdown Hospital", "--username", ADMINISTRATOR, "--name", "Robin Example",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A running site outside the demonstration, and what `imparts setup` said."""

    port: int
    said: str

    @property
    def code(self) -> str:
        """The administrator's one-time code, as it stood on the terminal."""
        found = re.search(r"^\s+([A-Z0-9]{4}(?:-[A-Z0-9]{4}){2})$", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]

    @property
    def first_address(self) -> str:
        """The address that `imparts setup` says to open."""
        return self.said.split("open\n")[1].split()[0]


@contextmanager
def own_site() -> Iterator[Site]:
    """Set up and start a site as trust IT does; stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="imparts-site-") as made:
        Path(made).chmod(0o755)  # PostgreSQL may run as another user
        port = free_port()
        environment = {k: v for k, v in os.environ.items() if k not in CLEARED} | {
            "IMPARTS_SECRET_KEY": secrets.token_urlsafe(50),
            "IMPARTS_DATA": f"{made}/data",
            "IMPARTS_PORT": str(port),
        }
        _run(environment, "migrate", "--quiet")
        said = _run(environment, "setup", *ASKED)
        running = [_start(environment, verb, Path(made)) for verb in ("serve", "worker")]
        try:
            _wait_until_served(port, running)
            yield Site(port, said)
        finally:
            for process in running:
                process.send_signal(signal.SIGTERM)
            for process in running:
                process.wait(20)


def _run(environment: dict[str, str], *verb: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "imparts", *verb], env=environment, capture_output=True, text=True,
        timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _start(environment: dict[str, str], verb: str, folder: Path) -> "subprocess.Popen[bytes]":
    with (folder / f"{verb}.log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "imparts", verb], env=environment, stdout=log, stderr=log
        )


def _wait_until_served(port: int, running: "list[subprocess.Popen[bytes]]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert all(process.poll() is None for process in running), "the site ended by itself"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("the site was not served within a minute")
