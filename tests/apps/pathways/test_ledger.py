"""The ledger: every alert that may be seen, by filters, and how quickly people acted."""

from datetime import timedelta

import pytest

from imparts.pathways import actions as pathways
from imparts.pathways.queries import LedgerFilter, is_overdue, ledger_for, times_of
from imparts.pathways.queries.alerts import story_of
from tests.apps.pathways.raising import DONE, an_alert, covered
from tests.builders import NOON, TODAY, a_service, staff_with, who

pytestmark = pytest.mark.django_db


def _after(minutes: float):
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def three(service):
    """One closed, one taken, one that waits."""
    covered(service)
    closed, taken, waits = (an_alert(service, at=_after(n)) for n in range(3))
    pathways.record_seen(alert=closed, by="nurse", at=_after(2))
    for alert, minutes in ((closed, 4), (taken, 7)):
        pathways.acknowledge_alert(alert=alert, by="nurse", at=_after(minutes))
    pathways.record_what_was_done(alert=closed, details=DONE, closes=True, by="nurse", at=_after(9))
    return closed, taken, waits


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, (2, 1, 0)), ({"state": "open"}, (2, 1)), ({"state": "closed"}, (0,)),
        ({"state": "acknowledged"}, (1,)), ({"owner": "nurse"}, (1, 0)), ({"overdue": True}, (2,)),
        ({"tier": "A"}, (2, 1, 0)), ({"tier": "B"}, ()), ({"from_on": TODAY}, (2, 1, 0)),
        ({"from_on": TODAY + timedelta(days=1)}, ()), ({"until_on": TODAY}, (2, 1, 0)),
        ({"until_on": TODAY - timedelta(days=1)}, ()), ({"service": -1}, ()),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_it_names(service, three, wanted, found) -> None:
    reader = who(staff_with("safety", service))
    stories = ledger_for(reader, LedgerFilter(**wanted), at=_after(30))
    assert [three.index(story.alert) for story in stories] == list(found)


def test_whoever_may_not_see_the_ledger_sees_none_of_it(service, three) -> None:
    for role in ("receptionist", "manager", "researcher"):
        reader = who(staff_with(role, service))
        assert ledger_for(reader, LedgerFilter(), at=NOON) == []
    stranger = who(staff_with("nurse", a_service("Dermatology", with_content=False)))
    assert ledger_for(stranger, LedgerFilter(), at=NOON) == []


def test_the_times_are_medians_over_what_came_so_far(three) -> None:
    times = times_of([story_of(alert) for alert in three])
    assert (times.alerts, times.open) == (3, 2)
    assert times.to_seen == timedelta(minutes=2)
    assert times.to_taken == timedelta(minutes=5)
    assert times.to_acted == timedelta(minutes=9)
    assert times.oldest_open_at == three[1].raised_at


def test_of_no_alerts_no_time_is_made_up() -> None:
    times = times_of([])
    assert (times.to_seen, times.to_taken, times.to_acted, times.oldest_open_at) == (None,) * 4


def test_overdue_is_what_nobody_took_by_the_deputys_time_whether_or_not_anyone_was_called(
    three,
) -> None:
    waits = three[2]
    assert not is_overdue(story_of(waits), at=_after(16.9))
    assert is_overdue(story_of(waits), at=_after(17))
    pathways.escalate_due(at=_after(17))
    assert is_overdue(story_of(waits), at=_after(17))
    pathways.acknowledge_alert(alert=waits, by="nurse", at=_after(18))
    assert not is_overdue(story_of(waits), at=_after(300))


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (lambda one: None, "delivered"),
        (lambda one: pathways.record_seen(alert=one, by="nurse", at=NOON), "seen"),
        (lambda one: pathways.escalate_due(at=NOON), "delivered"),
        (lambda one: pathways.escalate_due(at=_after(15)), "escalated"),
        (lambda one: pathways.acknowledge_alert(alert=one, by="nurse", at=NOON), "acknowledged"),
    ],
)
def test_the_state_is_worked_out_from_what_happened(service, happens, state) -> None:
    covered(service)
    alert = an_alert(service)
    happens(alert)
    assert story_of(alert).state == state
