"""Writing an export: the worker's part. One snapshot of the tables, files of one resource a line.

What the program may see is worked out anew when it is written: a program that was put out, or a
service that was taken from it, since it asked, gets nothing of that.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.db import connection, transaction

from imparts.gateway.fhir_server.actions import exporting
from imparts.gateway.fhir_server.export import folder
from imparts.gateway.fhir_server.export.wanted import is_about_people
from imparts.gateway.fhir_server.queries.exported import lines
from imparts.gateway.fhir_server.queries.exports import program_of
from imparts.gateway.fhir_server.registry import Reader, kinds_of
from imparts.gateway.smart.principal import machine
from imparts.gateway.smart.scopes import Scopes
from imparts.people.queries import patients_visible_to

if TYPE_CHECKING:
    from imparts.gateway.fhir_server.models import ExportJob

LINES_A_FILE = 250_000
_BEAT_EVERY = 5.0  # seconds
_log = logging.getLogger("imparts.export")


class Stopped(Exception):
    """It was cancelled, or another worker has it: nothing more is written."""


def write_due(*, now: Callable[[], datetime]) -> bool:
    """Write the oldest export that is due; False when none is."""
    job = exporting.take_up(at=now())
    if job is None:
        return False
    beating = exporting.Beating(job)
    try:
        _write(job, beating, now)
    except Stopped:
        folder.remove(job.pk)
    except Exception:
        _log.exception("export %s failed", job.pk)
        why = "Something went wrong on our side. Ask for the export again."
        exporting.fail(job, why=why, at=now())
    finally:
        beating.close()
    return True


def _write(job: "ExportJob", beating: exporting.Beating, now: Callable[[], datetime]) -> None:
    reader = reader_of(job, at=now())
    if reader is None:
        why = "The program may not ask any more, or not for this service."
        exporting.fail(job, why=why, at=now())
        return
    files = Files(folder.empty_folder(job.pk), lambda n: _beat(beating, n, now()), now)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One snapshot: what is stored while it is written belongs to the next export.
            cursor.execute("set transaction isolation level repeatable read")
            cursor.execute("set local statement_timeout = 0")
        write_types(job, reader, files)
        people = patients_visible_to(reader.asking, on=reader.on).values_list("pk", flat=True)
        exporting.note_people(job, people.iterator(chunk_size=2000), at=now())
    files.close()
    if not exporting.finish(job, files.made(), at=now()):
        raise Stopped


def _beat(beating: exporting.Beating, written: int, at: datetime) -> None:
    if not beating.goes_on(written, at=at):
        raise Stopped


def reader_of(job: "ExportJob", *, at: datetime) -> Reader | None:
    """The program as it stands now, within what it asked for; None when it may nothing more."""
    found = program_of(job)
    if found is None or not found[1]:
        return None
    client, services = found
    scopes = Scopes.read(job.scope).within(Scopes.read(client.allowed_scopes))
    return Reader(machine(client.client_id, client.name, services, scopes), at)


def write_types(job: "ExportJob", reader: Reader, files: "Files") -> None:
    """Each type that the program may still read, kind after kind."""
    for type_name in job.types:
        if not reader.principal.scopes.allows(type_name, "r"):
            continue
        for kind in kinds_of(type_name):
            if job.level == "system" or is_about_people(kind):
                for some in lines(kind, reader, since=job.since):
                    files.add(type_name, some)


class Files:
    """The files of one export, a new one whenever the type changes or one is long enough."""

    def __init__(
        self, into: Path, beat: Callable[[int], None], now: Callable[[], datetime]
    ) -> None:
        self._into, self._beat, self._now = into, beat, now
        self._file: BinaryIO | None = None
        self._made: list[tuple[str, str, int]] = []
        self._of, self._here, self.written = "", 0, 0
        self._beaten = now()

    def add(self, type_name: str, some: list[str]) -> None:
        """Write lines of one type."""
        if not some:
            return
        if self._file is None or type_name != self._of or self._here >= LINES_A_FILE:
            self._next(type_name)
        assert self._file is not None
        self._file.write("\n".join(some).encode())
        self._file.write(b"\n")
        self._here += len(some)
        self.written += len(some)
        if (self._now() - self._beaten).total_seconds() >= _BEAT_EVERY:
            self._beat(self.written)
            self._beaten = self._now()

    def _next(self, type_name: str) -> None:
        self.close()
        number = 1 + sum(of == type_name for of, _, _ in self._made)
        self._of, self._here = type_name, 0
        self._file = folder.new_file(self._into, f"{type_name}.{number}.ndjson")

    def close(self) -> None:
        """End the file that is open."""
        if self._file is not None:
            name = Path(self._file.name).name
            self._file.close()
            self._file = None
            self._made.append((self._of, name, self._here))

    def made(self) -> list[tuple[str, str, int]]:
        """Type, name and number of lines of each file."""
        return list(self._made)
