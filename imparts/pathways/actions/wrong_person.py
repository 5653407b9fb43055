"""The wrong person: an alert of answers that were not this patient's.

It is not closed by that. Somebody may already be on the way to this patient, and nothing of an
alert is ever lost: it says what happened, and a person closes it once it has been raised for the
person who answered. Until then it can only be closed as every alert is.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from imparts.pathways.actions.acting import close
from imparts.pathways.actions.alerts import raise_alert
from imparts.pathways.actions.events import add_event, hold, hold_open, keep_account
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries.alerts import alerts_about, story_of
from imparts.pathways.queries.stories import AlertStory

Name = AlertEvent.Name
WRONGLY_FILED = "The answers were filed to the wrong person"
RAISED_ANEW = "The same answers: an alert was raised for the person who gave them"
NOT_THEIRS = "These were another person's answers. An alert was raised for that person."


def note_wrong_person(*, about: UUID, by: str, at: datetime) -> None:
    """Say in every alert of a sitting, open or closed, that the answers were another person's."""
    for alert in Alert.objects.filter(about=about).order_by("id"):
        _note(alert, WRONGLY_FILED, {"wrong_person": True}, by=by, at=at)


def raise_for_right_person(
    *,
    from_sitting: UUID,
    about: UUID,
    patient_id: UUID,
    service_id: int,
    appointment: UUID | None,
    said: str,
    details: Mapping[str, Any],
    by: str,
    at: datetime,
) -> list[Alert]:
    """Raise every alert of a sitting anew for the person who answered; the clock begins now.

    Those that somebody had closed too: whoever closed them looked at another person's record.
    `said` follows the answer: on which day it was given. The old one is told that it was done.
    """
    made: list[Alert] = []
    with transaction.atomic():
        for story in alerts_about([from_sitting]).get(from_sitting, []):
            gravest = story.gravest
            kept = {name: gravest.details[name] for name in _KEPT if name in gravest.details}
            made.append(
                raise_alert(
                    patient_id=patient_id, service_id=service_id, about=about,
                    appointment=appointment, instrument=story.alert.instrument,
                    item=story.alert.item, kind=gravest.kind, value=gravest.value,
                    words=f"{gravest.what}{said}"[:300], by=by, at=at, tier=story.tier,
                    details={**kept, **details},
                )
            )  # fmt: skip
            _note(story.alert, RAISED_ANEW, {"raised_anew": True}, by=by, at=at)
    return made


_KEPT = ("question", "do", "do_in_row")


def close_wrongly_filed(*, alert: Alert, by: str, at: datetime) -> None:
    """Close the alert of the person who did not answer, once it was raised for the one who did."""
    with transaction.atomic():
        hold_open(alert)
        if not may_be_closed(story_of(alert)):
            raise NotDone(
                "Say first whose answers these were. The alert is then raised for that person, and "
                "this one can be closed."
            )
        add_event(alert, Name.ACTED, by=by, at=at, details={"reason": NOT_THEIRS})
        close(alert, by=by, at=at)
        keep_account(alert, "closed alert of wrong person", by=by, at=at)


def may_be_closed(story: AlertStory) -> bool:
    """Whether it has been raised anew for the person who answered, so that nothing is lost."""
    return any(event.details.get("raised_anew") for event in story.events)


def _note(alert: Alert, what: str, details: Mapping[str, Any], *, by: str, at: datetime) -> None:
    hold(alert)
    add_event(alert, Name.NOTED, by=by, at=at, what=what, details=details)
    keep_account(alert, "noted on alert", by=by, at=at)
