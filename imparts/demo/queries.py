"""Who of the demonstration's people is here to be picked, and who has a hospital number."""

from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model

from imparts.access.models import Staff, Tablet
from imparts.people.models import Identifier


def staff_here(usernames: Iterable[str]) -> dict[str, Staff]:
    """Members of staff by user name."""
    found = get_user_model().objects.filter(username__in=list(usernames), is_active=True)
    return {staff.username: staff for staff in found}


def tablets_here(usernames: Iterable[str]) -> dict[str, Tablet]:
    """Clinic tablets by user name."""
    found = Tablet.objects.filter(username__in=list(usernames), withdrawn_at__isnull=True)
    return {tablet.username: tablet for tablet in found}


def numbered_people() -> Iterator[dict[str, str]]:
    """Everyone by each of their hospital numbers, as the pretend hospital record knows them."""
    numbers = Identifier.objects.filter(scheme=Identifier.Scheme.HOSPITAL)
    national = Identifier.objects.filter(scheme=Identifier.Scheme.NHS)
    nhs = dict(national.values_list("patient_id", "value"))
    found = numbers.select_related("patient", "issued_by").order_by("pk")
    for each in found.iterator(chunk_size=2000):
        patient = each.patient
        yield {
            "number": each.value, "nhs_number": nhs.get(patient.pk, ""),
            "family": patient.family_name, "given": patient.given_name,
            "born_on": patient.born_on.isoformat(), "sex": patient.sex,
            "organisation": each.issued_by.code,
        }  # fmt: skip
