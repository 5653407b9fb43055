"""No patient in a notice: not in its text, heads, facts or the log, whatever made it (H8)."""

import json
from datetime import timedelta

import pytest

from imparts.access.models import Staff
from imparts.gateway.notices.by_email import ByEmail
from imparts.gateway.notices.by_notify import ByNotify
from imparts.gateway.notices.delivery import EMAIL, SMS, Notices
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.people.actions import add_identifier
from tests.apps.pathways.raising import DONE, an_alert, covered
from tests.builders import NOON, TODAY, a_patient, a_service, an_appointment, staff_with
from tests.gateway.notices.servers import Mail, Mood, Notify
from tests.gateway.owing import Clock

pytestmark = pytest.mark.django_db
CANARIES = (
    "Zebedee", "Quillfeather", "9990000018", "999 000 0018", "HX771234", "several days", "phq9",
    "q9", "PHQ", "1931", "pregnant", "Would rather be elsewhere", "Talked in room 6", "telephoned",
)  # fmt: skip


def everything_that_calls() -> None:
    """An alert with all its calls, a desk, a hand-over to a colleague, and cover, as in a day."""
    service = a_service(with_content=False)
    patient = a_patient("Zebedee", "Quillfeather", TODAY.replace(year=1931))
    for value in ("9990000018", "HX771234"):
        add_identifier(
            patient=patient, scheme="hospital", value=value, issued_by=service.organisation,
            by="test", at=NOON,
        )  # fmt: skip
    appointment = an_appointment(service, patient)
    held, other = covered(service), staff_with("nurse", service)
    Staff.objects.update(email="kit@fernhollow.example", mobile="+447700900123")
    alert = an_alert(
        service, patient_id=patient.pk, appointment=appointment.pk,
        details={"question": "Would rather be elsewhere", "do": "Talked in room 6"},
    )  # fmt: skip
    pathways.name_cover_for_day(
        service=service, on=TODAY, duty="deputy", staff=other, by="test", at=NOON
    )
    pathways.call_owner_to_desk(appointment=appointment, by="reception", at=NOON)
    pathways.escalate_due(at=NOON + timedelta(hours=1))
    pathways.acknowledge_alert(alert=alert, by=other.username, at=NOON + timedelta(hours=1))
    pathways.hand_on_alert(
        alert=alert, to=held["owner"], why="Zebedee is pregnant", by=other.username,
        at=NOON + timedelta(hours=1),
    )  # fmt: skip
    pathways.record_attempt(
        alert=alert, how="phone", outcome="telephoned Quillfeather", by=other.username, at=NOON
    )
    pathways.record_what_was_done(
        alert=alert, details={**DONE, "reason": "Talked in room 6"}, closes=False, by="nurse",
        at=NOON,
    )  # fmt: skip


def test_nothing_of_a_patient_is_in_anything_that_is_sent_kept_or_logged(
    mail: Mail, notify: Notify, now: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    everything_that_calls()
    now.at = NOON + timedelta(hours=1)
    made = Notices({EMAIL: ByEmail(mail.named), SMS: ByNotify(notify.account)})
    mail.become(Mood.NOT_NOW, times=2)
    caplog.set_level("DEBUG")
    for _ in range(3):
        made.send_due(now=now)
        now.pass_seconds(5)
    kinds = {message.kind for message in Message.objects.filter(destination=EMAIL)}
    assert kinds == {"alert_called", "alert_handed_on", "alert_at_desk", "cover_asked"}
    assert len(mail.taken) == len(notify.taken) == Message.objects.filter(destination=SMS).count()
    seen = [each.as_string() for each in mail.taken]
    seen += [json.dumps(each) for each in notify.taken]
    kept = list(Message.objects.values("facts", "rendered", "last_error", "kind"))
    seen += [json.dumps(each) for each in kept]
    seen.append(caplog.text)
    for canary in CANARIES:
        assert canary.lower() not in "\n".join(seen).lower(), canary


def test_what_is_kept_of_a_notice_is_ids_and_its_words() -> None:
    everything_that_calls()
    for message in Message.objects.filter(destination="notices"):
        assert set(message.facts) == {"staff", "service", "alert", "rung"}
        assert message.patient == message.about, "an id of its own, of no patient"
