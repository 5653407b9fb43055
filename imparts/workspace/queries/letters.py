"""Letters: everything that a letter about one visit may tell, of a patient who was let through."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.informatics.questionnaires.queries.days import sitting_of
from imparts.integrated_care.referrals import queries as referrals
from imparts.integrated_care.referrals.queries import ReferralStory
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways import queries as pathways
from imparts.pathways.models import StepTaken
from imparts.pathways.queries import AlertStory
from imparts.pathways.queries.treatments import TreatmentShown, treatments_of
from imparts.people.models import Patient
from imparts.rules.trends.definition import Course
from imparts.workspace.queries.sittings import sitting_facts
from imparts.workspace.queries.trend import trend_facts
from imparts.workspace.sitting_facts import SittingFacts


@dataclass(frozen=True, slots=True)
class DecidedStep:
    """One step of a pathway that somebody decided about."""

    verb_first: str
    reason: str
    is_done: bool
    why: str
    is_referral: bool
    """Accepting it drafted a referral, which says itself what became of it."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """One visit with what came of it, as far as the asker may see it."""

    patient: Patient
    service: Service
    facts: SittingFacts
    alerts: tuple[AlertStory, ...]
    steps: tuple[DecidedStep, ...]
    referrals: tuple[ReferralStory, ...]
    treatments: tuple[TreatmentShown, ...]
    gp: str
    """The practice; empty where it is not recorded."""
    course: Course | None
    """The lead measure over time, up to this visit; none where this visit has no score of it."""


def to_tell(asking: Asking, patient: Patient, sitting: UUID, *, at: datetime) -> ToTell:
    """What letters about one visit are made of; 404 where the visit is not the asker's."""
    invitation = sitting_of(asking, patient, sitting)
    visible = asking.services_where(May.SEE_RESULTS)
    facts = sitting_facts(asking, patient, sitting, at=at)
    treatments = treatments_of([patient.pk], services=visible).get(patient.pk, ())
    return ToTell(
        patient=patient,
        service=invitation.service,
        facts=facts,
        alerts=tuple(pathways.alerts_about([invitation.pk]).get(invitation.pk, [])),
        steps=_decided(invitation.pk),
        referrals=tuple(referrals.referrals_about(asking, invitation.pk)),
        treatments=tuple(reversed(treatments)),
        gp=referrals.gp_of(patient, on=at.date()),
        course=_lead_course(asking, patient, facts, at=at),
    )


def _lead_course(
    asking: Asking, patient: Patient, facts: SittingFacts, *, at: datetime
) -> Course | None:
    """The course of the first lead measure that was scored; a letter shows nothing newer."""
    lead = next(
        (r.instrument.id for r in facts.results if r.instrument.leads_gist and r.score is not None),
        None,
    )
    if lead is None:
        return None
    course = trend_facts(asking, patient, lead, at=at).courses[0]
    has_past = len(course.days) > 1
    return course if has_past and course.days[-1] == facts.day else None


def _decided(sitting: UUID) -> tuple[DecidedStep, ...]:
    """The steps that somebody decided about, in the pathway's order; the last decision counts."""
    entry = pathways.entry_about(sitting)
    if entry is None:
        return ()
    taken = pathways.decisions_on(entry)
    labels = {reason.code: reason.label for reason in library.reasons().not_now}
    return tuple(
        DecidedStep(
            verb_first=step["verb_first"],
            reason=step["reason"],
            is_done=taken[step["step_id"]].decision == StepTaken.Decision.DONE,
            is_referral=bool(taken[step["step_id"]].details.get("referral")),
            why=labels.get(taken[step["step_id"]].why, taken[step["step_id"]].why),
        )
        for step in entry.steps
        if step["step_id"] in taken
    )
