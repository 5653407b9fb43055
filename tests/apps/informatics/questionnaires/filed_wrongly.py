"""Answers that were filed to the wrong person, and taken away from them again."""

from datetime import timedelta

from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions.withdrawing import withdraw_response
from imparts.informatics.questionnaires.models import Invitation, WithdrawnSitting
from tests.builders import NOON

LATER = NOON + timedelta(hours=2)
WHY = "The tablet was handed to the next patient."


def withdrawn(sent: Invitation, right: Appointment | None = None) -> WithdrawnSitting:
    """Somebody has seen whose they are not, and perhaps whose they are."""
    return withdraw_response(sitting=sent.pk, why=WHY, by="nurse.test", at=LATER, belongs_to=right)
