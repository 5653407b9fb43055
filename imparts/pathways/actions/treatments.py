"""Treatments: a course begins and ends, an event was on a day; a slip is taken back by a row."""

from datetime import date, datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.design.dates import day, local
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import PathwayEntry, TreatmentEnd, TreatmentStep
from imparts.people.models import Patient

LONGEST = 120  # letters over a plot
State, Kind = TreatmentEnd.State, TreatmentStep.Kind


def begin_treatment(
    *, patient: Patient, service: Service, option: str, what: str, kind: str, began_on: date,
    by: str, at: datetime, entry: PathwayEntry | None = None,
) -> TreatmentStep:  # fmt: skip
    """A course that has begun, or an event on one day; `option` may be empty."""
    what = " ".join(what.split())
    _refuse(patient, option, what, kind, began_on, today=local(at).date())
    with transaction.atomic():
        step = TreatmentStep.objects.create(
            patient=patient, service=service, entry=entry, option=option, what=what, kind=kind,
            began_on=began_on, at=at, by=by,
        )  # fmt: skip
        _record(step, "added treatment", by=by, at=at)
    return step


def end_treatment(
    *, step: TreatmentStep, ended_on: date, why: str, by: str, at: datetime
) -> TreatmentEnd:
    """A course has ended on a day; nobody counts as being in it after that."""
    if step.kind == Kind.EVENT:
        raise NotDone("An event is on one day and does not end.")
    if ended_on < step.began_on:
        raise NotDone(f"It began on {day(step.began_on)}. Choose that day or a later one.")
    if ended_on > local(at).date():
        raise NotDone(f"{day(ended_on)} is still to come. Choose today or an earlier day.")
    return _add(step, State.ENDED, ended_on, why, by=by, at=at, did="ended treatment")


def take_up_again(*, step: TreatmentStep, by: str, at: datetime) -> TreatmentEnd:
    """The end was a slip: the course goes on. Or taking it out was: it stands as it did before."""
    last, before = (*step.ends.order_by("-id")[:2], None, None)[:2]
    did = "took treatment up again"
    if last and last.state == State.IN_ERROR and before and before.state == State.ENDED:
        return _add(step, State.ENDED, before.ended_on, before.why, by=by, at=at, did=did)
    return _add(step, State.GOES_ON, None, "", by=by, at=at, did=did)


def withdraw_treatment(*, step: TreatmentStep, by: str, at: datetime) -> TreatmentEnd:
    """It was entered in error and is shown nowhere; the row itself is kept."""
    return _add(step, State.IN_ERROR, None, "", by=by, at=at, did="withdrew treatment")


def _refuse(
    patient: Patient, option: str, what: str, kind: str, began_on: date, *, today: date
) -> None:
    if not what:
        raise NotDone("Write what it is, such as Talking Therapies, 8 sessions.")
    if len(what) > LONGEST:
        raise NotDone(f"Write it in at most {LONGEST} letters: it stands over a graph.")
    if kind not in Kind.values:
        raise NotDone("Choose a course or an event.")
    if option and option not in library.options():
        raise NotDone("Choose one of the options that are listed, or none of them.")
    if began_on > today:
        raise NotDone(f"{day(began_on)} is still to come. Choose today or an earlier day.")
    if began_on < patient.born_on:
        raise NotDone(f"{day(began_on)} is before this person was born.")


def _add(
    step: TreatmentStep, state: str, ended_on: date | None, why: str, *, by: str, at: datetime,
    did: str,
) -> TreatmentEnd:  # fmt: skip
    with transaction.atomic():
        made = TreatmentEnd.objects.create(
            step=step, state=state, ended_on=ended_on, why=why.strip()[:200], by=by, at=at
        )
        _record(step, did, by=by, at=at)
    return made


def _record(step: TreatmentStep, did: str, *, by: str, at: datetime) -> None:
    audit.record(who=by, did=did, patient=step.patient_id, about=f"treatment {step.pk}", at=at)
