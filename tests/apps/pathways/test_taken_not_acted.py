"""Taking an alert is not acting on it: without a record others are called again (H1)."""

from datetime import UTC, datetime, timedelta

import pytest

from imparts.pathways import actions as pathways
from imparts.pathways.queries.alerts import story_of
from tests.apps.pathways.raising import DONE, an_alert, calls, covered, notices
from tests.builders import NOON, a_service

pytestmark = pytest.mark.django_db


def _after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def held():
    service = a_service(with_content=False)
    return covered(service) | {"service": service}


@pytest.fixture
def taken(held):
    """Taken by its owner after two minutes."""
    alert = an_alert(held["service"])
    pathways.acknowledge_alert(alert=alert, by=held["owner"].username, at=_after(2))
    return alert


def test_taken_and_nothing_recorded_reminds_the_taker_and_calls_the_deputy(held, taken) -> None:
    assert story_of(taken).record_by == _after(62)
    assert pathways.escalate_due(at=_after(61.9)) == 0
    assert pathways.escalate_due(at=_after(62)) == 2
    assert calls(taken) == [
        ("taker unacted 1", held["owner"].username), ("deputy unacted 1", held["deputy"].username),
    ]  # fmt: skip
    said = story_of(taken).calls[1].what
    assert f"taken by {held['owner'].name} at" in said
    assert "nothing recorded after 60 minutes" in said
    assert [staff for staff, _ in notices()] == [held["owner"].pk, held["deputy"].pk]
    assert pathways.escalate_due(at=_after(63)) == 0


@pytest.mark.parametrize("kind", ["note", "attempt"])
def test_a_note_begins_the_minutes_anew_and_never_ends_them(held, taken, kind) -> None:
    by = held["owner"].username
    if kind == "note":
        pathways.record_what_was_done(
            alert=taken, details={"talked_by": "nobody"}, closes=False, by=by, at=_after(50)
        )
    else:
        pathways.record_attempt(alert=taken, how="phone", outcome="no answer", by=by, at=_after(50))
    assert pathways.escalate_due(at=_after(109)) == 0
    assert pathways.escalate_due(at=_after(110)) == 2
    assert calls(taken)[-1] == ("deputy unacted 2", held["deputy"].username)


def test_what_the_patient_adds_is_no_note(held, taken) -> None:
    pathways.record_wish_to_talk(about=taken.about, at=_after(30))
    assert pathways.escalate_due(at=_after(62)) == 2


def test_when_the_day_ends_with_nothing_done_the_manager_is_called_each_day(held, taken) -> None:
    pathways.escalate_due(at=_after(62))
    closing = datetime(2026, 11, 17, 18, tzinfo=UTC)
    assert pathways.escalate_due(at=closing - timedelta(seconds=1)) == 0
    assert pathways.escalate_due(at=closing) == 1
    assert calls(taken)[-1] == ("manager 2026-11-17", held["manager"].username)
    assert pathways.escalate_due(at=closing + timedelta(hours=12)) == 0
    assert pathways.escalate_due(at=closing + timedelta(days=1)) == 1
    assert calls(taken)[-1][0] == "manager 2026-11-18"


def test_when_the_deputy_took_it_themself_the_manager_is_called(held) -> None:
    alert = an_alert(held["service"])
    pathways.acknowledge_alert(alert=alert, by=held["deputy"].username, at=_after(2))
    pathways.escalate_due(at=_after(62))
    assert calls(alert) == [
        ("taker unacted 1", held["deputy"].username), ("deputy unacted 1", ""),
        ("manager unacted 1", held["manager"].username),
    ]  # fmt: skip


def test_without_a_manager_everyone_is_called_when_the_day_ends(held, taken) -> None:
    held["manager"].is_active = False
    held["manager"].save()
    closing = datetime(2026, 11, 17, 18, tzinfo=UTC)
    pathways.escalate_due(at=_after(62))
    pathways.escalate_due(at=closing)
    last = calls(taken)[2:]
    assert last[0] == ("manager 2026-11-17", "")
    assert last[1][0] == "everyone 2026-11-17"
    assert pathways.escalate_due(at=closing + timedelta(minutes=1)) == 0
    pathways.escalate_due(at=closing + timedelta(days=1))
    assert "manager 2026-11-18" in [rung for rung, _ in calls(taken)]


def test_once_somebody_has_acted_nobody_is_called(held, taken) -> None:
    by = held["owner"].username
    pathways.record_what_was_done(alert=taken, details=DONE, closes=True, by=by, at=_after(20))
    assert story_of(taken).record_by is None
    assert pathways.escalate_due(at=_after(900)) == 0


def test_each_service_says_within_how_many_minutes_it_is_recorded(held) -> None:
    clocks = {"opens_at": NOON.time().replace(hour=8), "closes_at": NOON.time().replace(hour=18)}
    pathways.set_alert_clocks(
        service=held["service"], deputy_after=15, liaison_after=30, weekdays="12345", **clocks,
        unread_by=NOON.time().replace(hour=10), out_of_hours="Ring 111", act_within=20, by="test",
        at=_after(-60),
    )  # fmt: skip
    alert = an_alert(held["service"])
    pathways.acknowledge_alert(alert=alert, by=held["owner"].username, at=NOON)
    assert pathways.escalate_due(at=_after(20)) == 2
