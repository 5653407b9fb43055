"""Taking, handing on, attempts and the call to the desk: refused with a sentence, never lost."""

from datetime import timedelta

import pytest

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics import actions as clinics
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.pathways.queries import (
    alerts_about,
    open_alerts_for,
    who_is_stopped_at_the_desk,
    who_must_wait,
    worklist_for,
)
from imparts.pathways.queries.alerts import story_of
from imparts.people import actions as people
from tests.apps.pathways.raising import DONE, an_alert, calls, covered, notices
from tests.builders import NOON, a_patient, an_appointment, staff_with, who

pytestmark = pytest.mark.django_db


def test_taking_it_twice_changes_nothing(service) -> None:
    alert = an_alert(service)
    for _ in range(2):
        pathways.acknowledge_alert(alert=alert, by="nurse", at=NOON, instead_of="")
    assert alert.events.filter(name="acknowledged").count() == 1


def test_whoever_takes_it_from_a_window_that_is_behind_is_told_who_has_it(service) -> None:
    alert, nurse = an_alert(service), staff_with("nurse", service)
    pathways.acknowledge_alert(alert=alert, by=nurse.username, at=NOON, instead_of="")
    with pytest.raises(pathways.NotDone, match=f"{nurse.name} took this alert at 12:00"):
        pathways.acknowledge_alert(alert=alert, by="other", at=NOON, instead_of="")
    pathways.acknowledge_alert(alert=alert, by="other", at=NOON, instead_of=nurse.username)
    assert story_of(alert).owner == "other"


def test_only_the_owner_hands_on_with_a_reason_to_someone_who_may_act_here(service) -> None:
    alert, nurse, other = an_alert(service), *(staff_with("nurse", service) for _ in range(2))
    desk = staff_with("receptionist", service)

    def hand_on(to=other, why="my clinic ends", by=nurse.username) -> None:
        pathways.hand_on_alert(alert=alert, to=to, why=why, by=by, at=NOON)

    with pytest.raises(pathways.NotDone, match="Take it first"):
        hand_on()
    pathways.acknowledge_alert(alert=alert, by=nurse.username, at=NOON)
    for wrong, said in (
        ({"by": other.username, "to": nurse}, "has this alert"),
        ({"to": nurse}, "You have this alert already"),
        ({"why": " "}, "Say why"),
        ({"to": desk}, "cannot act on alerts here"),
    ):
        with pytest.raises(pathways.NotDone, match=said):
            hand_on(**wrong)
    hand_on()
    with pytest.raises(pathways.NotDone, match=f"handed on to {other.name}"):
        hand_on(to=staff_with("nurse", service))
    story = story_of(alert)
    assert (story.state, story.owner, story.taken) == ("handed_on", other.username, None)


def test_an_attempt_to_reach_someone_is_kept_and_closes_nothing(service) -> None:
    alert = an_alert(service)
    pathways.record_attempt(
        alert=alert, how="phone", outcome="no answer", by="nurse", at=NOON
    )  # fmt: skip
    story = story_of(alert)
    assert [event.what for event in story.attempts] == ["Phoned the patient: no answer"]
    assert not story.is_closed
    for how, outcome in (("pigeon", "came back"), ("phone", " "), ("gp", "x" * 301)):
        with pytest.raises(pathways.NotDone, match="Say"):
            pathways.record_attempt(alert=alert, how=how, outcome=outcome, by="nurse", at=NOON)


def test_a_closed_alert_takes_nothing_more(service) -> None:
    alert, nurse = an_alert(service), staff_with("nurse", service)
    pathways.record_what_was_done(
        alert=alert, details=DONE, closes=True, by=nurse.username, at=NOON
    )  # fmt: skip
    before = alert.events.count()
    for again in (
        lambda: pathways.acknowledge_alert(alert=alert, by="other", at=NOON),
        lambda: pathways.hand_on_alert(alert=alert, to=nurse, why="x", by="other", at=NOON),
        lambda: pathways.record_attempt(alert=alert, how="phone", outcome="x", by="other", at=NOON),
    ):
        with pytest.raises(pathways.NotDone, match="already closed"):
            again()
    assert alert.events.count() == before


def test_reception_calls_the_owner_to_the_desk_and_pressing_twice_calls_once(service) -> None:
    held, appointment = covered(service), an_appointment(service)
    alert = an_alert(service, appointment=appointment.pk, patient_id=appointment.patient_id)
    for seconds in (0, 5):
        at = NOON + timedelta(seconds=seconds)
        assert pathways.call_owner_to_desk(appointment=appointment, by="reception", at=at)
    assert calls(alert) == [("desk", held["owner"].username)]
    assert notices("alert_at_desk") == [(held["owner"].pk, "")]
    later = NOON + timedelta(minutes=5)
    pathways.call_owner_to_desk(appointment=appointment, by="reception", at=later)
    assert [rung for rung, _ in calls(alert)] == ["desk", "desk 2"]


def test_whoever_took_it_is_called_to_the_desk(service) -> None:
    covered(service)
    appointment, nurse = an_appointment(service), staff_with("nurse", service)
    alert = an_alert(service, appointment=appointment.pk, patient_id=appointment.patient_id)
    pathways.acknowledge_alert(alert=alert, by=nurse.username, at=NOON)
    pathways.call_owner_to_desk(appointment=appointment, by="reception", at=NOON)
    assert calls(alert) == [("desk", nurse.username)]
    # A call to the desk is none of the ladder's.
    assert all(rung.called is None for rung in story_of(alert).rungs)


