"""An alert of an hour ago whose worker is dead: the next worker calls everybody at once (H1)."""

import os
import signal
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.faults.in_stack import ask

pytestmark = pytest.mark.faults
PATIENCE_SECONDS = 60

RAISE = """
from datetime import timedelta
from uuid import uuid4
from imparts.pathways import actions as pathways
at = timezone.now() - timedelta(minutes=60)
service = Service.objects.get(memberships__staff__username="reception.rheum")
patient = Patient.objects.filter(relationships__service=service).order_by("pk").first()
alert = pathways.raise_alert(
    patient_id=patient.pk, service_id=service.pk, about=uuid4(), appointment=uuid4(),
    instrument="phq9", item="q9", kind="positive", value=1, words="several days", by="patient",
    at=at)
print(json.dumps([alert.pk, at.isoformat()]))
"""

CALLED = """
from imparts.pathways.queries.alerts import story_of
rungs = story_of(Alert.objects.get(pk={alert})).rungs
notices = Message.objects.filter(destination="notices", facts__alert={alert})
print(json.dumps({{
    "rungs": [[r.code, r.at.isoformat(), r.called and r.called.at.isoformat()] for r in rungs],
    "whom": [r.called.for_whom for r in rungs if r.called],
    "notices": notices.count(),
    "waiting": notices.filter(state="waiting").count(),
}}))
"""


def test_after_an_hour_without_a_worker_everybody_is_called_with_both_times_kept() -> None:
    with demonstration() as stack:
        _hold_still(stack)
        alert, raised = ask(stack, RAISE)
        before = ask(stack, CALLED.format(alert=alert))
        assert all(called is None for _, _, called in before["rungs"]), "nobody is there to call"
        killed_at = timezone.now()
        for pid in stack.running("worker"):
            os.kill(pid, signal.SIGKILL)
        said = _once_all_are_called(stack, alert)

    raised_at = datetime.fromisoformat(raised)
    minutes = {"owner": 0, "deputy": 15, "liaison": 30, "manager": 45}
    for rung, due, called in said["rungs"]:
        assert datetime.fromisoformat(due) == raised_at + timedelta(minutes=minutes[rung])
        real = datetime.fromisoformat(called)
        assert killed_at < real < killed_at + timedelta(seconds=PATIENCE_SECONDS)
    assert [rung for rung, _, _ in said["rungs"]] == list(minutes)
    assert all(said["whom"]) and len(set(said["whom"])) == 4
    assert (said["notices"], said["waiting"]) == (4, 0)


def _hold_still(stack: Stack) -> None:
    """Stopped and not killed: a killed one would be started again before the hour is over."""
    for pid in stack.running("worker"):
        os.kill(pid, signal.SIGSTOP)


def _once_all_are_called(stack: Stack, alert: int) -> dict:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        said = ask(stack, CALLED.format(alert=alert))
        is_done = all(called for _, _, called in said["rungs"]) and not said["waiting"]
        if is_done or time.monotonic() > until:
            return said
        time.sleep(1)
