"""Acted: brings one appointment as far as its part says, each step at its own moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from imparts.demo.day import at_tablet
from imparts.demo.day.parts import Part, Timeline
from imparts.demo.day.queries import patient
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.pathways import actions as pathways
from imparts.pathways.queries import alerts_about, entry_about

if TYPE_CHECKING:
    from imparts.access.models import Tablet
    from imparts.informatics.clinics.models import Appointment, ClinicSession
    from imparts.informatics.questionnaires.models import HandOver

_ANSWERING_TAKES = 6  # minutes


def act(
    part: Part, session: "ClinicSession", timeline: Timeline, *, suffix: str,
    tablets: "Sequence[Tablet]",
) -> None:  # fmt: skip
    """Book, check in, ask, call in, look after alerts, check out: whatever has happened so far."""
    reception, nurse, consultant = (
        f"{who}.{suffix}" for who in ("reception", "nurse", "consultant")
    )
    appointment = clinics.book(
        session=session, patient=patient(part.patient),
        appointment_at=timeline.around(part.minutes), by=reception,
        at=timeline.at - timedelta(days=21),
    )  # fmt: skip
    if part.days_before:
        _ask(part, appointment, timeline, by="patient", tablet=None)
    if part.state == "did_not_attend":
        clinics.mark_did_not_attend(
            appointment=appointment, by=reception, at=timeline.before(part.moved)
        )
    elif part.state != "booked":
        clinics.check_in(
            appointment=appointment, by=reception, at=timeline.before(part.arrived),
            place=part.place if part.state == "arrived" else "Area A",
        )  # fmt: skip
    if not part.days_before and part.asking != "none":
        _ask(part, appointment, timeline, by=reception, tablet=tablets[part.tablet - 1])
    if part.state in ("in_room", "left"):
        _see(part, appointment, timeline, nurse=nurse, consultant=consultant, reception=reception)


def _ask(
    part: Part, appointment: "Appointment", timeline: Timeline, *, by: str, tablet: "Tablet | None"
) -> None:
    asked_at = timeline.before(part.asked) - timedelta(days=part.days_before)
    if part.asking not in ("finished", "answering"):
        hand_overs.not_asked(appointment=appointment, outcome=part.asking, by=by, at=asked_at)
        return
    began_at, ended_at = asked_at, timeline.at
    if part.asking == "finished":
        squeezed = timeline.before(part.asked + _ANSWERING_TAKES) - timeline.before(part.asked)
        began_at, ended_at = asked_at + squeezed, asked_at
    hand_over = at_tablet.hand_to(
        appointment, tablet, who_helped=part.who_helped, by=by, at=began_at
    )
    at_tablet.answer_all(
        hand_over, part.answers or {}, began_at=began_at, ended_at=ended_at,
        stops_after=part.stops_after,
    )  # fmt: skip
    if part.asking == "finished":
        at_tablet.send(hand_over, at=ended_at)
        if part.decides:
            _decide(hand_over, by=f"consultant.{by.partition('.')[2]}", at=ended_at)
    elif part.asks_for_help:
        hand_overs.ask_for_help(hand_over=hand_over, at=timeline.before(1))


def _decide(hand_over: "HandOver", *, by: str, at: datetime) -> None:
    """The clinician does what was suggested, except where there is an alert: see _see."""
    entry = entry_about(hand_over.invitation_id)
    for step in entry.steps if entry else ():
        pathways.decide_step(
            entry=entry, step=step["step_id"], decision="done", why="", by=by, at=at
        )


def _see(
    part: Part, appointment: "Appointment", timeline: Timeline, *, nurse: str, consultant: str,
    reception: str,
) -> None:  # fmt: skip
    """Into the room and out of it; nobody leaves with an alert that nobody acted on."""
    called = min(part.arrived - 1, part.moved + 18) if part.state == "left" else part.moved
    for invitation in appointment.invitations.all():
        for story in alerts_about([invitation.pk]).get(invitation.pk, ()):
            taken = max(part.asked - 4, called)
            pathways.record_seen(alert=story.alert, by=nurse, at=timeline.before(taken + 1))
            pathways.acknowledge_alert(alert=story.alert, by=nurse, at=timeline.before(taken))
            done = max(taken - 16, part.moved)
            pathways.record_what_was_done(
                alert=story.alert, details=_WHAT_WAS_DONE, closes=True, by=nurse,
                at=timeline.before(done),
            )  # fmt: skip
    room = part.place or "Room 1"
    clinics.call_in(appointment=appointment, by=consultant, at=timeline.before(called), place=room)
    if part.state == "left":
        clinics.check_out(appointment=appointment, by=reception, at=timeline.before(part.moved))


_WHAT_WAS_DONE = {
    "talked_by": "me",
    "action": "gp",
    "reason": "GP told by phone, with consent",
    "safety_plan": "updated",
    "follow_up_by": "Clinic nurse",
}