def test_without_an_open_alert_nobody_is_called_to_the_desk(service) -> None:
    appointment = an_appointment(service)
    assert not pathways.call_owner_to_desk(appointment=appointment, by="reception", at=NOON)
    assert not pathways.must_wait(appointment)


def test_checking_out_with_an_open_alert_is_refused_and_its_owner_is_called(service) -> None:
    held, appointment = covered(service), an_appointment(service)
    alert = an_alert(service, appointment=appointment.pk, patient_id=appointment.patient_id)
    clinics.check_in(appointment=appointment, by="reception", at=NOON)
    with pytest.raises(clinics.PleaseWait) as said:
        clinics.check_out(appointment=appointment, by="reception", at=NOON)
    assert calls(alert) == [("desk", held["owner"].username)]
    assert str(said.value) == "Please ask them to wait. A colleague is coming."
    pathways.record_what_was_done(alert=alert, details=DONE, closes=True, by="nurse", at=NOON)
    clinics.check_out(appointment=appointment, by="reception", at=NOON)
    assert appointment.moves.last().state == "left"


def test_someone_who_had_left_can_be_checked_out_once_an_attempt_is_recorded(service) -> None:
    appointment = an_appointment(service)
    alert = an_alert(service, appointment=appointment.pk, patient_id=appointment.patient_id)
    clinics.check_in(appointment=appointment, by="reception", at=NOON)
    assert who_must_wait(service.pk) == {appointment.patient_id}
    pathways.record_attempt(
        alert=alert, how="phone", outcome="no answer", by="nurse", at=NOON
    )  # fmt: skip
    clinics.check_out(appointment=appointment, by="reception", at=NOON)
    assert not story_of(alert).is_closed
    assert who_is_stopped_at_the_desk(service.pk) == {appointment.patient_id}


def test_joining_two_records_keeps_the_alert_open_and_found_under_the_surviving_one(
    service,
) -> None:
    covered(service)
    survivor, appointment = a_patient("Amara", "Thimblewick"), an_appointment(service)
    alert = an_alert(service, appointment=appointment.pk, patient_id=appointment.patient_id)
    people.merge(
        loser=appointment.patient, survivor=survivor, by="test", at=NOON, why="the same person"
    )  # fmt: skip
    nurse = who(staff_with("nurse", service))
    (story,) = open_alerts_for(nurse)
    assert story.alert.patient.merged_into == survivor
    assert alerts_about([alert.about])[alert.about][0].alert == alert
    assert who_is_stopped_at_the_desk(service.pk) == {survivor.pk, appointment.patient_id}
    # Somebody who comes under the surviving record is asked to wait too.
    again = an_appointment(service, survivor, at=NOON + timedelta(hours=1))
    assert pathways.must_wait(again)
    pathways.acknowledge_alert(alert=alert, by="nurse", at=NOON)
    pathways.record_what_was_done(alert=alert, details=DONE, closes=True, by="nurse", at=NOON)
    assert open_alerts_for(nurse) == []


def test_tier_b_is_in_the_worklist_and_stops_nobody_and_c_is_neither(service) -> None:
    nurse = who(staff_with("nurse", service))
    second, _ = an_alert(service, tier="B"), an_alert(service, tier="C")
    assert open_alerts_for(nurse) == []
    assert [story.alert for story in worklist_for(nurse)] == [second]
    assert who_is_stopped_at_the_desk(service.pk) == set()


def test_a_repeated_answer_joins_its_alert(service) -> None:
    alert = an_alert(service)
    for value, words in ((1, "several days"), (2, "more than half the days")):
        an_alert(service, about=alert.about, patient_id=alert.patient_id, value=value, words=words)
    assert Alert.objects.count() == 1
    assert [event.value for event in story_of(alert).answers] == [1, 2]


def test_what_is_answered_after_a_person_has_closed_it_is_an_alert_of_its_own(service) -> None:
    covered(service)
    first = an_alert(service, kind="declined", value=None, words="chose not to answer")
    pathways.record_what_was_done(alert=first, details=DONE, closes=True, by="nurse", at=NOON)
    same = {"about": first.about, "patient_id": first.patient_id}
    assert (
        an_alert(service, kind="declined", value=None, words="chose not to answer", **same) == first
    )
    second = an_alert(service, value=3, words="nearly every day", **same)
    assert second != first
    (story,) = open_alerts_for(who(staff_with("nurse", service)))
    assert (story.alert, story.gravest.value) == (second, 3)
    pathways.note_answer(
        about=first.about, instrument="phq9", item="q9", value=0, words="not at all", by="patient",
        at=NOON,
    )  # fmt: skip
    assert [event.value for event in story_of(second).answers] == [3, 0]
    assert pathways.escalate_due(at=NOON) == 1


def test_every_step_is_in_the_audit(service) -> None:
    covered(service)
    alert, nurse, other = an_alert(service), *(staff_with("nurse", service) for _ in range(2))
    pathways.escalate_due(at=NOON)
    pathways.acknowledge_alert(alert=alert, by=nurse.username, at=NOON)
    pathways.record_attempt(
        alert=alert, how="gp", outcome="told", by=nurse.username, at=NOON
    )  # fmt: skip
    pathways.hand_on_alert(alert=alert, to=other, why="ends", by=nurse.username, at=NOON)
    did = list(
        AuditEntry.objects.filter(about=f"alert {alert.pk}").order_by("id")
        .values_list("did", flat=True)
    )  # fmt: skip
    assert did == [
        "raised alert", "called owner", "took alert", "tried to reach patient", "handed on alert",
    ]  # fmt: skip
