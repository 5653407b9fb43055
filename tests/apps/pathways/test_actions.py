"""An alert ends only when a person says what was done (hazard H1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert, PathwayEntry, StepTaken
from imparts.pathways.queries import (
    alert_for,
    open_alert_count,
    open_alerts_for,
    who_is_stopped_at_the_desk,
)
from tests.builders import NOON, a_patient, a_service, staff_with, who

pytestmark = pytest.mark.django_db
DONE = {"talked_by": "me", "action": "gp", "reason": "GP told, with consent", "safety_plan": "made"}


def _alert(service, **changes) -> Alert:
    patient = a_patient()
    return pathways.raise_alert(
        **{
            "patient_id": patient.pk, "service_id": service.pk, "about": uuid4(),
            "appointment": None, "instrument": "phq9", "item": "q9", "kind": "positive",
            "value": 1, "words": "several days", "by": "patient", "at": NOON,
        } | changes
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["talked_by", "action", "reason"])
def test_an_alert_cannot_be_closed_without_a_talk_an_action_and_a_reason(missing: str) -> None:
    service = a_service(with_content=False)
    alert = _alert(service)
    with pytest.raises(pathways.NotDone):
        pathways.record_what_was_done(
            alert=alert, details=DONE | {missing: ""}, closes=True, by="nurse", at=NOON
        )
    assert open_alert_count(who(staff_with("nurse", service))) == 1


def test_nobody_yet_is_no_talk() -> None:
    with pytest.raises(pathways.NotDone, match="who talked"):
        pathways.record_what_was_done(
            alert=_alert(a_service(with_content=False)), details=DONE | {"talked_by": "nobody"},
            closes=True, by="nurse", at=NOON,
        )  # fmt: skip


def test_saving_without_closing_keeps_it_open() -> None:
    service = a_service(with_content=False)
    alert = _alert(service)
    pathways.record_what_was_done(
        alert=alert, details={"talked_by": "nobody"}, closes=False, by="nurse", at=NOON
    )
    assert open_alert_count(who(staff_with("nurse", service))) == 1


def test_taking_names_the_owner_and_does_not_close() -> None:
    service = a_service(with_content=False)
    alert, nurse = _alert(service), who(staff_with("nurse", service))
    pathways.acknowledge_alert(alert=alert, by="nurse", at=NOON + timedelta(minutes=3))
    (story,) = open_alerts_for(nurse)
    assert (story.taken.by, story.taken.at) == ("nurse", NOON + timedelta(minutes=3))


def test_a_closed_alert_keeps_its_story_and_takes_nothing_more() -> None:
    service = a_service(with_content=False)
    alert, nurse = _alert(service), who(staff_with("nurse", service))
    pathways.record_what_was_done(alert=alert, details=DONE, closes=True, by="nurse", at=NOON)
    story = alert_for(nurse, alert.pk)
    assert story.is_closed
    assert story.acted.details["action"] == "gp"
    for again in (
        lambda: pathways.acknowledge_alert(alert=alert, by="other", at=NOON),
        lambda: pathways.record_what_was_done(
            alert=alert, details=DONE, closes=True, by="other", at=NOON
        ),
    ):
        with pytest.raises(pathways.NotDone, match="already closed"):
            again()


def test_another_services_staff_do_not_find_the_alert() -> None:
    alert = _alert(a_service(with_content=False))
    stranger = who(staff_with("nurse", a_service("Dermatology", with_content=False)))
    with pytest.raises(Http404):
        alert_for(stranger, alert.pk)
    assert open_alerts_for(stranger) == []


def test_reception_learns_whom_to_ask_to_wait_and_sees_no_alert() -> None:
    service = a_service(with_content=False)
    alert = _alert(service)
    desk = who(staff_with("receptionist", service))
    assert who_is_stopped_at_the_desk(service.pk) == {alert.patient_id}
    assert open_alerts_for(desk) == []


def test_the_deputy_is_called_fifteen_minutes_and_liaison_thirty_after_raising() -> None:
    service = a_service(with_content=False)
    _alert(service)
    (story,) = open_alerts_for(who(staff_with("nurse", service)))
    assert story.deputy_at == NOON + timedelta(minutes=15)
    assert story.liaison_at == NOON + timedelta(minutes=30)


def test_not_now_needs_a_reason_and_a_step_must_have_been_suggested() -> None:
    service, patient = a_service(with_content=False), a_patient()
    entry = PathwayEntry.objects.create(
        patient=patient, service=service, about=uuid4(), at=NOON, steps=[{"step_id": "talk"}]
    )
    for step, why in (("talk", " "), ("other", "no time")):
        with pytest.raises(pathways.NotDone):
            pathways.decide_step(
                entry=entry, step=step, decision="not_now", why=why, by="nurse", at=NOON
            )
    pathways.decide_step(entry=entry, step="talk", decision="done", why="", by="nurse", at=NOON)
    assert StepTaken.objects.get().decision == "done"
