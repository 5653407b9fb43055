"""Acting: what was said and done, what was tried when the patient had left; and the only closing.

Nothing closes by itself. `close` is called in two places: here, with a talk, an action and a name;
and by a person for an alert of somebody else's answers (wrong_person.py).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from imparts.pathways.actions.events import add_event, hold_open, keep_account
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.actions.telling_record import end_flags
from imparts.pathways.models import Alert, AlertEvent

Name = AlertEvent.Name
# REFERENCE 3.2, step 4: in this order, by local policy.
WAYS_TO_REACH = {
    "phone": "Phoned the patient",
    "contact": "Tried an agreed contact",
    "gp": "Told the GP",
    "crisis_team": "Told the crisis team",
    "police": "Asked the police for a welfare check",
}
LONGEST = 300


def record_what_was_done(
    *, alert: Alert, details: Mapping[str, Any], closes: bool, by: str, at: datetime
) -> None:
    """Store what was said and done; close the alert only with a talk, an action and a name.

    `details` holds the fields of REFERENCE 3.2 as the form gives them: talked_by, action, reason,
    safety_plan, follow_up_on, follow_up_by and the topics of the talk. No score, no risk grade.
    """
    with transaction.atomic():
        hold_open(alert)
        if closes:
            _refuse_to_close_without(details)
        add_event(alert, Name.ACTED if closes else Name.NOTED, by=by, at=at, details=details)
        if closes:
            close(alert, by=by, at=at)
        keep_account(alert, "closed alert" if closes else "noted on alert", by=by, at=at)


def record_attempt(*, alert: Alert, how: str, outcome: str, by: str, at: datetime) -> None:
    """Store one attempt to reach a person who has left, with what came of it. It closes nothing."""
    if how not in WAYS_TO_REACH:
        raise NotDone("Say how you tried to reach the patient.")
    if not outcome.strip():
        raise NotDone("Say what came of it, for example: no answer, message left to call back.")
    if len(outcome.strip()) > LONGEST:
        raise NotDone(f"Say what came of it in at most {LONGEST} letters.")
    with transaction.atomic():
        hold_open(alert)
        details = {"attempt": how, "outcome": outcome.strip()}
        add_event(
            alert, Name.NOTED, by=by, at=at, details=details,
            what=f"{WAYS_TO_REACH[how]}: {outcome.strip()}"[:LONGEST],
        )  # fmt: skip
        keep_account(alert, "tried to reach patient", by=by, at=at)


def close(alert: Alert, *, by: str, at: datetime) -> None:
    """Close it, once. Whoever calls this has said why, and holds the alert."""
    try:
        with transaction.atomic():
            add_event(alert, Name.CLOSED, by=by, at=at)
            end_flags(alert, at=at)
    except IntegrityError as closed_meanwhile:  # the database allows one closing an alert
        raise NotDone("Someone else closed this alert just now.") from closed_meanwhile


def _refuse_to_close_without(details: Mapping[str, Any]) -> None:
    if details.get("talked_by") not in ("me", "someone_else"):
        raise NotDone("Say who talked with the patient. An alert cannot be closed before that.")
    if not details.get("action"):
        raise NotDone("Say what was done. Only that can close the alert.")
    if not str(details.get("reason", "")).strip():
        raise NotDone("Give the reason, or who was told and with what consent.")
