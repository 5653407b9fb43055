"""One folder, one server: started twice, killed, of another version, and closed to others."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from imparts.postgres import binaries, cluster
from imparts.postgres.refused import PostgresRefused


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the user who runs PostgreSQL can reach."""
    made = Path(mkdtemp(dir=os.environ["IMPARTS_TEST_FOLDER"]))
    made.chmod(0o711)
    yield made / "postgres"
    cluster.remove(made / "postgres")


def _postmasters(folder: Path) -> list[int]:
    """Servers whose data directory this is, counted from outside."""
    data = str(folder / "data")
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"-D" in words and data.encode() in words:
            found.append(int(process.name))
    return found


def _one_row_kept(running: cluster.Running) -> None:
    with psycopg.connect(running.owner_url) as connection:
        connection.execute("create table kept (id int)")
        connection.execute("insert into kept values (1)")


def _rows(running: cluster.Running) -> list[tuple[int]]:
    with psycopg.connect(running.owner_url) as connection:
        return connection.execute("select * from kept").fetchall()


def test_two_starts_at_the_same_time_give_one_server(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from imparts.postgres import cluster;"
        f"running = cluster.start(Path({str(folder)!r})); print(running.port, flush=True);"
        "sys.stdin.read(); running.leave()"
    )
    two = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    ports = [process.stdout.readline() for process in two]
    assert ports[0] == ports[1] != b""
    assert len(_postmasters(folder)) == 1
    two[0].communicate()
    assert len(_postmasters(folder)) == 1, "the other one still uses it"
    two[1].communicate()
    assert _postmasters(folder) == [], "the last one out stops it"


def test_a_killed_server_starts_again_with_what_was_committed(folder: Path) -> None:
    running = cluster.start(folder)
    _one_row_kept(running)
    os.kill(_postmasters(folder)[0], signal.SIGKILL)
    began = time.monotonic()
    again = cluster.start(folder)
    assert _rows(again) == [(1,)]
    assert again.port == running.port
    assert time.monotonic() - began < 30


def test_a_running_program_can_bring_its_killed_server_back(folder: Path) -> None:
    running = cluster.start(folder)
    _one_row_kept(running)
    os.kill(_postmasters(folder)[0], signal.SIGKILL)
    for _ in range(100):
        if not running.is_alive():
            break
        time.sleep(0.05)
    assert _rows(running.again()) == [(1,)]


def test_a_starter_killed_half_way_leaves_no_half_cluster(folder: Path) -> None:
    folder.mkdir()
    (folder / "data.unfinished").mkdir()
    (folder / "data.unfinished" / "PG_VERSION").write_text("99")
    running = cluster.start(folder, durable=False)
    assert not (folder / "data.unfinished").exists()
    _one_row_kept(running)


def test_a_process_number_reused_by_another_program_does_not_hold_the_server(folder: Path) -> None:
    cluster.start(folder, durable=False).leave()
    (folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}/data\n0\n1\n")
    assert cluster.start(folder, durable=False).is_alive()


def test_another_port_is_taken_when_the_kept_one_is_gone(folder: Path) -> None:
    import socket

    running = cluster.start(folder, durable=False)
    running.leave()
    with socket.socket() as other:
        # The server that has just left may have left connections that linger on its port.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", running.port))
        other.listen()
        moved = cluster.start(folder, durable=False)
        assert moved.port != running.port
        assert f":{moved.port}/" in moved.web_url


def test_a_folder_of_another_version_is_refused_in_a_sentence(folder: Path) -> None:
    cluster.start(folder, durable=False).leave()
    version = folder / "data" / "PG_VERSION"
    real = version.read_text()
    version.write_text("9\n")
    try:
        with pytest.raises(PostgresRefused) as refused:
            cluster.start(folder)
    finally:
        version.write_text(real)
    said = str(refused.value)
    assert "PostgreSQL 9" in said
    assert real.strip() in said
    assert "Install PostgreSQL 9" in said


