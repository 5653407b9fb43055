"""Hospital records that may open us, and openings that are under way."""

from datetime import datetime

from django.db.models import QuerySet

from imparts.access.models import Staff
from imparts.gateway.smart.models import Opening, TrustedRecord
from imparts.gateway.smart.queries.tokens import checksum
from imparts.people.models import Identifier, Patient


def records() -> QuerySet[TrustedRecord]:
    """Every record that was registered, also those that were ended, by name."""
    return TrustedRecord.objects.select_related("organisation").order_by("name", "pk")


def record_with(issuer: str) -> TrustedRecord | None:
    """The registered record with exactly this issuer; a slash at the end makes no difference."""
    return TrustedRecord.objects.filter(issuer=issuer.rstrip("/"), ended_at__isnull=True).first()


def origins_of(record_id: int) -> tuple[str, ...] | None:
    """The origins that may show us in a frame; None when the record is trusted no more."""
    found = TrustedRecord.objects.filter(pk=record_id, ended_at__isnull=True).first()
    return tuple(found.origins) if found else None


def opening_with(state: str, *, browser: str, at: datetime) -> Opening | None:
    """The opening that a browser began and that still counts; another browser's is not found."""
    return (
        Opening.objects.select_related("record__organisation")
        .filter(
            state_hash=checksum(state), browser_hash=checksum(browser), used_at__isnull=True,
            ends_at__gt=at, record__ended_at__isnull=True,
        )
        .first()
    )  # fmt: skip


def staff_named(username: str) -> Staff | None:
    """Our member of staff with this user name, who has not left; capitals make no difference."""
    found = list(Staff.objects.filter(username__iexact=username, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def patient_numbered(record: TrustedRecord, numbers: list[str]) -> Patient | None:
    """The one person who has a hospital number of that record's organisation; else nobody.

    Two numbers that lead to two people lead to nobody: which of them is open there is not known.
    """
    found = Identifier.objects.filter(
        scheme=Identifier.Scheme.HOSPITAL, issued_by=record.organisation, value__in=numbers
    ).select_related("patient__merged_into")
    people = {one.patient.merged_into or one.patient for one in found}
    return people.pop() if len(people) == 1 else None
