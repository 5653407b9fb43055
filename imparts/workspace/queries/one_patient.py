"""One patient on one page: everything that was done with them at services the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import local
from imparts.design.words import Phrase
from imparts.informatics.clinics.queries import stay_of
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.informatics.questionnaires.queries.days import sittings_of
from imparts.informatics.results.queries import DiagnosisLine, diagnoses_of, scores_of
from imparts.integrated_care.referrals.models import Letter
from imparts.integrated_care.referrals.queries import ReferralStory, letters_of, referrals_of
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways import queries as pathways
from imparts.pathways.models import PathwayEntry
from imparts.pathways.queries import AlertStory, Repeat, StepsOut, TreatmentShown
from imparts.people.models import Patient
from imparts.people.pages import Banner
from imparts.people.queries import identifiers_of, record_ids
from imparts.rules.stays import Standing
from imparts.rules.summary.gist import gist
from imparts.workspace.queries.courses import Courses, courses
from imparts.workspace.queries.one_result import result_of

MOST = 50


@dataclass(frozen=True, slots=True)
class PastSitting:
    """One sitting of a patient, in the words of its gist."""

    sitting: UUID
    service: str
    on: datetime
    is_sent: bool
    number_answered: int
    gist: tuple[Phrase, ...]
    alerts: tuple[AlertStory, ...]
    entry: PathwayEntry | None
    out: StepsOut | None


@dataclass(frozen=True, slots=True)
class OnePatient:
    """Everything that one patient's page is made of."""

    patient: UUID
    sittings: tuple[PastSitting, ...]
    repeats: tuple[tuple[Repeat, str], ...]
    """Each with the name of its instrument."""
    treatments: tuple[TreatmentShown, ...]
    referrals: tuple[ReferralStory, ...]
    letters: tuple[Letter, ...]
    joined: tuple[Banner, ...]
    """Records that were merged into this one."""
    services: dict[int, str]
    diagnoses: tuple[DiagnosisLine, ...] = ()
    stay: Standing | None = None
    """Where they lie in hospital now, as its record says."""


def one_patient(asking: Asking, patient: Patient, *, on: date) -> OnePatient:
    """A patient who has been let through, as far as each part is the asker's to see."""
    may = asking.services_where(May.SEE_RESULTS)
    records = record_ids(patient)
    rows = list(sittings_of(asking, patient)[:MOST])
    course = courses([patient.pk], services=may, with_parts=True)
    return OnePatient(
        patient=patient.pk,
        sittings=_sittings(asking, patient, rows, course),
        repeats=_still_booked(records, may, course),
        treatments=pathways.treatments_of([patient.pk], services=may).get(patient.pk, ()),
        referrals=tuple(referrals_of(asking, patient)),
        letters=tuple(letters_of(asking, patient)),
        joined=_joined(patient, on=on),
        diagnoses=diagnoses_of([patient.pk], services=may).get(patient.pk, ()),
        stay=stay_of(patient.pk),
        services=dict(Service.objects.filter(pk__in=may).values_list("pk", "name")),
    )


def _sittings(
    asking: Asking, patient: Patient, rows: list[Invitation], course: Courses
) -> tuple[PastSitting, ...]:
    """Newest first."""
    ids = [row.pk for row in rows]
    alerts = pathways.alerts_about(ids)
    entries = pathways.entries_about(ids)
    out = pathways.steps_out_of(entries.values())
    gists = _gists(patient, ids, course)
    may_act = asking.services_where(May.ACT_ON_ALERTS)
    return tuple(
        PastSitting(
            sitting=row.pk,
            service=row.service.name,
            on=local(row.submitted_at or row.created_at),
            is_sent=row.submitted_at is not None,
            number_answered=row.number_answered,
            gist=gists.get(row.pk, ()),
            alerts=tuple(s for s in alerts.get(row.pk, []) if s.alert.service_id in may_act),
            entry=entries.get(row.pk),
            out=out.get(entries[row.pk].pk) if row.pk in entries else None,
        )
        for row in rows
    )


def _gists(
    patient: Patient, sittings: Iterable[UUID], course: Courses
) -> dict[UUID, tuple[Phrase, ...]]:
    """The gist of every sitting that was sent, in the words of the summary."""
    ids = list(sittings)
    scores, words = scores_of(ids), library.gist_words()
    rows = Response.objects.filter(invitation_id__in=ids).prefetch_related("answers")
    found: dict[UUID, list[Response]] = {}
    for row in rows.order_by("invitation_id", "place"):
        if row.instrument in scores.get(row.invitation_id, {}):
            found.setdefault(row.invitation_id, []).append(row)
    return {
        sitting: gist(
            [result_of(r, scores[sitting][r.instrument], course, patient) for r in responses],
            on=local(responses[0].completed_at).date(), words=words,
        )
        for sitting, responses in found.items()
    }  # fmt: skip


def _still_booked(
    records: Iterable[UUID], services: Iterable[int], course: Courses
) -> tuple[tuple[Repeat, str], ...]:
    """What is booked and has not been answered since, with the name of its instrument."""
    answered = {
        instrument: local(rows[-1].completed_at).date() for (_, instrument), rows in course.items()
    }
    names = {
        instrument: library.instrument_of(rows[-1].content_id).short_title
        for (_, instrument), rows in course.items()
    }
    booked = pathways.repeats_of(records, services=frozenset(services))
    return tuple(
        (one, names.get(one.instrument, one.instrument.upper()))
        for one in booked
        if one.is_open(answered.get(one.instrument))
    )


def _joined(patient: Patient, *, on: date) -> tuple[Banner, ...]:
    merged = list(Patient.objects.filter(merged_into=patient).order_by("family_name", "pk"))
    numbers = identifiers_of(merged) if merged else {}
    return tuple(Banner.of(one, numbers.get(one.pk, []), on=on) for one in merged)


def user_names_in(found: OnePatient) -> set[str]:
    """Every user name that the page says, to be given a name."""
    names = {one.by for one, _ in found.repeats}
    for sitting in found.sittings:
        names |= {row.by for row in sitting.entry.taken.all()} if sitting.entry else set()
        names |= {sitting.out.by} if sitting.out else set()
        names |= {story.closed.by for story in sitting.alerts if story.closed}
    return names
