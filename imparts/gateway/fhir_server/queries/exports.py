"""Exports: whose they are, and which is due."""

from datetime import datetime, timedelta
from uuid import UUID

from imparts.gateway.fhir_server.models import ExportJob
from imparts.gateway.smart.models import ApiClient

# A worker says every few seconds that it goes on; after this long it is taken for dead.
SILENT = timedelta(minutes=2)
MOST_AT_ONCE = 5  # of one program, asked for and not yet written


def export_of(job_id: UUID, *, client_id: str) -> ExportJob | None:
    """One export of this program, unless it was cancelled or its files are gone."""
    return ExportJob.objects.filter(
        pk=job_id, client_id=client_id, cancelled_at__isnull=True, removed_at__isnull=True
    ).first()


def unfinished(client_id: str) -> int:
    """How many exports of a program wait or are being written."""
    return ExportJob.objects.filter(
        client_id=client_id, done_at__isnull=True, cancelled_at__isnull=True, failed=""
    ).count()


def to_remove(*, before: datetime) -> list[ExportJob]:
    """Exports whose files have been there long enough, or of which nobody wants any."""
    ended = ExportJob.objects.filter(removed_at__isnull=True)
    return [
        *ended.filter(done_at__lt=before),
        *ended.filter(cancelled_at__isnull=False),
        *ended.filter(asked_at__lt=before).exclude(failed=""),
    ]


def program_of(job: ExportJob) -> tuple[ApiClient, tuple[int, ...]] | None:
    """The program that asked, as it stands now, and its services; None when it was put out."""
    client = ApiClient.objects.filter(client_id=job.client_id, revoked_at__isnull=True).first()
    if client is None:
        return None
    services = client.services.values_list("pk", flat=True)
    if job.service_id is not None:
        services = services.filter(pk=job.service_id)
    return client, tuple(services)
