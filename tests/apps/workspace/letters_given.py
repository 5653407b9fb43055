"""Given for letters: a visit with moderate low mood, its referral drafted, its letter made."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from imparts.access.models import Staff
from imparts.informatics.questionnaires.models import Invitation
from imparts.integrated_care.referrals.actions import draft_referral
from imparts.integrated_care.referrals.models import Letter, Referral
from imparts.organisations.models import Service
from imparts.pathways.queries import entry_about
from imparts.people.models import Patient
from tests.apps.workspace.given import signed_in_as
from tests.apps.workspace.morning import A_MORNING
from tests.builders import a_patient, a_sent_sitting, a_service, staff_with

EARLIER = A_MORNING - timedelta(days=154)
MODERATE = {"q1": 2, "q2": 2, "q3": 3, "q4": 3, "q5": 1, "q6": 1, "q7": 1, "q8": 1, "q9": 0}
SAID = {"asked": "see", "agreement": "agreed"}


class Visit:
    """One visit at a service, and the consultant who reads it."""

    def __init__(self, patient: Patient | None = None, **given: Any) -> None:
        self.service: Service = a_service()
        self.patient = patient or a_patient()
        a_sent_sitting(self.service, self.patient, at=EARLIER, phq9={"q3": 3, "q4": 3})
        given = given or {"phq9": MODERATE}
        self.sent: Invitation = a_sent_sitting(self.service, self.patient, at=A_MORNING, **given)
        self.consultant: Staff = staff_with("consultant", self.service)
        self.entry = entry_about(self.sent.pk)
        assert self.entry is not None

    def step(self, *, option: str = "talking_therapies") -> str:
        """The suggested step that offers an option."""
        found = [s for s in self.entry.steps if option in (s.get("options") or [s["step_id"]])]
        return str(found[0]["step_id"])

    def referral(self, *, option: str = "talking_therapies") -> Referral:
        """The referral that accepting the step leads to."""
        return draft_referral(
            entry=self.entry, step=self.step(option=option), by=self.consultant.username,
            at=A_MORNING,
        )  # fmt: skip

    @property
    def letter_address(self) -> str:
        """Where the letter to the GP is chosen."""
        return reverse("workspace:gp_letter", args=[self.patient.pk, self.sent.pk])

    def browser(self, client: Any) -> Any:
        """The consultant's browser."""
        return signed_in_as(client, self.consultant)


def made_letter(client: Any, visit: Visit, **said: Any) -> Letter:
    """A letter to the GP, made as a person makes it."""
    answer = visit.browser(client).post(visit.letter_address, {**SAID, **said, "do": "make"})
    assert answer.status_code == 302, answer.content.decode()
    return Letter.objects.get(pk=answer["Location"].strip("/").split("/")[-1])
