"""Servers that hang hold up nothing else: calls and deliveries go on every second (H1)."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any

import pytest

from imparts.postgres import cluster
from tests.faults.in_stack import ask
from tests.gateway.conftest import RunningRecord
from tests.gateway.notices.servers import SENDER, Hanging
from tests.gateway.samples import a_phq9
from tests.processes.test_processes import Site, until

PATIENTLY = 30.0  # the machine of the tests may be busy; the mail server hangs for longer than that
TURNS = 6

SEED = """
from datetime import date
from imparts.access.actions import give_role, invite, set_reach
from imparts.organisations.actions import open_organisation, open_service
from imparts.outbox import actions as outbox
from imparts.people.actions import register
at = timezone.now()
place = open_organisation(code="X1", name="Fernhollow Hospitals", kind="trust", nation="england",
                          opened_on=date(2000, 1, 1))
service = open_service(organisation=place, code="rheum", name="Rheumatology", site="",
                       opened_on=date(2010, 1, 1), by="test", at=at)
nurse = invite(username="nurse", name="Robin Example", job_title="Nurse", by="test", at=at)
give_role(staff=nurse, service=service, role="nurse", from_on=date(2020, 1, 1), by="test", at=at)
set_reach(staff=nurse, email="kit@fernhollow.example", mobile="", by="test", at=at)
register(given_name="Amara", family_name="Thimblewick", born_on=date(1961, 3, 14), by="t", at=at)
outbox.post_all([outbox.new_notice(kind="alert_called", staff=nurse.pk, service=service.pk, at=at)])
print("null")
"""

RAISE = """
from uuid import uuid4
from imparts.outbox import actions as outbox
from imparts.pathways import actions as pathways
at, about = timezone.now(), uuid4()
service, patient = Service.objects.get(), Patient.objects.get()
alert = pathways.raise_alert(
    patient_id=patient.pk, service_id=service.pk, about=about, appointment=uuid4(),
    instrument="phq9", item="q9", kind="positive", value=1, words="several days", by="patient",
    at=at)
message = outbox.new_message(destination="record", kind="result", patient=patient.pk, about=about,
                             facts={"version": 99}, at=at)
outbox.post_all([message])
print(json.dumps(alert.pk))
"""

SETTLED = """
from imparts.pathways.models import AlertEvent
waits = []
for alert in Alert.objects.order_by("id"):
    called = AlertEvent.objects.filter(alert=alert, name="escalated").order_by("id").first()
    if called:
        waits.append((called.at - alert.raised_at).total_seconds())
left = Message.objects.filter(destination="record", state="waiting").count()
mails = list(Message.objects.filter(destination="notices.email").values_list("state", "attempts"))
print(json.dumps({"waits": waits, "left": left, "mails": mails}))
"""


@pytest.fixture
def site(hanging: Hanging, record: RunningRecord) -> Iterator[Site]:
    """A site whose mail server hangs and whose record works."""
    folder = Path(mkdtemp(dir=os.environ["IMPARTS_TEST_FOLDER"]))
    folder.chmod(0o711)
    made = Site(folder)
    made.environment |= {
        "IMPARTS_EMAIL_URL": f"smtp://127.0.0.1:{hanging.port}",
        "IMPARTS_EMAIL_FROM": SENDER,
        "IMPARTS_RECORD_MLLP": f"127.0.0.1:{record.address.port}",
    }
    yield made
    for process in made.started:
        process.kill()
        process.wait()
    cluster.stop(folder / "postgres")
    shutil.rmtree(folder)


def test_calls_go_on_while_the_hospital_record_hangs_too(site: Site, hanging: Hanging) -> None:
    at_site = SimpleNamespace(data=site.folder)
    site.environment["IMPARTS_RECORD_MLLP"] = f"127.0.0.1:{hanging.port}"
    ask(at_site, SEED)
    ask(at_site, RAISE.replace('{"version": 99}', str(a_phq9().to_json())))
    site.start("worker")
    until(lambda: hanging.asked >= 2, seconds=PATIENTLY)
    ask(at_site, RAISE)
    said: dict[str, Any] = {}

    def is_called() -> bool:
        said.update(ask(at_site, SETTLED))
        return len(said["waits"]) == 2

    until(is_called, seconds=PATIENTLY)
    assert said["waits"][-1] < 5, said["waits"]
    assert said["left"] == 2, "the record has not answered all the while"


def test_calls_and_deliveries_go_on_while_the_mail_server_hangs(
    site: Site, hanging: Hanging
) -> None:
    at_site = SimpleNamespace(data=site.folder)
    ask(at_site, SEED)
    site.start("worker")
    until(lambda: hanging.asked >= 1, seconds=PATIENTLY)
    for _ in range(TURNS):
        ask(at_site, RAISE)
    said: dict[str, Any] = {}

    def all_settled() -> bool:
        said.update(ask(at_site, SETTLED))
        return len(said["waits"]) == TURNS and said["left"] == 0

    until(all_settled, seconds=PATIENTLY)
    # Each was called within a look or two of the worker, while the mail was waiting all the time.
    assert max(said["waits"]) < 5, said["waits"]
    assert [state for state, _ in said["mails"]].count("sent") == 0
    assert any(attempts >= 1 for _, attempts in said["mails"])
    began = time.monotonic()
    stopped = site.started[0]
    stopped.terminate()
    assert stopped.wait(10) == 0, "and it stops when it is told to"
    assert time.monotonic() - began < 10
