"""Reading people: patients_visible_to is the only door to a patient."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.organisations.models import Organisation
from imparts.people.models import CareRelationship, Identifier, Patient


def patients_visible_to(
    asking: Asking, *, on: date, may: May = May.SEE_PATIENTS
) -> QuerySet[Patient]:
    """Patients whom someone may see on a day: a service of theirs has a care relationship then.

    A relationship with either of two merged records opens the surviving one. Only services at
    which the role allows `may` count. This is the one place that decides it.
    """
    in_force = CareRelationship.objects.filter(
        service_id__in=asking.services_where(may), from_on__lte=on
    ).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    own = in_force.filter(patient_id=OuterRef("pk"))
    of_merged = in_force.filter(patient__merged_into_id=OuterRef("pk"))
    return Patient.objects.filter(merged_into__isnull=True).filter(Exists(own) | Exists(of_merged))


def patient_for(
    asking: Asking, patient_id: UUID, *, on: date, may: May = May.SEE_PATIENTS
) -> Patient:
    """One patient that someone may see; 404 with nothing about anyone otherwise.

    The id of a merged record leads to the record it was merged into.
    """
    found = Patient.objects.filter(pk=patient_id).values_list("merged_into_id", flat=True)
    survivor = found[0] or patient_id if found else patient_id
    patient = patients_visible_to(asking, on=on, may=may).filter(pk=survivor).first()
    if patient is None:
        raise Http404
    return patient


def record_ids(patient: Patient) -> list[UUID]:
    """The ids of every record of one person: their own and those merged into it."""
    return [patient.pk, *Patient.objects.filter(merged_into=patient).values_list("pk", flat=True)]


def surviving(patients: Iterable[UUID]) -> dict[UUID, UUID]:
    """Every record of some people, with the one that it counts as: itself, or what it became."""
    found = {patient: patient for patient in patients}
    # Asked for apart: a condition across both tables would read every row there is.
    merged = Patient.objects.filter(merged_into_id__in=list(found))
    return found | dict(merged.values_list("pk", "merged_into_id"))


def why_visible(asking: Asking, patient: Patient, *, on: date) -> str:
    """The care relationship that lets someone see a patient, for the audit."""
    relationship = (
        CareRelationship.objects.filter(
            patient_id__in=record_ids(patient), service_id__in=asking.services, from_on__lte=on
        )
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
        .order_by("-from_on")
        .first()
    )
    return f"{relationship.because} at service {relationship.service_id}" if relationship else ""


def identifiers_of(patients: Iterable[Patient]) -> dict[UUID, list[Identifier]]:
    """Identifiers by surviving patient, hospital numbers first, those of merged records too."""
    found: dict[UUID, list[Identifier]] = {patient.pk: [] for patient in patients}
    records = Patient.objects.filter(Q(pk__in=found) | Q(merged_into_id__in=found))
    identifiers = (
        Identifier.objects.filter(patient_id__in=records.values("pk"))
        .annotate(owner=Coalesce("patient__merged_into_id", "patient_id"))
        .select_related("issued_by")
        .order_by("scheme", "id")
    )
    for identifier in identifiers:
        found[identifier.owner].append(identifier)
    return found


def search(asking: Asking, text: str, *, on: date, limit: int = 50) -> list[Patient]:
    """Visible patients whose name begins like the text, or whose number it is, by name."""
    text = text.strip()
    if len(text) < 2:
        return []
    words = text.replace(",", " ").split()
    match = Q(identifiers__value=text.replace(" ", ""))
    names = Q()
    for word in words:
        names &= Q(family_name__istartswith=word) | Q(given_name__istartswith=word)
    visible = patients_visible_to(asking, on=on).filter(match | names)
    return list(visible.distinct().order_by("family_name", "given_name", "born_on")[:limit])


def perhaps_the_same(
    *, family_name: str, given_name: str, born_on: date, number: str = ""
) -> list[Patient]:
    """Records that may be the person at the desk: the same number, or birth date and a name alike.

    It looks beyond the services of whoever asks, or a second record would be made of everyone whom
    another clinic knows. So it answers only to a whole name with a birth date, or to a number, and
    the view that calls it notes the look (hazard H2).
    """
    names = [word for word in f"{family_name} {given_name}".split() if len(word) > 1]
    alike = Q()
    for name in names:
        alike |= Q(family_name__iexact=name) | Q(given_name__iexact=name)
    match = Q(born_on=born_on) & (alike | Q(family_name__iexact=family_name))
    if number:
        match |= Q(identifiers__value=number.replace(" ", ""))
    # A match may be a record that was merged: then the one that survived is the person.
    found = Patient.objects.filter(match).values_list("pk", "merged_into_id")
    ids = {survivor or own for own, survivor in found}
    people = Patient.objects.filter(pk__in=ids).order_by("family_name", "given_name", "pk")
    return list(people[:20])


def number_is_taken(scheme: str, value: str, *, issued_by: Organisation | None) -> bool:
    """Whether some record has this number; a hospital's number counts only at that hospital."""
    found = Identifier.objects.filter(scheme=scheme, value=value)
    if scheme == Identifier.Scheme.HOSPITAL:
        found = found.filter(issued_by=issued_by)
    return bool(value) and found.exists()
