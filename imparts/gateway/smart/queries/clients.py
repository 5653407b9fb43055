"""The programs that trust IT has let in."""

from django.db.models import QuerySet

from imparts.gateway.smart.models import ApiClient


def clients() -> QuerySet[ApiClient]:
    """Every program, also those that were put out, by name."""
    return ApiClient.objects.prefetch_related("services").order_by("name", "pk")


def client_called(client_id: str) -> ApiClient | None:
    """The program with this client id, unless it was put out."""
    return ApiClient.objects.filter(client_id=client_id, revoked_at__isnull=True).first()
