"""Stored: hands the worked-out rows to the app that owns each table."""

from datetime import datetime

from imparts.demo.past.chunks import Worked
from imparts.informatics.clinics.actions import history as clinics
from imparts.informatics.questionnaires.actions import history as questionnaires
from imparts.informatics.results.actions import history as results
from imparts.informatics.results.actions import past_measures
from imparts.pathways.actions import history as pathways
from imparts.pathways.actions import past_treatments
from imparts.people.actions import history as people


def store(
    worked: Worked, *, sessions: dict[clinics.SessionKey, int], by: str, at: datetime
) -> None:
    """Copy one chunk; `sessions` remembers the sittings of clinics that are open already."""
    registered, rows = worked.registrations, worked.rows
    people.load_history(
        patients=registered.patients, identifiers=registered.identifiers,
        contact_points=registered.contact_points, relationships=registered.relationships,
        by=by, at=at,
    )  # fmt: skip
    clinics.load_history(
        appointments=rows.appointments, moves=rows.moves, sessions=sessions, by=by, at=at
    )
    questionnaires.load_history(
        invitations=rows.invitations, hand_overs=rows.hand_overs, given=rows.given,
        responses=rows.responses, answers=rows.answers, outcomes=rows.outcomes, by=by, at=at,
    )  # fmt: skip
    results.load_history(scores=rows.scores, by=by, at=at)
    past_measures.load_measures(
        measures=worked.bodies.measures, baselines=worked.bodies.baselines, by=by, at=at
    )
    past_treatments.load_treatments(treatments=worked.bodies.treatments, by=by, at=at)
    pathways.load_history(alerts=rows.alerts, entries=rows.entries, by=by, at=at)
