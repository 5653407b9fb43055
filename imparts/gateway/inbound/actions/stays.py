"""Stays as the record tells them: what each event says of a stay, and the place that it names."""

from datetime import datetime

from imparts.gateway.hl7v2.adt import Admission
from imparts.gateway.hl7v2.visit import Place
from imparts.gateway.inbound.actions.as_of import moment_of, written
from imparts.gateway.inbound.actions.patients import BY, About
from imparts.gateway.inbound.actions.refusals import Did, Refused
from imparts.gateway.inbound.models import KnownSender
from imparts.informatics.clinics import actions as clinics

# What each event says of a stay. A cancelled message (A11, A13) undoes what it names and no more:
# the admission, or the discharge, of the visit whose number it bears.
_SAYS = {
    "A01": "admitted",
    "A02": "transferred",
    "A03": "discharged",
    "A04": "admitted",
    "A05": "expected",
    "A08": "updated",
    "A11": "admission_cancelled",
    "A13": "discharge_cancelled",
}
_NO_STAY = ("O", "R")  # PV1-2: outpatients and repeated attendances stay nowhere
_UPDATES = ("A04", "A08")


def say(told: Admission, about: About, *, sender: KnownSender, at: datetime) -> Did | None:
    """Keep what a message says of a stay; None where it says nothing, or nothing new."""
    what = _SAYS.get(told.event)
    if what is None or _is_no_stay(told):
        return None
    visit = told.visit
    place = (visit.place.ward, visit.place.room, visit.place.bed)
    # An update that names the known place stores no move; that it was said then is kept, so that
    # a move that comes later, and was said before it, cannot take its place.
    fact, said = f"place {visit.number}".strip(), written(told.times.said_at)
    confirmed = about.found.times.get(fact)
    by_visit = {"admitted": visit.admitted_at, "discharged": visit.discharged_at}
    try:
        move = clinics.say_of_stay(
            patient=about.patient, organisation=sender.organisation, visit_number=visit.number,
            what=what, place=place, happened_at=by_visit.get(what) or told.times.happened_at,
            said_at=told.times.said_at, by=BY, at=at,
            confirmed_at=moment_of(confirmed) if confirmed and confirmed > said else None,
        )  # fmt: skip
    except clinics.StayRefused as refused:
        raise Refused(str(refused), where="PV1-19") from refused
    if move is None:
        if about.found.is_news(fact, said):
            about.found.was_said([fact], said)
        return None
    return {"did": what, "stay": str(move.stay_id)}


def _is_no_stay(told: Admission) -> bool:
    """An outpatient's visit is no stay; nor is a registration, or an update that names no place."""
    visit = told.visit
    if visit.patient_class in _NO_STAY:
        return True
    if told.event not in _UPDATES:
        return False
    return visit.place == Place() or visit.patient_class not in ("I", "E")
