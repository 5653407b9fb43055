"""Reading treatments: what each person has had, and what they are in on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from imparts.pathways.models import TreatmentEnd, TreatmentStep
from imparts.people.models import Patient
from imparts.people.queries import record_ids, surviving


@dataclass(frozen=True, slots=True)
class TreatmentShown:
    """One course or event as it stands now; what was entered in error is none."""

    id: int
    patient: UUID
    service_id: int
    option: str
    what: str
    is_event: bool
    began_on: date
    ended_on: date | None
    by: str

    def goes_on(self, on: date) -> bool:
        """Whether someone is in it on a day."""
        return (
            not self.is_event
            and self.began_on <= on
            and (self.ended_on is None or self.ended_on >= on)
        )


def treatments_of(
    patients: Iterable[UUID], *, services: Collection[int] | None = None
) -> dict[UUID, tuple[TreatmentShown, ...]]:
    """The treatments of several people by the record they survive as, in the order of beginning.

    Those of records merged into them count as theirs. The caller has let the asker through;
    `services` are those whose results may be seen, None is all.
    """
    person_of = surviving(patients)
    rows = _standing().filter(patient_id__in=list(person_of)).order_by("began_on", "id")
    if services is not None:
        rows = rows.filter(service_id__in=list(services))
    found: dict[UUID, list[TreatmentShown]] = {}
    for row in rows:
        person = person_of[row.patient_id]
        found.setdefault(person, []).append(_shown(row, person))
    return {person: tuple(rows) for person, rows in found.items()}


def in_treatment(patient_id: UUID, on: date) -> frozenset[str]:
    """The options that a person is in treatment with on a day: courses that have not ended."""
    found = treatments_of([patient_id]).get(patient_id, ())
    return frozenset(one.option for one in found if one.option and one.goes_on(on))


def treatment_step(patient: Patient, step_id: int, *, services: Collection[int]) -> TreatmentStep:
    """One treatment of a person who has been let through; 404 for any other."""
    mine = TreatmentStep.objects.filter(patient_id__in=record_ids(patient))
    found = mine.filter(pk=step_id, service_id__in=list(services)).first()
    if found is None:
        raise Http404
    return found


def _standing() -> QuerySet[TreatmentStep]:
    """Steps with how they stand now, but for those entered in error."""
    last = TreatmentEnd.objects.filter(step=OuterRef("pk")).order_by("-id")
    in_error = Q(state=TreatmentEnd.State.IN_ERROR, state__isnull=False)
    return TreatmentStep.objects.annotate(
        state=Subquery(last.values("state")[:1]), ended_on=Subquery(last.values("ended_on")[:1])
    ).exclude(in_error)


def _shown(row: TreatmentStep, person: UUID) -> TreatmentShown:
    return TreatmentShown(
        id=row.pk,
        patient=person,
        service_id=row.service_id,
        option=row.option,
        what=row.what,
        is_event=row.kind == TreatmentStep.Kind.EVENT,
        began_on=row.began_on,
        ended_on=row.ended_on,  # type: ignore[attr-defined]  # annotated above
        by=row.by,
    )
