"""`imparts demo`: a whole invented trust on this machine, started and stopped as one."""

import argparse
import fcntl
import os
import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imparts.commands import database, prepare_demo
from imparts.commands.demo_ready import Announcer
from imparts.commands.exit_codes import DONE, CannotGoOn
from imparts.commands.ports import free_port, is_free, refuse_taken
from imparts.commands.supervisor import Child, Supervisor, imparts
from imparts.gateway.hl7v2.listening import HERE
from imparts.gateway.pretend_record.cast import FOLDER
from imparts.postgres import cluster
from imparts.postgres.secrets_file import keep_private

USUAL_PORT = 8000

_TOLD = (
    "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "IMPARTS_DATA", "IMPARTS_DEMO", "IMPARTS_LISTEN_MLLP",
    "IMPARTS_PORT", "IMPARTS_RECORD_FHIR", "IMPARTS_RECORD_MLLP", "IMPARTS_SECRET_KEY",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """How big, where, and whether from the beginning."""
    parser.add_argument("--people", type=int, default=2000, help="invented patients (2000)")
    parser.add_argument("--services", type=int, default=13, help="services they belong to (13)")
    parser.add_argument("--seed", type=int, default=2026, help="another seed, another trust (2026)")
    parser.add_argument("--port", type=int, help="port of the pages (IMPARTS_PORT, else 8000)")
    parser.add_argument("--data", type=Path, help="folder for its data (IMPARTS_DATA, else ./var)")
    parser.add_argument("--fresh", action="store_true", help="delete its data and start over")
    parser.add_argument("--play", action="store_true", help="let patients arrive and answer")


def run(options: argparse.Namespace) -> int:
    """Start everything, say when it is ready, and stop everything at the end."""
    began = time.monotonic()
    port = options.port or int(os.environ.get("IMPARTS_PORT", USUAL_PORT))
    refuse_taken("127.0.0.1", port)
    folder = (options.data or database.data_folder()).absolute()
    with _only_demo_in(folder):
        if options.fresh:
            cluster.remove(folder / "postgres")
            shutil.rmtree(folder / FOLDER, ignore_errors=True)
        _surroundings(folder, port)
        running = cluster.start(folder / "postgres")
        try:
            database.point_to(running)
            _write_down_surroundings(folder / "demo.env")
            prepare_demo.prepare(options)
            announcer = Announcer(port, record=_record_pages(), data=str(folder), began=began)
            supervisor = Supervisor(_children(options, port), server=running)
            supervisor.run(each_round=announcer.look)
        finally:
            running.leave()
    return DONE


def _record_pages() -> str:
    """Where the pages of the pretend record are."""
    return os.environ["IMPARTS_RECORD_FHIR"].removesuffix("/fhir")


def _children(options: argparse.Namespace, port: int) -> list[Child]:
    mllp = os.environ["IMPARTS_RECORD_MLLP"].split(":")[1]
    http = _record_pages().rsplit(":", 1)[1]
    children = [
        Child(
            "The web server", imparts("serve", "--port", str(port)), {"IMPARTS_SERVE_BEHIND": "1"}
        ),
        Child("The worker", imparts("worker")),
        Child("The listener", imparts("listen")),
        Child("The pretend record", imparts("pretend-record", "--mllp", mllp, "--http", http)),
    ]
    if options.play:
        children.append(Child("The played clinic day", prepare_demo.command("play")))
    return children


def _surroundings(folder: Path, port: int) -> None:
    """What the children read: the demo's own, whatever the person had set before."""
    for name in ("DATABASE_URL", "IMPARTS_OWNER_DATABASE_URL", "IMPARTS_ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    record = f"http://127.0.0.1:{_port(8081, beside=port)}"
    os.environ |= {
        "IMPARTS_DEMO": "1",
        "IMPARTS_DATA": str(folder),
        "IMPARTS_PORT": str(port),
        "IMPARTS_SECRET_KEY": _kept_secret(folder / "secret-key"),
        "IMPARTS_RECORD_MLLP": f"127.0.0.1:{_port(2576, beside=port)}",
        "IMPARTS_RECORD_FHIR": f"{record}/fhir",
        "IMPARTS_RECORD_FHIR_TOKEN_URL": f"{record}/token",
        "IMPARTS_RECORD_FHIR_CLIENT_ID": "imparts-machine",
        "IMPARTS_RECORD_FHIR_SECRET": _kept_secret(folder / "record-secret"),
        "IMPARTS_LISTEN_MLLP": f"127.0.0.1:{_port_to_listen_on(port)}",
        "DJANGO_SETTINGS_MODULE": "imparts.config.settings",
    }


def _write_down_surroundings(file: Path) -> None:
    """For a second window: with these set, other commands work on this demo."""
    lines = [f"{name}={shlex.quote(os.environ[name])}\n" for name in _TOLD]
    keep_private(file, "".join(lines))


def _port_to_listen_on(beside: int) -> int:
    """The port that the guide names, or that the person has set."""
    asked = os.environ.get("IMPARTS_LISTEN_MLLP", "").rpartition(":")[2]
    if asked.isdigit() and is_free("127.0.0.1", int(asked)):
        return int(asked)
    return _port(int(HERE.rpartition(":")[2]), beside=beside)


def _port(wished: int, *, beside: int) -> int:
    """The one wished for, if it is free: an address that stays is easier to come back to.

    Only the demo on the usual port gets it. Several that start at once would each find it free, and
    all but one would fail later.
    """
    is_usual = beside == USUAL_PORT
    return wished if wished and is_usual and is_free("127.0.0.1", wished) else free_port()


def _kept_secret(file: Path) -> str:
    """The same key each time, so that whoever is signed in stays so."""
    if not file.exists():
        keep_private(file, secrets.token_urlsafe(50))
    return file.read_text()


@contextmanager
def _only_demo_in(folder: Path) -> Iterator[None]:
    """One demo a folder: two would fill the same tables."""
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        lock = (folder / "demo.lock").open("w")
    except OSError as error:
        raise CannotGoOn(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Choose another one with --data."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotGoOn(
                f"Another demo runs on {folder}. Stop it, or choose another folder with --data."
            ) from None
        yield
