"""One invented person at one clinic with something of every kind that the server can show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.informatics.clinics import actions as clinics
from imparts.informatics.questionnaires.models import Invitation
from imparts.informatics.results import actions as results
from imparts.integrated_care.referrals.actions import (
    draft_referral,
    make_gp_letter,
    send_referral,
    withdraw,
)
from imparts.integrated_care.referrals.models import Referral
from imparts.integrated_care.referrals.queries import ReferralStory
from imparts.organisations.models import Service
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.pathways.queries import entry_about
from imparts.people.models import Patient
from imparts.rules.letters.definition import LetterFacts, Person, Said, ScoreRow, Section
from imparts.rules.letters.referral import Draft
from tests.builders import NOON, TODAY, a_sent_sitting
from tests.gateway.fhir_server.asking import known_at

DONE = {
    "talked_by": "me",
    "action": "talked",
    "follow_up_by": "GP",
    "follow_up_on": "2026-11-20",
    "reason": "Talked with the patient.",
}
SEVERE = {"q1": 2, "q2": 2, "q3": 3, "q4": 3, "q5": 1, "q6": 1, "q7": 1, "q8": 1, "q9": 1}


@dataclass(frozen=True)
class Story:
    """The person, the visit, and the service."""

    service: Service
    patient: Patient
    sitting: Invitation


def a_story(service: Service) -> Story:
    """A visit with an alert, what was told and done, a referral sent and one withdrawn, a letter,
    measures of the body right, put right and in error, and a diagnosis."""
    patient = known_at(service)
    sitting = a_sent_sitting(service, patient, phq9=SEVERE, gad7={"q1": None})
    clinics.check_in(appointment=sitting.appointment, by="test", at=NOON)
    pathways.record_told(about=sitting.pk, words="Someone will talk with you today.", at=NOON)
    _close_an_alert(a_sent_sitting(service, patient, phq9={"q9": 2}))
    _referrals(service, patient, sitting)
    _body(service, patient)
    return Story(service, patient, sitting)


def letter_facts(patient: Patient, kind: str = "gp") -> LetterFacts:
    """A letter of a few lines."""
    return LetterFacts(
        kind=kind, to="Fernhollow Surgery", sender="Rheumatology, Fernhollow Hospital",
        signed="Robin Example, consultant", made_at=NOON, first="Mood is low.",
        second="Please see them.",
        person=Person(
            id=str(patient.pk), family_name=patient.family_name, given_name=patient.given_name,
            born="14-Mar-1961", numbers=("H1234",),
        ),
        seen="Seen on 17 November 2026.", gist=(Said("Low mood."),),
        scores=(ScoreRow("PHQ-9", "15 of 27", "moderate", "", ""),), scores_note="Note.",
        sections=(Section("What was agreed", ("Referral.",)),), left_out="", foot="Foot.",
    )  # fmt: skip


def _close_an_alert(sitting: Invitation) -> None:
    alert = Alert.objects.get(about=sitting.pk, item="q9")
    pathways.record_what_was_done(alert=alert, details=DONE, closes=True, by="nurse", at=NOON)


def _referrals(service: Service, patient: Patient, sitting: Invitation) -> None:
    entry = entry_about(sitting.pk)
    assert entry is not None
    refers = [one["step_id"] for one in entry.steps if one.get("options")]
    others = [one["step_id"] for one in entry.steps if one["step_id"] not in refers[:2]]
    referral = draft_referral(entry=entry, step=refers[0], by="consultant", at=NOON)
    send_referral(
        referral=referral, draft=Draft(referral.to, "Low mood. Please see.", True, ""), how="post",
        compose=lambda draft: letter_facts(patient, "referral"), based_on=_last(referral),
        by="consultant", at=NOON,
    )  # fmt: skip
    if len(refers) > 1:
        other = draft_referral(entry=entry, step=refers[1], by="consultant", at=NOON)
        withdraw(referral=other, why="A slip", based_on=_last(other), by="consultant", at=NOON)
    pathways.decide_step(
        entry=entry, step=others[0], decision="not_now", why="Later", by="consultant", at=NOON
    )
    make_gp_letter(
        patient=patient, service=service, sitting=sitting.pk, facts=letter_facts(patient),
        by="consultant", at=NOON,
    )  # fmt: skip


def _last(referral: Referral) -> int:
    return ReferralStory(referral, tuple(referral.events.order_by("id"))).last.pk


def _body(service: Service, patient: Patient) -> None:
    about = {"patient": patient, "service": service, "measured_on": TODAY, "by": "t", "at": NOON}
    results.record_physical_measure(code="hba1c", value=Decimal(48), **about)
    results.record_physical_measure(
        code="blood_pressure", value=Decimal(120), second_value=Decimal(80), **about
    )
    slip = results.record_physical_measure(code="weight", value=Decimal(700) / 10, **about)
    results.correct_physical_measure(
        measure=slip, value=Decimal(71), measured_on=TODAY, by="t", at=NOON
    )
    wrong = results.record_physical_measure(code="das28", value=Decimal(3), **about)
    results.withdraw_physical_measure(measure=wrong, by="t", at=NOON)
    results.record_diagnosis(
        patient=patient, service=service, words="Rheumatoid arthritis", system="SNOMED CT",
        code="69896004", diagnosed_on=date(2020, 1, 1), by="t", at=NOON,
    )  # fmt: skip
