"""What is broken in one place stops no call in another, and nobody named is not the end (H1)."""

import logging
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest

from imparts.pathways import actions as pathways
from imparts.pathways.models import AlertClocks
from imparts.pathways.queries import are_clocks_confirmed, clocks_of
from imparts.pathways.queries.alerts import story_of
from imparts.pathways.queries.ladders import due_in
from imparts.pathways.queries.stories import stories_of
from imparts.rules.alerting.clocks import DEFAULT_CLOCKS
from tests.apps.pathways.raising import an_alert, calls, covered, notices, stands
from tests.builders import NOON, a_service, staff_with

pytestmark = pytest.mark.django_db


def _after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def _broken_clocks(service) -> None:
    AlertClocks.objects.create(
        service=service, deputy_after=40, liaison_after=20, opens_at="08:00", closes_at="18:00",
        weekdays="12345", unread_by="10:00", out_of_hours="Ring 111", at=_after(-60), by="test",
    )  # fmt: skip


def test_clocks_that_cannot_be_read_stop_no_call_and_it_is_said(service, caplog) -> None:
    elsewhere = a_service("Dermatology", with_content=False)
    for each in (service, elsewhere):
        covered(each)
    _broken_clocks(service)
    broken, sound = an_alert(service), an_alert(elsewhere)
    with caplog.at_level(logging.ERROR):
        assert pathways.escalate_due(at=_after(15)) == 4
    assert [len(calls(broken)), len(calls(sound))] == [2, 2]
    assert f"alert clocks of service {service.pk} cannot be read" in caplog.text
    assert clocks_of(service) == DEFAULT_CLOCKS
    assert not are_clocks_confirmed(service)


def test_an_alert_whose_ladder_cannot_be_worked_out_stops_no_other(service, caplog) -> None:
    covered(service)
    first, second = an_alert(service), an_alert(service)

    def fails_for_the_first(story, *, at):
        if story.alert == first:
            raise ValueError("broken")
        return due_in(story, at=at)

    broken = patch("imparts.pathways.actions.escalating.due_in", fails_for_the_first)
    with broken, pytest.raises(ExceptionGroup):
        pathways.escalate_due(at=NOON)
    assert (len(calls(first)), len(calls(second))) == (0, 1)
    assert f"alert {first.pk} could not be looked at" in caplog.text


def test_when_stories_cannot_be_read_together_each_is_read_alone(service) -> None:
    covered(service)
    alert = an_alert(service)

    def broken_together(alerts):
        raise ValueError("broken")

    with patch("imparts.pathways.actions.escalating.stories_of", broken_together):
        assert pathways.escalate_due(at=NOON) == 1
    assert len(calls(alert)) == len(stories_of(type(alert).objects.all())[0].calls) == 1


def test_answering_again_after_midnight_makes_nobody_wait_for_the_morning(service) -> None:
    late = NOON.replace(hour=23, minute=50)
    covered(service, on=late.date())
    alert = an_alert(service, at=late)
    an_alert(
        service, about=alert.about, patient_id=alert.patient_id, appointment=alert.appointment,
        value=2, words="more than half the days", at=late + timedelta(minutes=11),
        details={"at_home": True},
    )  # fmt: skip
    pathways.escalate_due(at=late + timedelta(minutes=15))
    assert [rung for rung, _ in calls(alert)] == ["owner", "deputy"]


def test_whoever_answered_at_home_and_then_comes_is_in_clinic(service) -> None:
    covered(service)
    evening = NOON - timedelta(hours=16)
    alert = an_alert(service, at=evening, details={"at_home": True})
    early = NOON.replace(hour=7, minute=0)
    assert pathways.escalate_due(at=early) == 0
    an_alert(
        service, about=alert.about, patient_id=alert.patient_id, appointment=alert.appointment,
        value=2, words="more than half the days", at=early,
    )  # fmt: skip
    assert pathways.escalate_due(at=early) > 0


def test_who_is_named_late_is_called_once_while_the_alert_waits(service) -> None:
    alert = an_alert(service)
    pathways.escalate_due(at=NOON)
    assert ("deputy", "") in calls(alert)
    deputy = staff_with("nurse", service)
    stands(service, "deputy", deputy)
    assert pathways.escalate_due(at=_after(5)) == 1
    assert calls(alert)[-1] == ("deputy later", deputy.username)
    assert notices()[-1] == (deputy.pk, "deputy")
    assert pathways.escalate_due(at=_after(6)) == 0
    assert "named later" in story_of(alert).calls[-1].what


def test_who_is_named_after_somebody_took_it_is_not_called(service) -> None:
    alert = an_alert(service)
    pathways.escalate_due(at=NOON)
    pathways.acknowledge_alert(alert=alert, by="nurse", at=_after(1))
    stands(service, "deputy", staff_with("nurse", service))
    assert pathways.escalate_due(at=_after(5)) == 0


def test_when_nobody_holds_any_duty_everyone_who_may_take_alerts_is_called(service) -> None:
    nurse, consultant = staff_with("nurse", service), staff_with("consultant", service)
    staff_with("receptionist", service)
    alert = an_alert(service)
    pathways.escalate_due(at=NOON)
    last = story_of(alert).calls[4:]
    assert {event.for_whom for event in last} == {nurse.username, consultant.username}
    assert [event.rung for event in last] == ["everyone", "everyone, 2"]
    assert "nobody holds any duty" in last[0].what
    assert {staff for staff, _ in notices()} == {nurse.pk, consultant.pk}
    assert pathways.escalate_due(at=_after(1)) == 0


def test_when_everybody_ignores_it_everybody_is_called_again_every_half_hour(service) -> None:
    held, alert = covered(service), an_alert(service)
    everybody = {staff.username for staff in held.values()}
    pathways.escalate_due(at=_after(45))
    for number, minutes in ((1, 75), (2, 105), (3, 135)):
        assert pathways.escalate_due(at=_after(minutes - 0.1)) == 0
        assert pathways.escalate_due(at=_after(minutes)) == 4
        again = [e for e in story_of(alert).calls if e.rung.startswith(f"again {number}")]
        assert {event.for_whom for event in again} == everybody
    pathways.acknowledge_alert(alert=alert, by="nurse", at=_after(140))
    assert pathways.escalate_due(at=_after(190)) == 0


def test_a_worker_that_was_away_all_day_calls_everybody_again_only_once(service) -> None:
    covered(service)
    an_alert(service)
    pathways.escalate_due(at=_after(45))
    assert pathways.escalate_due(at=_after(300)) == 4
    assert pathways.escalate_due(at=_after(301)) == 0


def test_nobody_is_called_again_at_night_but_on_the_clinic_day_at_any_hour(service) -> None:
    covered(service)
    evening = NOON.replace(hour=19)
    in_clinic, at_home = an_alert(service, at=evening), an_alert(service, appointment=None)
    pathways.escalate_due(at=NOON.replace(hour=17, minute=50))
    count = len(calls(at_home))
    pathways.escalate_due(at=evening + timedelta(minutes=45))
    pathways.escalate_due(at=evening + timedelta(minutes=75))
    assert calls(in_clinic)[4][0] == "again 1"
    assert len(calls(at_home)) == count
    pathways.escalate_due(at=NOON.replace(hour=8) + timedelta(days=1))
    assert len(calls(at_home)) > count
