"""Sittings ready to be sent: every question answered, each in a browser session of its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from imparts.benchmarks.client import Connection
from imparts.benchmarks.sessions import session_with
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.models import ClinicSession
from imparts.informatics.questionnaires.actions import answering, hand_overs
from imparts.informatics.questionnaires.models import HandOver
from imparts.informatics.questionnaires.queries.sittings import sitting_for
from imparts.organisations.models import Service
from imparts.people.models import Patient

# Twenty answers: PHQ-9 with its difficulty question, GAD-7, smoking with wish for help, and pain.
GIVEN = {("phq9", "q1"): 2, ("smoking_core", "q1"): 2, ("pain_nrs", "q1"): 5}


@dataclass(frozen=True, slots=True)
class Ready:
    """One sitting that waits for its last form."""

    session_key: str
    submission_id: str
    answers: int


def make_ready(service: Service, number: int, *, at: datetime) -> list[Ready]:
    """Book, hand over and answer through the product's own actions, up to the last page."""
    session = clinics.open_session(service=service, held_on=at.date(), part="afternoon")
    patients = Patient.objects.filter(relationships__service=service, died_on__isnull=True)
    return [
        _ready(session, patient, at=at) for patient in patients.distinct().order_by("pk")[:number]
    ]


def _ready(session: ClinicSession, patient: Patient, *, at: datetime) -> Ready:
    hand_over, secret = _begun(session, patient, at=at)
    answers = _answer_all(hand_over.secret_hash, at=at)
    return Ready(session_with(hand_over=secret), str(uuid4()), answers)


def send(port: int, ready: Ready) -> float:
    """Press Send, over a connection of its own; the seconds until the thank-you."""
    browser = Connection(port, cookies={"sessionid": ready.session_key})
    answered = browser.post("/tablet/send/", {"submission_id": ready.submission_id})
    browser.close()
    if answered.status != 302 or not answered.location.endswith("/thank-you/"):
        raise RuntimeError(f"sending was answered {answered.status} {answered.location}")
    return answered.seconds


def hand_over_to_someone(*, at: datetime) -> str:
    """A hand-over in which the questions have begun; gives the browser's secret."""
    return hand_over_to_several(1, at=at)[0][1]


def hand_over_to_several(number: int, *, at: datetime) -> list[tuple[HandOver, str]]:
    """Hand-overs to as many people, questions begun, each with its browser's secret."""
    service = Service.objects.get(memberships__staff__username="consultant.rheum")
    session = clinics.open_session(service=service, held_on=at.date(), part="afternoon")
    patients = Patient.objects.filter(relationships__service=service, born_on__year__lt=2000)
    chosen = patients.distinct().order_by("-pk")[:number]
    return [_begun(session, patient, at=at) for patient in chosen]


def _begun(session: ClinicSession, patient: Patient, *, at: datetime) -> tuple[HandOver, str]:
    appointment = clinics.book(
        session=session, patient=patient, appointment_at=at, by="bench", at=at
    )
    hand_over, secret = hand_overs.hand_over(
        appointment=appointment, tablet=None, by="bench", at=at
    )
    hand_overs.confirm_identity(hand_over=hand_over, at=at)
    hand_overs.begin(hand_over=hand_over, who_helped="nobody", at=at)
    return hand_over, secret


def _answer_all(secret_hash: str, *, at: datetime) -> int:
    given = 0
    while (sitting := sitting_for(secret_hash, at=at)) and (asked := sitting.first_unanswered):
        value = GIVEN.get((asked.instrument, asked.item.id), asked.item.lowest)
        answering.save_answer(
            sitting=sitting,
            instrument_id=asked.instrument,
            item_id=asked.item.id,
            value=value,
            at=at,
        )
        given += 1
    return given
