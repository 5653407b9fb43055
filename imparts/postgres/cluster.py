"""Start, share and stop the one server of a folder. This is the door for everyone else."""

import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from imparts.postgres import binaries, system_user
from imparts.postgres.locks import InUse, only_one_starter
from imparts.postgres.refused import PostgresRefused
from imparts.postgres.roles import (
    ADMIN,
    DATABASE,
    OWNER,
    WEB,
    make_database,
    make_roles_and_database,
)
from imparts.postgres.secrets_file import passwords_of
from imparts.postgres.server import Server, free_port

_OLD_MEMORY_IN_USE = "pre-existing shared memory block"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs, and the ways into it."""

    web_url: str = field(repr=False)
    owner_url: str = field(repr=False)
    admin_url: str = field(repr=False)
    folder: Path
    port: int
    server: Server = field(repr=False)
    in_use: InUse = field(repr=False)

    def is_alive(self) -> bool:
        """Whether the server process is there; it may still be recovering."""
        return self.server.postmaster() is not None

    def again(self) -> "Running":
        """Start the server again after it died; the same one when another process was quicker."""
        with only_one_starter(self.folder):
            return _running(self.server, _see_that_it_runs(self.server), self.in_use)

    def leave(self) -> None:
        """Stop using the server; the last one out stops it."""
        with only_one_starter(self.folder):
            if self.in_use.is_the_last():
                self.server.stop()
            self.in_use.end()


def _to_stderr(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def start(folder: Path, *, durable: bool = True, say: system_user.Say = _to_stderr) -> Running:
    """The server of this folder: made if there is none, started if it does not run.

    `durable=False` gives up what survives a power cut for speed; only throw-away tests may.
    """
    folder = folder.absolute()
    runner = system_user.runner_for(folder)
    folder = system_user.place_for(folder, runner, say)
    runner.own(folder)
    with only_one_starter(folder):
        data = folder / "data"
        found = _programs_for(data, runner)
        passwords = passwords_of(folder, may_make=not data.exists())
        server = Server(folder, found, runner, passwords, durable=durable)
        in_use = InUse.by_this_process(folder)
        if not data.exists():
            server.make_cluster()
        running = _running(server, _see_that_it_runs(server), in_use)
        first = server.url(ADMIN, passwords.admin, "postgres", port=running.port)
        make_roles_and_database(first, passwords)
    return running


def stop(folder: Path) -> None:
    """Stop the server whoever uses it."""
    folder = folder.absolute()
    runner = system_user.runner_for(folder)
    folder = system_user.place_for(folder, runner, lambda _: None)
    if not (folder / "data").exists():
        return
    with only_one_starter(folder):
        found = _programs_for(folder / "data", runner)
        Server(folder, found, runner, passwords_of(folder, may_make=False)).stop()


def remove(folder: Path) -> None:
    """Stop the server and delete all its data: only for `--fresh` and throw-away tests."""
    stop(folder)
    runner = system_user.runner_for(folder.absolute())
    place = system_user.place_for(folder.absolute(), runner, lambda _: None)
    shutil.rmtree(place, ignore_errors=not place.exists())


def fresh_database(running: Running, name: str, *, template: str = "template0") -> Running:
    """A new database on the same server, and the ways into it."""
    first = running.server.url(ADMIN, running.server.passwords.admin, "postgres", port=running.port)
    with psycopg.connect(first, autocommit=True) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )
        make_database(connection, name, template=template)
    return _running(running.server, running.port, running.in_use, database=name)


def _see_that_it_runs(server: Server) -> int:
    """Join the server if it runs, else start it; returns its port."""
    port = server.port()
    if port is not None and server.wait_until_it_answers(port, seconds=60):
        return port
    if server.postmaster():
        raise PostgresRefused(
            f"A PostgreSQL server holds {server.data} but does not answer. "
            f"Stop it (process {server.postmaster()}), then start again."
        )
    return _start(server, port)


def _start(server: Server, last_port: int | None) -> int:
    """Start, giving way when the port was just taken or old server processes are still ending."""
    for attempt in range(20):
        port = free_port(last_port)
        try:
            server.start(port)
        except PostgresRefused as refused:
            may_pass = _OLD_MEMORY_IN_USE in str(refused) or "could not" in str(refused)
            if attempt == 19 or not may_pass:
                raise
            last_port = None if attempt > 9 else last_port
            time.sleep(0.5)
        else:
            if server.answers_at(port):
                return port
    raise PostgresRefused(f"The server of {server.data} started but does not let us in.")


def _running(server: Server, port: int, in_use: InUse, *, database: str = DATABASE) -> Running:
    passwords = server.passwords
    return Running(
        web_url=server.url(WEB, passwords.web, database, port=port),
        owner_url=server.url(OWNER, passwords.owner, database, port=port),
        admin_url=server.url(ADMIN, passwords.admin, database, port=port),
        folder=server.folder,
        port=port,
        server=server,
        in_use=in_use,
    )


def _programs_for(data: Path, runner: system_user.Runner) -> binaries.Binaries:
    """The programs of the version that made this data, where the server's user reaches them."""
    version = data / "PG_VERSION"
    major = int(version.read_text().split(".")[0]) if version.exists() else None
    found = binaries.find(major=major, reaches=runner.reaches)
    return system_user.within_reach(found, runner)
