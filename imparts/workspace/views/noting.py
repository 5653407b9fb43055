"""Noting looks: who saw which list or which patient, and why, in the audit of every view."""

from datetime import datetime
from typing import TYPE_CHECKING

from imparts.access.queries import Asking
from imparts.audit import actions as audit
from imparts.people.queries import why_visible
from imparts.workspace.queries.looks import is_noted

if TYPE_CHECKING:
    from imparts.people.models import Patient


def note_list(asking: Asking, *, did: str, about: str, at: datetime) -> None:
    """A look at a list, once in a quarter of an hour: an open page refreshes by itself."""
    if not is_noted(asking.username, did=did, about=about, at=at):
        audit.record(who=asking.username, did=did, about=about, at=at)


def note_patient(
    asking: Asking, patient: "Patient", *, did: str, at: datetime, about: str = ""
) -> None:
    """A look at one patient, every time, with the relationship that allows it."""
    why = why_visible(asking, patient, on=at.date())
    audit.record(who=asking.username, did=did, patient=patient.pk, about=about, why=why, at=at)
