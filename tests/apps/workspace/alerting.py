"""Alerts given to the tests of their pages: one positive answer, and who holds which duty."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.pathways.queries import cover_on
from tests.apps.workspace.morning import A_MORNING
from tests.builders import a_hand_over, a_patient, an_appointment, answer

EARLIER = A_MORNING - timedelta(minutes=10)
A_DAY = A_MORNING.date()
DONE = {"talked_by": "me", "action": "gp", "reason": "GP told, with consent"}


def an_alert(service: Any, *, value: int | None = 1, family_name: str = "Thimblewick") -> Alert:
    """Item 9 answered ten minutes ago on a tablet in the clinic."""
    patient = a_patient(family_name=family_name)
    hand_over = a_hand_over(an_appointment(service, patient, at=A_MORNING), at=EARLIER)
    answer(hand_over, "phq9", "q9", value, at=EARLIER)
    return Alert.objects.get(about=hand_over.invitation_id)


def address(name: str, alert: Alert) -> str:
    """A page or button of one alert."""
    return reverse(f"workspace:{name}", args=[alert.pk])


def holder(service: Any, duty: str, *, on: date = A_DAY) -> Any:
    """Who holds a duty of the service that day."""
    return cover_on(service, on).of(duty).staff


def escalate(minutes: int) -> int:
    """The worker looks, so many minutes after the answer."""
    return pathways.escalate_due(at=EARLIER + timedelta(minutes=minutes))
