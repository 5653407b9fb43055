"""Kill -9 of the worker between a raised alert and its deputy's time: called once, on time (H1)."""

import os
import signal
import time

import pytest

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.faults.in_stack import ask

pytestmark = pytest.mark.faults
# The deputy is called a minute after the alert was raised, which was 40 seconds ago.
SECONDS_LEFT = 20
LATEST = 10.0  # seconds: to start a worker again, and to look

RAISE = """
from datetime import time, timedelta
from uuid import uuid4
from imparts.pathways import actions
service = Service.objects.get(memberships__staff__username="reception.rheum")
at = timezone.now() - timedelta(seconds=60 - {left})
actions.set_alert_clocks(
    service=service, deputy_after=1, liaison_after=2, opens_at=time(0), closes_at=time(0),
    weekdays="1234567", unread_by=time(10), out_of_hours="none", by="test",
    at=at - timedelta(seconds=1))
alert = actions.raise_alert(
    patient_id=Patient.objects.first().pk, service_id=service.pk, about=uuid4(),
    appointment=uuid4(), instrument="phq9", item="q9", kind="positive", value=1,
    words="several days", by="patient", at=at)
print(json.dumps(alert.pk))
"""
CALLED = """
from imparts.pathways.models import AlertEvent
alert = Alert.objects.get(pk={alert})
calls = alert.events.filter(name="escalated").order_by("id")
notices = Message.objects.filter(destination="notices", kind="alert_called", facts__alert={alert})
print(json.dumps({{
    "calls": [[one.rung, one.for_whom, (one.at - alert.raised_at).total_seconds()]
              for one in calls],
    "notices": [one.facts["rung"] for one in notices.order_by("id")],
}}))
"""


def _kill_workers_for(stack: Stack, seconds: float) -> int:
    """Kill every worker that there is, once a second."""
    killed, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        for pid in stack.running("worker"):
            os.kill(pid, signal.SIGKILL)
            killed += 1
        time.sleep(1)
    return killed


def test_a_worker_killed_before_the_deputys_time_calls_the_deputy_once_and_on_time() -> None:
    with demonstration() as stack:
        alert = ask(stack, RAISE.format(left=SECONDS_LEFT))
        killed = _kill_workers_for(stack, SECONDS_LEFT - 12)
        deadline = time.monotonic() + 90
        said = ask(stack, CALLED.format(alert=alert))
        while len(said["calls"]) < 3 and time.monotonic() < deadline:
            time.sleep(2)
            said = ask(stack, CALLED.format(alert=alert))
        # Nothing more comes of it, however long the worker looks on.
        time.sleep(5)
        said = ask(stack, CALLED.format(alert=alert))

    assert killed
    assert [rung for rung, _, _ in said["calls"]] == ["owner", "deputy", "liaison"]
    assert said["notices"] == ["owner", "deputy", "liaison"]
    assert all(for_whom for _, for_whom, _ in said["calls"])
    waited = {rung: seconds for rung, _, seconds in said["calls"]}
    assert 60 <= waited["deputy"] <= 60 + LATEST
    assert 120 <= waited["liaison"] <= 120 + LATEST