def test_missing_passwords_are_refused_in_a_sentence(folder: Path) -> None:
    cluster.start(folder, durable=False).leave()
    kept = folder / "passwords.json"
    text = kept.read_text()
    kept.unlink()
    try:
        with pytest.raises(PostgresRefused, match=r"passwords\.json is missing"):
            cluster.start(folder)
    finally:
        kept.write_text(text)


def test_nobody_gets_in_without_a_password(folder: Path) -> None:
    running = cluster.start(folder, durable=False)
    for role in ("imparts_admin", "imparts_owner", "imparts_web", "postgres"):
        for password in ("", "password=wrong"):
            way = f"host=127.0.0.1 port={running.port} user={role} dbname=imparts {password}"
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(way, passfile="/nonexistent")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"host={folder} port={running.port} user={role} dbname=imparts")
    rules = (folder / "data" / "pg_hba.conf").read_text().splitlines()
    assert not [rule for rule in rules if rule.split()[-1:] == ["trust"]]


def test_the_folder_and_the_passwords_are_closed_to_other_users(folder: Path) -> None:
    cluster.start(folder, durable=False)
    for path, mode in ((folder, 0o700), (folder / "data", 0o700)):
        assert path.stat().st_mode & 0o777 == mode
    assert (folder / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert not (folder / "initdb-password").exists()


def test_the_server_listens_on_this_machine_only_and_loses_nothing(folder: Path) -> None:
    running = cluster.start(folder)
    with psycopg.connect(running.admin_url) as connection:
        shown = {
            name: connection.execute(f"show {name}").fetchone()[0]
            for name in (
                "listen_addresses", "fsync", "synchronous_commit", "full_page_writes",
                "data_checksums", "server_encoding",
            )
        }  # fmt: skip
    assert shown == {
        "listen_addresses": "127.0.0.1", "fsync": "on", "synchronous_commit": "on",
        "full_page_writes": "on", "data_checksums": "on", "server_encoding": "UTF8",
    }  # fmt: skip


def test_the_server_never_runs_as_root(folder: Path) -> None:
    cluster.start(folder, durable=False)
    (pid,) = _postmasters(folder)
    assert Path(f"/proc/{pid}").stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to move the data elsewhere")
def test_root_puts_the_data_where_the_other_user_reaches_it(folder: Path) -> None:
    folder.parent.chmod(0o700)
    said: list[str] = []
    running = cluster.start(folder, durable=False, say=said.append)
    try:
        assert str(running.folder).startswith("/var/lib/imparts/")
        assert len(said) == 1
        assert str(running.folder) in said[0]
    finally:
        running.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_an_ordinary_user_runs_the_server_as_themselves(folder: Path) -> None:
    folder.parent.chmod(0o777)
    program = (  # everything is imported first: that user may not reach this Python's own files
        "import os, sys; from pathlib import Path; from imparts.postgres import cluster;"
        "os.setgid(65534); os.setuid(65534);"
        f"running = cluster.start(Path({str(folder)!r}), durable=False);"
        "print(os.stat(f'/proc/{running.server.postmaster()}').st_uid); running.leave()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "65534", done.stderr


def test_the_servers_log_holds_no_row_and_no_statement(folder: Path) -> None:
    running = cluster.start(folder, durable=False)
    with psycopg.connect(running.owner_url, autocommit=True) as connection:
        connection.execute("create table kept (name text primary key)")
        connection.execute("insert into kept values ('Aurelia Canary')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into kept values (%s)", ["Aurelia Canary"])
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("select 'Aurelia Canary'::int")
    assert "Canary" not in (folder / "server.log").read_text()


def test_binaries_that_came_with_us_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brought = binaries._brought()
    assert brought is not None
    monkeypatch.setattr(binaries, "all_here", lambda: [brought])
    running = cluster.start(folder, durable=False)
    _one_row_kept(running)
    assert running.server.binaries.major == brought.major
