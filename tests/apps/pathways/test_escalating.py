"""Whoever is due is called once, on time, and written down; nobody is skipped in silence (H1)."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, IntegrityError

from imparts.access.actions import give_role
from imparts.audit import actions as audit
from imparts.audit.models import AuditEntry
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.models import AlertEvent
from imparts.pathways.queries.alerts import story_of
from tests.apps.pathways.raising import DONE, an_alert, calls, covered, notices, stands
from tests.builders import NOON, a_service, staff_with

pytestmark = pytest.mark.django_db


def _after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_owner_deputy_and_liaison_are_called_in_turn_each_once(service) -> None:
    held, alert = covered(service), an_alert(service)
    for minutes, so_far in ((0, 1), (14.9, 1), (15, 2), (29.9, 2), (30, 3), (44.9, 3), (45, 4)):
        pathways.escalate_due(at=_after(minutes))
        assert len(calls(alert)) == so_far, minutes
    assert calls(alert) == [(duty, staff.username) for duty, staff in held.items()]
    assert notices() == [(staff.pk, duty) for duty, staff in held.items()]


def test_a_worker_that_was_away_for_an_hour_calls_everybody_who_was_due(service) -> None:
    covered(service)
    alert = an_alert(service)
    assert pathways.escalate_due(at=_after(60)) == 4
    assert pathways.escalate_due(at=_after(60)) == 0
    assert [rung for rung, _ in calls(alert)] == ["owner", "deputy", "liaison", "manager"]


def test_once_somebody_has_taken_it_nobody_more_is_called(service) -> None:
    covered(service)
    alert = an_alert(service)
    pathways.escalate_due(at=NOON)
    pathways.acknowledge_alert(alert=alert, by="nurse", at=_after(3))
    assert pathways.escalate_due(at=_after(60)) == 0
    rungs = {rung.duty: rung for rung in story_of(alert).rungs}
    assert rungs["owner"].called.at == NOON
    assert not rungs["deputy"].is_needed
    assert rungs["deputy"].at == _after(15)


def test_a_note_or_an_attempt_stops_no_clock(service) -> None:
    covered(service)
    alert = an_alert(service)
    pathways.record_what_was_done(
        alert=alert, details={"talked_by": "nobody"}, closes=False, by="nurse", at=_after(1)
    )
    pathways.record_attempt(alert=alert, how="phone", outcome="no answer", by="nurse", at=_after(2))
    pathways.record_seen(alert=alert, by="nurse", at=_after(2))
    assert pathways.escalate_due(at=_after(15)) == 2


def test_a_closed_alert_calls_nobody(service) -> None:
    covered(service)
    alert = an_alert(service)
    pathways.record_what_was_done(alert=alert, details=DONE, closes=True, by="nurse", at=_after(1))
    assert pathways.escalate_due(at=_after(60)) == 0


def test_where_nobody_is_named_it_says_so_and_the_next_is_called_at_once(service) -> None:
    liaison = staff_with("liaison", service)
    stands(service, "liaison", liaison)
    alert = an_alert(service)
    assert pathways.escalate_due(at=NOON) == 3
    assert calls(alert) == [("owner", ""), ("deputy", ""), ("liaison", liaison.username)]
    assert "Nobody is named" in story_of(alert).calls[0].what
    assert notices() == [(liaison.pk, "liaison")]


def test_when_nobody_at_all_is_named_the_manager_is_called_last(service) -> None:
    manager, alert = staff_with("manager", service), an_alert(service)
    stands(service, "manager", manager)
    pathways.escalate_due(at=NOON)
    assert calls(alert)[-1] == ("manager", manager.username)
    nobody = an_alert(a_service("Dermatology", with_content=False))
    pathways.escalate_due(at=NOON)
    spent = ("owner", "deputy", "liaison", "manager", "everyone")
    assert calls(nobody) == [(duty, "") for duty in spent]
    assert story_of(nobody).state == "escalated"


def test_someone_who_has_left_is_called_no_more_and_it_is_said(service) -> None:
    held, alert = covered(service), an_alert(service)
    held["deputy"].is_active = False
    held["deputy"].save()
    pathways.escalate_due(at=_after(15))
    assert calls(alert)[1:] == [("deputy", ""), ("liaison", held["liaison"].username)]
    assert f"{held['deputy'].name} can no longer do this here" in story_of(alert).calls[1].what


def test_an_answer_from_home_waits_for_the_morning_and_then_goes_to_the_manager(service) -> None:
    held = covered(service)
    evening = datetime(2026, 11, 17, 19, tzinfo=UTC)
    alert = an_alert(service, appointment=None, at=evening)
    assert pathways.escalate_due(at=datetime(2026, 11, 18, 7, 59, tzinfo=UTC)) == 0
    assert pathways.escalate_due(at=datetime(2026, 11, 18, 8, tzinfo=UTC)) == 1
    assert pathways.escalate_due(at=datetime(2026, 11, 18, 9, 59, tzinfo=UTC)) == 0
    assert pathways.escalate_due(at=datetime(2026, 11, 18, 10, tzinfo=UTC)) == 1
    assert calls(alert) == [
        ("owner", held["owner"].username), ("manager", held["manager"].username),
    ]  # fmt: skip


def test_a_service_has_clocks_of_its_own_and_an_alert_keeps_those_of_its_time(service) -> None:
    covered(service)
    _clocks(service, deputy_after=5, liaison_after=10, at=_after(-60))
    alert = an_alert(service)
    _clocks(service, deputy_after=60, liaison_after=90, at=_after(1))
    pathways.escalate_due(at=_after(5))
    assert [rung for rung, _ in calls(alert)] == ["owner", "deputy"]
    later = an_alert(service, at=_after(2))
    assert story_of(later).deputy_at == _after(62)


def _clocks(service, *, deputy_after: int, liaison_after: int, at: datetime) -> None:
    pathways.set_alert_clocks(
        service=service, deputy_after=deputy_after, liaison_after=liaison_after,
        opens_at=at.time().replace(hour=8), closes_at=at.time().replace(hour=18), weekdays="12345",
        unread_by=at.time().replace(hour=10), out_of_hours="Ring 111", by="test", at=at,
    )  # fmt: skip


def test_after_handing_on_the_receiver_has_the_minutes_anew_until_they_take_it(service) -> None:
    covered(service)
    alert, first, second = an_alert(service), *(staff_with("nurse", service) for _ in range(2))
    pathways.acknowledge_alert(alert=alert, by=first.username, at=_after(2))
    pathways.hand_on_alert(
        alert=alert, to=second, why="my clinic ends", by=first.username, at=_after(40)
    )
    assert notices("alert_handed_on") == [(second.pk, "")]
    pathways.escalate_due(at=_after(54))
    assert calls(alert) == []
    pathways.escalate_due(at=_after(55))
    assert [rung for rung, _ in calls(alert)] == ["deputy 2"]
    pathways.acknowledge_alert(alert=alert, by=second.username, at=_after(56))
    assert pathways.escalate_due(at=_after(115)) == 0
    assert story_of(alert).owner == second.username


@pytest.mark.parametrize("tier", ["B", "C"])
def test_nobody_is_called_for_an_alert_of_another_tier(service, tier: str) -> None:
    covered(service)
    alert = an_alert(service, tier=tier)
    assert pathways.escalate_due(at=_after(600)) == 0
    assert story_of(alert).rungs == ()


def test_a_graver_answer_makes_an_alert_of_another_tier_one_that_calls(service) -> None:
    covered(service)
    alert = an_alert(service, tier="B")
    an_alert(
        service, about=alert.about, patient_id=alert.patient_id, value=3, words="nearly every day",
        at=_after(10), tier="A",
    )  # fmt: skip
    pathways.escalate_due(at=_after(24))
    assert [rung for rung, _ in calls(alert)] == ["owner"]
    pathways.escalate_due(at=_after(25))
    assert [rung for rung, _ in calls(alert)] == ["owner", "deputy"]


def test_the_database_itself_allows_one_call_a_rung(service) -> None:
    alert = an_alert(service)
    call = {"alert": alert, "name": "escalated", "rung": "deputy", "by": "imparts", "at": NOON}
    AlertEvent.objects.create(**call)
    with pytest.raises(IntegrityError, match="a_rung_is_called_once"):
        AlertEvent.objects.create(**call)


def test_a_call_that_another_worker_made_meanwhile_is_not_made_again(service) -> None:
    covered(service)
    alert = an_alert(service)
    told = story_of(alert)
    pathways.escalate_due(at=NOON)
    escalating = "imparts.pathways.actions.escalating"
    with (
        patch(f"{escalating}.story_of", lambda _: told),
        patch(f"{escalating}.stories_of", lambda _: [told]),
    ):
        assert pathways.escalate_due(at=NOON) == 0
    assert [rung for rung, _ in calls(alert)] == ["owner"]
    assert len(notices()) == 1


def test_a_call_and_its_notice_and_its_account_are_stored_together_or_not_at_all(service) -> None:
    covered(service)
    alert, before = an_alert(service), AuditEntry.objects.count()
    Message.objects.all().delete()
    for broken in ("imparts.outbox.actions.post_all", "imparts.audit.actions.record"):
        with patch(broken, side_effect=RuntimeError("broken")), pytest.raises(ExceptionGroup):
            pathways.escalate_due(at=_after(30))
        assert calls(alert) == []
        assert (Message.objects.count(), AuditEntry.objects.count()) == (0, before)
    assert pathways.escalate_due(at=_after(30)) == 3


def test_one_alert_that_fails_keeps_no_other_from_its_turn(service) -> None:
    covered(service)
    first, second = an_alert(service), an_alert(service)
    record = audit.record

    def fails_for_the_first(**told) -> None:
        if told["about"] == f"alert {first.pk}":
            raise RuntimeError("broken")
        record(**told)

    with patch("imparts.audit.actions.record", fails_for_the_first), pytest.raises(ExceptionGroup):
        pathways.escalate_due(at=NOON)
    assert calls(first) == []
    assert len(calls(second)) == 1


def test_when_the_rows_of_cover_cannot_be_read_nothing_is_stored_and_it_is_heard_of(
    service,
) -> None:
    covered(service)
    alert = an_alert(service)
    broken = patch("imparts.pathways.actions.escalating.cover_on", side_effect=DatabaseError)
    with broken, pytest.raises(ExceptionGroup):
        pathways.escalate_due(at=_after(15))
    assert calls(alert) == []
    assert pathways.escalate_due(at=_after(15)) == 2


def test_the_stand_in_of_someone_on_leave_is_called(service) -> None:
    held, alert = covered(service), an_alert(service)
    stand_in = staff_with("nurse", service)
    pathways.set_leave(
        staff=held["owner"], covered_by=stand_in, from_on=NOON.date(), until_on=NOON.date(),
        by="test", at=NOON,
    )  # fmt: skip
    pathways.escalate_due(at=NOON)
    assert calls(alert) == [("owner", stand_in.username)]


def test_someone_with_a_role_elsewhere_only_is_not_called_here(service) -> None:
    elsewhere = a_service("Dermatology", with_content=False)
    nurse = staff_with("nurse", elsewhere)
    with pytest.raises(pathways.NotDone, match="give them a role here"):
        stands(service, "owner", nurse)
    give_role(
        staff=nurse, service=service, role="nurse", from_on=NOON.date(), by="test", at=NOON
    )  # fmt: skip
    stands(service, "owner", nurse)
    assert pathways.escalate_due(at=NOON) == 0
