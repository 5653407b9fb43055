"""What is broken in one place stops no call in another, and nobody named is not the end (H1)."""

import logging
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest

from imparts.pathways import actions as pathways
from imparts.pathways.models import AlertClocks
from imparts.pathways.queries import are_clocks_confirmed, clocks_of
from imparts.pathways.queries.ladders import due_in
from imparts.pathways.queries.stories import stories_of
from imparts.rules.alerting.clocks import DEFAULT_CLOCKS
from tests.apps.pathways.raising import an_alert, calls, covered
from tests.builders import NOON, a_service

pytestmark = pytest.mark.django_db


def _after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def service():
    return a_service(with_content=False)


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
