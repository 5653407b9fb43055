"""One server process over one folder: make the cluster, start it, look at it, stop it."""

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from imparts.postgres.binaries import Binaries
from imparts.postgres.refused import PostgresRefused
from imparts.postgres.roles import ADMIN
from imparts.postgres.secrets_file import Passwords, keep_private
from imparts.postgres.system_user import Runner

HOST = "127.0.0.1"
_SOCKET_PATH_MAX = 90  # the kernel's limit is 107 with the socket's own name
# Error texts and statements can quote a patient's row, so the log keeps neither (SECURITY.md).
_SETTINGS = (
    "listen_addresses=127.0.0.1", "log_min_messages=log", "log_min_error_statement=panic",
    "log_error_verbosity=terse", "log_parameter_max_length=0", "timezone=UTC", "jit=off",
    "max_connections=200",
)  # fmt: skip
_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Server:
    """The cluster in `folder/data`, and how to run programs on it."""

    folder: Path
    binaries: Binaries
    runner: Runner
    passwords: Passwords
    durable: bool = True

    @property
    def data(self) -> Path:
        """The data directory itself."""
        return self.folder / "data"

    def url(self, role: str, password: str, database: str, *, port: int) -> str:
        """The address of one database for one role."""
        return f"postgresql://{role}:{quote(password)}@{HOST}:{port}/{database}"

    def make_cluster(self) -> None:
        """initdb into a folder beside, then rename: half a cluster is never taken for a whole."""
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        password_file = self.folder / "initdb-password"
        keep_private(password_file, self.passwords.admin)
        if self.runner.switch_to:
            os.chown(password_file, self.runner.switch_to.pw_uid, -1)
        made = self._program(
            "initdb", "-D", str(unfinished), "-k", "-U", ADMIN, "--auth-local=peer",
            "--auth-host=scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8",
            f"--locale={self._locale()}", *(() if self.durable else ("--no-sync",)),
        )  # fmt: skip
        password_file.unlink()
        if made.returncode != 0:
            raise PostgresRefused(f"PostgreSQL could not make {self.data}: {_last(made.stdout)}")
        unfinished.rename(self.data)

    def _locale(self) -> str:
        """C.UTF-8 where the system has it: bytes in order, and upper case for every alphabet."""
        known = self.runner.run(["/bin/sh", "-c", "locale -a"], env={"PATH": "/usr/bin:/bin"})
        names = {line.lower().replace("-", ""): line for line in known.stdout.split()}
        return names.get("c.utf8", "C")

    def port(self) -> int | None:
        """The port that the server has, or had last."""
        if self.postmaster():
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            if len(lines) > 3 and lines[3].isdigit():
                return int(lines[3])
        kept = self.folder / "port"
        return int(kept.read_text()) if kept.exists() else None

    def answers_at(self, port: int) -> bool:
        """Whether this very cluster, and no other, answers there and lets us in."""
        try:
            with psycopg.connect(
                self.url(ADMIN, self.passwords.admin, "postgres", port=port), connect_timeout=3
            ) as connection:
                shown = connection.execute("show data_directory").fetchone()
        except psycopg.Error:
            return False
        return shown is not None and Path(str(shown[0])).resolve() == self.data.resolve()

    def postmaster(self) -> int | None:
        """The process id of this cluster's running server."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if _is_postgres_in(pid, self.data) else None

    def start(self, port: int) -> None:
        """Start and wait until it takes connections."""
        self._forget_dead()
        sockets = str(self.folder) if len(str(self.folder)) < _SOCKET_PATH_MAX else ""
        settings = [*_SETTINGS, f"port={port}", f"unix_socket_directories={sockets}"]
        settings += [] if self.durable else _NOT_DURABLE
        options = " ".join(f"-c '{setting}'" for setting in settings)
        log = self.folder / "server.log"
        started = self._program(
            "pg_ctl", "start", "-D", str(self.data), "-w", "-t", "60", "-l", str(log), "-o", options
        )
        if started.returncode != 0:
            said = log.read_text(errors="replace") if log.exists() else started.stdout
            raise PostgresRefused(
                f"PostgreSQL did not start: {_last(said)} (its log is {self.folder}/server.log)."
            )
        keep_private(self.folder / "port", str(port))

    def wait_until_it_answers(self, port: int, *, seconds: float) -> bool:
        """Give a server that is starting or recovering time to take connections."""
        give_up = time.monotonic() + seconds
        while self.postmaster():
            if self.answers_at(port):
                return True
            if time.monotonic() > give_up:
                return False
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        """Fast stop: open transactions end, what was committed is on disk."""
        if self.data.exists():
            self._program("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "30")

    def _forget_dead(self) -> None:
        """Remove what a killed server left: its numbers may now belong to another program.

        PostgreSQL still refuses by itself while old server processes hold the data's memory.
        """
        if self.postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for left in self.folder.glob(".s.PGSQL.*"):
                left.unlink(missing_ok=True)

    def _program(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self.runner.run(
            [self.binaries.program(name), *arguments], env=self.binaries.environment()
        )


def free_port(wanted: int | None = None) -> int:
    """The wanted port when nobody has it, else one that the system gives."""
    for port in (wanted, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PostgresRefused("This machine has no free port on 127.0.0.1 for the database.")


def _is_postgres_in(pid: int, data: Path) -> bool:
    """A number in a pid file proves nothing: it must be a postgres that sits in this folder."""
    process = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():  # no /proc on this system: as pg_ctl does
        return _is_alive(pid)
    try:
        return Path(os.readlink(process / "cwd")) == data.resolve()
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last(text: str) -> str:
    """The last line of a program's output that says what went wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (told or lines or ["it said nothing"])[-1]
