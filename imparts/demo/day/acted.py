"""Acted: what one patient has answered today, through the product's own actions.

So alerts, what the pathways suggest, what the hospital record is owed and the audit are all there,
as in live running.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.demo.day import at_tablet
from imparts.demo.day.parts import Part, Timeline
from imparts.demo.places.cover import say_yes
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.pathways import actions as pathways
from imparts.pathways.queries import alerts_about, entry_about

if TYPE_CHECKING:
    from imparts.access.models import Tablet
    from imparts.informatics.clinics.models import Appointment
    from imparts.informatics.questionnaires.models import HandOver

_ANSWERING_TAKES = 6  # minutes


def act(
    part: Part,
    appointment: "Appointment",
    timeline: Timeline,
    *,
    suffix: str,
    tablets: "Sequence[Tablet]",
) -> None:
    """Hand over, answer, send if the part says so; look after the alerts of whoever was seen."""
    at_home = part.days_before > 0
    by, tablet = ("patient", None) if at_home else (f"reception.{suffix}", tablets[part.tablet - 1])
    asked_at = timeline.before(part.asked) - timedelta(days=part.days_before)
    began_at, ended_at = asked_at, timeline.at
    if part.asking == "finished":
        took = timeline.before(part.asked) - timeline.before(part.asked + _ANSWERING_TAKES)
        began_at, ended_at = asked_at - took, asked_at
    if at_home:
        say_yes(appointment.session.service, at=began_at)
    hand_over = at_tablet.hand_to(
        appointment, tablet, who_helped=part.who_helped, by=by, at=began_at
    )
    at_tablet.answer_all(
        hand_over, part.answers or {}, began_at=began_at, ended_at=ended_at,
        stops_after=part.stops_after,
    )  # fmt: skip
    if part.asking == "finished":
        at_tablet.send(hand_over, at=ended_at)
        _follow_up(part, hand_over, timeline, suffix=suffix)
    elif part.asks_for_help:
        hand_overs.ask_for_help(hand_over=hand_over, at=timeline.before(1))


def _follow_up(part: Part, hand_over: "HandOver", timeline: Timeline, *, suffix: str) -> None:
    """Nobody who was seen has left with an alert that nobody acted on."""
    if part.state in ("in_room", "left"):
        taken = max(part.asked - 4, part.called_in)
        close_alerts(
            hand_over.invitation_id, by=f"nurse.{suffix}", taken_at=timeline.before(taken),
            done_at=timeline.before(max(taken - 16, part.moved)),
        )  # fmt: skip
    if part.decides:
        _decide(hand_over, by=f"consultant.{suffix}", at=timeline.before(part.moved))


def _decide(hand_over: "HandOver", *, by: str, at: datetime) -> None:
    """The clinician does what was suggested."""
    entry = entry_about(hand_over.invitation_id)
    if entry is None:
        return
    for step in entry.steps:
        pathways.decide_step(
            entry=entry, step=step["step_id"], decision="done", why="", by=by, at=at
        )


def close_alerts(sitting: UUID, *, by: str, taken_at: datetime, done_at: datetime) -> None:
    """Someone takes each open alert of a sitting, talks with the patient, says what was done."""
    for story in alerts_about([sitting]).get(sitting, ()):
        if story.is_closed:
            continue
        pathways.record_seen(alert=story.alert, by=by, at=taken_at)
        pathways.acknowledge_alert(alert=story.alert, by=by, at=taken_at)
        pathways.record_what_was_done(
            alert=story.alert, details=_WHAT_WAS_DONE, closes=True, by=by, at=done_at
        )


_WHAT_WAS_DONE = {
    "talked_by": "me",
    "action": "gp",
    "reason": "GP told by phone, with consent",
    "safety_plan": "updated",
    "follow_up_by": "Clinic nurse",
}
