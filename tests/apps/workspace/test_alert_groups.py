"""The alert list in its groups, attempts to reach someone who left, and handing an alert on."""

from uuid import uuid4

import pytest

from imparts.pathways.actions import decide_step, raise_alert
from imparts.pathways.models import AlertEvent, PathwayEntry
from tests.apps.workspace.alerting import EARLIER, address, an_alert, escalate
from tests.apps.workspace.given import page_for, signed_in, text_of
from tests.builders import a_patient, a_sent_sitting, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
LIST = "/alerts/"


def test_who_must_be_assessed_before_the_session_ends_stands_in_the_list(client) -> None:
    service = a_service()
    a_sent_sitting(service, at=EARLIER, phq9={f"q{n}": 3 for n in range(1, 9)})
    page = page_for(client, "nurse", service, LIST)
    assert "Assess before the session ends" in page
    assert "THIMBLEWICK, Amara" in page


def test_once_somebody_has_decided_they_leave_the_list(client) -> None:
    service = a_service()
    invitation = a_sent_sitting(service, at=EARLIER, phq9={f"q{n}": 3 for n in range(1, 9)})
    entry = PathwayEntry.objects.get(about=invitation.pk)
    for step in entry.steps:
        if step["answer_before_end"]:
            decide_step(
                entry=entry, step=step["step_id"], decision="done", why="", by="test", at=EARLIER
            )
    assert "Assess before the session ends" not in page_for(client, "nurse", service, LIST)


def test_the_list_says_how_an_alert_is_waiting_after_the_ladder_has_called(client) -> None:
    service = a_service()
    an_alert(service)
    escalate(minutes=31)
    page = page_for(client, "nurse", service, LIST)
    assert "Deputy called 09:51" in page
    assert "Not seen yet" in page


def test_an_attempt_to_reach_someone_who_left_is_kept_and_stops_no_clock(client) -> None:
    service = a_service()
    alert = an_alert(service)
    reader = signed_in(client, "nurse", service)
    reader.post(address("attempt", alert), {"how": "phone", "outcome": "no answer"})
    page = text_of(reader.get(address("alert", alert)))
    assert "Phoned the patient: no answer" in page
    assert "Waiting for someone" in page


@pytest.mark.parametrize("given", [{}, {"how": "letter", "outcome": "x"}, {"how": "phone"}])
def test_an_attempt_without_who_or_outcome_is_said_in_a_sentence(client, given) -> None:
    service = a_service()
    alert = an_alert(service)
    reader = signed_in(client, "nurse", service)
    answered = reader.post(address("attempt", alert), given)
    assert answered.status_code == 422
    assert "There is a problem" in text_of(answered)
    assert not AlertEvent.objects.filter(name="noted").exists()


def test_only_its_owner_hands_an_alert_on(client) -> None:
    service = a_service()
    alert = an_alert(service)
    reader = signed_in(client, "nurse", service)
    where = address("hand_on", alert)
    assert "Only whoever has taken an alert can hand it on." in text_of(reader.get(where))
    reader.post(address("take", alert))
    assert "Hand over" in text_of(reader.get(where))
    missing = reader.post(where, {"why": ""})
    assert missing.status_code == 422
    assert "Choose one of the people shown." in text_of(missing)


def test_tier_b_stands_in_the_worklist_and_tier_c_is_folded(client) -> None:
    service = a_service()
    for tier in ("B", "C"):
        raise_alert(
            patient_id=a_patient(family_name=f"Tier{tier}").pk, service_id=service.pk,
            about=uuid4(), appointment=None, instrument="phq9", item="total", kind="positive",
            value=20, words="20 of 27", by="patient", at=EARLIER, tier=tier,
        )  # fmt: skip
    page = page_for(client, "nurse", service, LIST)
    assert "None open." in page, "nobody is called for these"
    assert "Worklist" in page.partition("TIERB")[0]
    assert "Information (1)" in page.partition("TIERC")[0]
