"""Exports asked for, taken up by a worker, finished, cancelled, and their files removed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Q

from imparts.audit import actions as audit
from imparts.gateway.fhir_server.export import folder
from imparts.gateway.fhir_server.models import ExportFile, ExportJob
from imparts.gateway.fhir_server.queries.exports import SILENT, to_remove
from imparts.gateway.smart.principal import Principal

KEPT = timedelta(hours=24)  # how long files stay to be fetched; a local choice
_AUDITED_AT_ONCE = 2_000


def ask_for(
    principal: Principal, *, level: str, service_id: int | None, types: Sequence[str],
    since: datetime | None, address: str, at: datetime,
) -> ExportJob:  # fmt: skip
    """Note down what is to be written; a worker writes it."""
    with transaction.atomic():
        job = ExportJob.objects.create(
            client_id=principal.client_id, scope=str(principal.scopes), level=level,
            service_id=service_id, types=list(types), since=since, address=address, asked_at=at,
        )  # fmt: skip
        audit.record(
            who=principal.asking.username, did="asked for a bulk export", about=f"export {job.pk}",
            why=f"{level}: {', '.join(types)}", at=at,
        )  # fmt: skip
    return job


def take_up(*, at: datetime) -> ExportJob | None:
    """The oldest export that nobody is writing, from here on ours to write."""
    with transaction.atomic():
        job = (
            ExportJob.objects.select_for_update(skip_locked=True)
            .filter(Q(beat_at__isnull=True) | Q(beat_at__lt=at - SILENT))
            .filter(done_at__isnull=True, cancelled_at__isnull=True, failed="")
            .order_by("asked_at")
            .first()
        )
        if job is not None:
            job.began_at, job.beat_at, job.written = at, at, 0
            job.save(update_fields=["began_at", "beat_at", "written"])
    return job


class Beating:
    """Says how far an export has come, on a connection beside the one that reads it.

    What is read is one snapshot in one transaction, in which nothing could be told to others.
    """

    def __init__(self, job: ExportJob) -> None:
        self._job = job
        self._beside = connections.create_connection("default")

    def goes_on(self, written: int, *, at: datetime) -> bool:
        """Note it; False when the export was cancelled or another worker took it up."""
        with self._beside.cursor() as cursor:
            cursor.execute(
                "update fhir_server_exportjob set beat_at = %s, written = %s where id = %s"
                " and cancelled_at is null and began_at = %s",
                [at, written, self._job.pk, self._job.began_at],
            )
            return cursor.rowcount == 1

    def close(self) -> None:
        """Give the connection back."""
        self._beside.close()


def finish(job: ExportJob, files: Iterable[tuple[str, str, int]], *, at: datetime) -> bool:
    """Its files can be fetched from now on; False when it was cancelled meanwhile."""
    with transaction.atomic():
        held = ExportJob.objects.select_for_update().get(pk=job.pk)
        if held.cancelled_at is not None or held.began_at != job.began_at:
            return False
        listed = [ExportFile(job=held, type=t, name=n, count=c) for t, n, c in files]
        ExportFile.objects.bulk_create(listed)
        held.done_at, held.written = at, sum(one.count for one in listed)
        held.save(update_fields=["done_at", "written"])
        audit.record(
            who=f"client:{held.client_id}", did="was written a bulk export",
            about=f"export {held.pk}", why=f"{held.written} resources", at=at,
        )  # fmt: skip
    return True


def note_people(job: ExportJob, people: Iterable[UUID], *, at: datetime) -> None:
    """One line in the audit for each person whose resources the export may hold."""
    left = iter(people)
    while some := list(islice(left, _AUDITED_AT_ONCE)):
        audit.record_each(
            who=f"client:{job.client_id}", did="took in a bulk export", patients=some,
            about=f"export {job.pk}", at=at,
        )  # fmt: skip


def fail(job: ExportJob, *, why: str, at: datetime) -> None:
    """It will not be written; the program is told why when it asks."""
    with transaction.atomic():
        ExportJob.objects.filter(pk=job.pk).update(failed=why[:200])
        audit.record(
            who=f"client:{job.client_id}", did="was refused a bulk export",
            about=f"export {job.pk}", why=why, at=at,
        )  # fmt: skip
    folder.remove(job.pk)


def cancel(job: ExportJob, *, at: datetime) -> None:
    """The program wants it no more: it is not written on, and its files go."""
    with transaction.atomic():
        ExportJob.objects.filter(pk=job.pk, cancelled_at__isnull=True).update(cancelled_at=at)
        audit.record(
            who=f"client:{job.client_id}", did="cancelled a bulk export",
            about=f"export {job.pk}", at=at,
        )  # fmt: skip


def note_fetched(job: ExportJob, name: str, *, at: datetime) -> None:
    """A file was fetched."""
    audit.record(
        who=f"client:{job.client_id}", did="fetched a file of a bulk export",
        about=f"export {job.pk} {name}", at=at,
    )  # fmt: skip


def remove_old(*, at: datetime) -> int:
    """Take away the files of exports that are over; what was asked and done stays noted."""
    old = to_remove(before=at - KEPT)
    for job in old:
        folder.remove(job.pk)
        ExportJob.objects.filter(pk=job.pk).update(removed_at=at)
    return len(old)
