"""The processes of a site: killed in every way they come back, and stopped they are gone."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from imparts.commands.ports import free_port
from imparts.postgres import cluster
from tests.waiting import until


class Site:
    """One `imparts serve` or `imparts worker` with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            name: value for name, value in os.environ.items() if name != "DATABASE_URL"
        } | {"IMPARTS_DATA": str(folder), "IMPARTS_SECRET_KEY": "s" * 50}
        self.started: list[subprocess.Popen[bytes]] = []
        subprocess.run(self._program("migrate", "--quiet"), env=self.environment, check=True)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(self._program(*arguments), env=self.environment)
        self.started.append(process)
        return process

    def serve(self) -> "subprocess.Popen[bytes]":
        process = self.start("serve", "--port", str(self.port))
        self.until_ready()
        return process

    def until_ready(self, *, seconds: float = 30) -> None:
        until(lambda: self.ask("/readyz")[0] == 200, seconds=seconds)

    def ask(self, path: str) -> tuple[int, dict[str, object]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()

    def _program(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "imparts", *arguments]

    def postmaster(self) -> int:
        return int((self.folder / "postgres/data/postmaster.pid").read_text().split("\n")[0])

    def has_other_postmaster_than(self, killed: int) -> bool:
        try:
            return self.postmaster() != killed
        except (OSError, ValueError):  # its file is being written
            return False


def children(pid: int) -> list[int]:
    """Direct children of a process, from the kernel's own list."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(number) for number in found]


def is_gone(pid: int) -> bool:
    """Gone, or dead and not yet taken away by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture(scope="module")
def migrated_site() -> Iterator[Site]:
    """One data folder for all tests of this file."""
    folder = Path(mkdtemp(dir=os.environ["IMPARTS_TEST_FOLDER"]))
    folder.chmod(0o711)
    yield Site(folder)
    cluster.stop(folder / "postgres")
    shutil.rmtree(folder)


@pytest.fixture
def site(migrated_site: Site) -> Iterator[Site]:
    """The site with nothing running, and nothing left running."""
    yield migrated_site
    for process in migrated_site.started:
        process.kill()
        process.wait()
    migrated_site.started.clear()
    migrated_site.port = free_port()


def test_a_killed_web_process_server_and_database_come_back(site: Site) -> None:
    supervisor = site.serve()
    (server,) = children(supervisor.pid)
    web = children(server)
    assert len(web) == 2

    os.kill(web[0], signal.SIGKILL)
    site.until_ready()
    until(lambda: len(children(server)) == 2)

    before = children(server)
    os.kill(server, signal.SIGKILL)
    until(lambda: all(is_gone(pid) for pid in before))
    site.until_ready()

    killed = site.postmaster()
    os.kill(killed, signal.SIGKILL)
    # Not "/readyz answers 503 in between": it comes back so fast that a request may just wait.
    until(lambda: site.has_other_postmaster_than(killed))
    site.until_ready()


def test_sigterm_stops_everything_within_ten_seconds(site: Site) -> None:
    serving = site.serve()
    working = site.start("worker")
    until(lambda: site.ask("/readyz")[1].get("worker_seen") is True)
    postmaster = site.postmaster()
    began = time.monotonic()
    for process in (working, serving):
        process.send_signal(signal.SIGTERM)
    assert [process.wait(10) for process in (working, serving)] == [0, 0]
    assert is_gone(postmaster), "the last one out stops the database"
    assert time.monotonic() - began < 10


def test_nothing_but_the_database_is_left_of_a_killed_supervisor(site: Site) -> None:
    supervisor = site.serve()
    (server,) = children(supervisor.pid)
    left = [server, *children(server)]
    supervisor.kill()
    until(lambda: all(is_gone(pid) for pid in left))
    assert not is_gone(site.postmaster())
    again = site.serve()
    again.send_signal(signal.SIGTERM)
    assert again.wait(10) == 0


def test_a_listener_outlives_its_database_and_being_killed(site: Site) -> None:
    port = free_port()
    site.environment["IMPARTS_LISTEN_MLLP"] = f"127.0.0.1:{port}"
    supervisor = site.start("listen")
    until(lambda: _answer_to(port) == "AR")  # nobody may send here yet
    killed = site.postmaster()
    os.kill(killed, signal.SIGKILL)
    until(lambda: site.has_other_postmaster_than(killed) and _answer_to(port) == "AR")
    until(lambda: len(children(supervisor.pid)) == 1)  # what mended the database has ended
    (listener,) = children(supervisor.pid)
    os.kill(listener, signal.SIGKILL)
    until(lambda: is_gone(listener) and _answer_to(port) == "AR")
    began = time.monotonic()
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    assert time.monotonic() - began < 10


def _answer_to(port: int) -> str:
    """What a message is answered; nothing while nobody listens."""
    from tests.gateway.hl7v2.lines import Line, a_message, said

    try:
        with Line(port) as line:
            return said(line.ask(a_message()))[0]
    except OSError:
        return ""


def test_ready_says_whether_a_worker_is_there(site: Site) -> None:
    site.serve()
    assert site.ask("/readyz")[1]["worker_seen"] is False
    workers = [site.start("worker"), site.start("worker")]
    until(lambda: site.ask("/readyz")[1]["worker_seen"] is True)
    workers[0].send_signal(signal.SIGTERM)
    workers[0].wait(10)
    assert site.ask("/readyz")[1]["worker_seen"] is True
    workers[1].send_signal(signal.SIGTERM)
    workers[1].wait(10)
    until(lambda: site.ask("/readyz")[1]["worker_seen"] is False)
