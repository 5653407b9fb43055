"""Acting on what was suggested: each in two presses from the summary, and taken back with one."""

import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imparts.informatics.questionnaires.models import Invitation
from imparts.library import queries as library
from imparts.library.models import ContentVersion, Signature
from imparts.pathways.actions import decide_step, enter_wait
from imparts.pathways.models import PathwayEntry, RepeatBooked, SteppedOut, StepTaken
from imparts.pathways.queries import repeats_of
from tests.apps.workspace.given import A_MORNING, signed_in, text_of
from tests.builders import a_hand_over, a_patient, a_sent_sitting, a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
MODERATE = {"q1": 2, "q2": 2, "q3": 3, "q4": 3, "q5": 1, "q6": 1, "q7": 1, "q8": 0, "q9": 0}
TODAY = A_MORNING.date()


def _visit(service, patient=None, *, at=A_MORNING) -> tuple[Invitation, PathwayEntry]:
    sent = a_sent_sitting(service, patient, at=at, phq9=MODERATE, smoking_core={"q1": 3, "q2": 2})
    return sent, PathwayEntry.objects.get(about=sent.pk)


def _summary(sent: Invitation) -> str:
    return reverse("workspace:visit", args=[sent.patient_id, sent.pk])


def _forms(page: str) -> list[tuple[str, str]]:
    """Address and inside of every form that posts."""
    found = re.findall(
        r'<form[^>]*method="post"(?: action="([^"]*)")?[^>]*>(.*?)</form>', page, re.S
    )
    return [(unescape(action), inside) for action, inside in found]


def _press(client, sent: Invitation, button: str, *, among: str = "") -> object:
    """One press on the summary: the button must stand there, in a form that works as it is."""
    page = text_of(client.get(_summary(sent)))
    for action, inside in _forms(page):
        if among and among not in action:
            continue
        found = re.search(rf'<button[^>]*name="(\w+)" value="([^"]*)">{re.escape(button)}', inside)
        if found and action:
            hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', inside))
            first = re.search(r'<select[^>]*name="(\w+)".*?<option value="([^"]*)"', inside, re.S)
            chosen = {first[1]: first[2]} if first else {}
            return client.post(action, {**hidden, **chosen, found[1]: unescape(found[2])})
    raise AssertionError(f"no button {button!r} on the page")


def test_done_is_one_press_and_says_who_by_name_and_title(client) -> None:
    service = a_service()
    sent, entry = _visit(service)
    signed_in(client, "consultant", service)
    _press(client, sent, "Done")
    assert StepTaken.objects.get(entry=entry).decision == "done"
    assert "Done. Robin Example (Consultant), 09:30" in text_of(client.get(_summary(sent)))


def test_a_decision_is_taken_back_by_a_later_row_and_the_step_is_open_again(client) -> None:
    service = a_service()
    sent, _entry = _visit(service)
    signed_in(client, "consultant", service)
    _press(client, sent, "Done")
    _press(client, sent, "Take back", among="/steps/")
    assert [row.decision for row in StepTaken.objects.order_by("id")] == ["done", "taken_back"]
    assert "Robin Example" not in text_of(client.get(_summary(sent)))


def test_a_decision_taken_back_stands_open_on_the_clinic_list_again(client) -> None:
    service = a_service()
    _sent, entry = _visit(service)
    signed_in(client, "consultant", service)
    decide = partial(decide_step, entry=entry, why="", by="x", at=A_MORNING)
    for step in entry.steps:
        decide(step=step["step_id"], decision="done")
    assert ": done" in text_of(client.get("/clinic/")).split("<tbody>")[1]
    decide(step=entry.steps[0]["step_id"], decision="taken_back")
    rows = text_of(client.get("/clinic/")).split("<tbody>")[1]
    assert entry.steps[0]["verb_first"] in rows
    assert ": done" not in rows


def test_not_now_is_two_presses_with_each_reason_of_the_file(client) -> None:
    service = a_service()
    sent, entry = _visit(service)
    signed_in(client, "consultant", service)
    page = text_of(client.get(_summary(sent)))
    for reason in library.reasons().not_now:
        assert f'name="not_now" value="{reason.code}">{reason.label}' in page
    _press(client, sent, "Not today")
    assert StepTaken.objects.get(entry=entry).why == "not today"


def test_accepting_a_referral_is_one_press_and_leads_to_its_draft(client) -> None:
    service = a_service()
    sent, entry = _visit(service)
    step = next(s for s in entry.steps if s.get("kind") == "refer")
    signed_in(client, "consultant", service)
    answered = client.post(
        reverse("workspace:decide", args=[entry.pk, step["step_id"]]), {"decision": "done"}
    )
    assert answered["Location"].startswith("/referrals/")
    assert StepTaken.objects.get(entry=entry, step=step["step_id"]).details["referral"]
    assert answered["Location"] in text_of(client.get(_summary(sent)))


def test_what_is_offered_is_recorded_and_stands_on_the_patients_page(client) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING, phq9={"q1": 3, "q2": 3})
    entry = PathwayEntry.objects.get(about=sent.pk)
    step = next(s for s in entry.steps if s.get("kind") == "self_help")
    signed_in(client, "nurse", service)
    _press(client, sent, "Offer", among=step["step_id"])
    page = text_of(client.get(reverse("workspace:patient", args=[sent.patient_id])))
    offered = page[page.index("<h2>Offered</h2>") :]
    assert library.options()[step["options"][0]].name in offered[:400]
    assert "library of leaflets" not in page


def test_asking_again_is_two_presses_and_is_taken_back_with_one(client) -> None:
    service = a_service()
    sent, entry = _visit(service)
    signed_in(client, "nurse", service)
    _press(client, sent, "4 weeks, 15 Dec")
    booked = repeats_of([sent.patient_id], services=[service.pk])
    assert [(one.due_on, one.entry_id) for one in booked] == [
        (TODAY + timedelta(weeks=4), entry.pk)
    ]
    record = reverse("workspace:patient", args=[sent.patient_id])
    assert "from 15 December 2026" in text_of(client.get(record))
    _press(client, sent, "Take back", among="ask-again")
    assert repeats_of([sent.patient_id], services=[service.pk]) == []
    assert RepeatBooked.objects.count() == 2
    assert "Nothing is booked." in text_of(client.get(record))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"on": ""}, "Choose in how many weeks, or a day."),
        ({"on": "2026-11-16"}, "is over. Choose today or a day to come."),
        ({"on": "2030-01-01"}, "Choose a day within two years."),
        ({"on": "soon"}, "Choose in how many weeks, or a day."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_a_sentence(client, typed, why: str) -> None:
    service = a_service()
    _sent, entry = _visit(service)
    reader = signed_in(client, "nurse", service)
    address = reverse("workspace:ask_again", args=[entry.pk])
    answered = reader.post(address, {"instrument": "phq9", **typed}, follow=True)
    assert why in text_of(answered)
    assert not RepeatBooked.objects.exists()


def test_what_was_not_asked_at_the_visit_cannot_be_booked(client) -> None:
    service = a_service()
    _, entry = _visit(service)
    address = reverse("workspace:ask_again", args=[entry.pk])
    reader = signed_in(client, "nurse", service)
    answered = reader.post(address, {"instrument": "pcl5", "due": "2026-12-15"})
    assert answered.status_code == 400
    assert not RepeatBooked.objects.exists()


def test_a_booked_repeat_ends_the_pause_of_the_pack_and_is_over_once_answered(client) -> None:
    service, patient = a_service(), a_patient()
    _sent, entry = _visit(service, patient, at=A_MORNING - timedelta(days=30))
    signed_in(client, "nurse", service).post(
        reverse("workspace:ask_again", args=[entry.pk]),
        {"instrument": "auditc", "due": TODAY.isoformat()},
    )
    made = a_hand_over(an_appointment(service, patient, at=A_MORNING), at=A_MORNING)
    ago = made.invitation.context["answered_days_ago"]
    assert "auditc" not in ago and ago["phq9"] == 30
    assert [one.instrument for one in repeats_of([patient.pk], services=[service.pk])]


def test_stepping_out_is_two_presses_and_is_taken_back_with_one(client) -> None:
    service = a_service()
    sent, _entry = _visit(service)
    signed_in(client, "consultant", service)
    _press(client, sent, "Cared for by another team")
    page = text_of(client.get(_summary(sent)))
    assert "Stepped out of the pathway." in page
    assert 'value="done"' not in page
    _press(client, sent, "Take back", among="step-out")
    assert 'value="done"' in text_of(client.get(_summary(sent)))
    assert [row.is_back for row in SteppedOut.objects.order_by("id")] == [False, True]


def test_stepping_out_leaves_an_open_alert_open(client) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING, phq9={"q9": 2})
    signed_in(client, "consultant", service)
    _press(client, sent, "Cared for by another team")
    assert 'class="strip safety"' in text_of(client.get(_summary(sent)))


def test_stepping_out_needs_one_of_the_reasons(client) -> None:
    service = a_service()
    _, entry = _visit(service)
    address = reverse("workspace:step_out", args=[entry.pk])
    assert signed_in(client, "consultant", service).post(address, {"why": "x"}).status_code == 400
    assert not SteppedOut.objects.exists()


@pytest.mark.parametrize("name", ["ask_again", "step_out"])
def test_acting_is_closed_to_other_services_roles_and_the_signed_out(client, name: str) -> None:
    here, there = a_service(), a_service("Dermatology")
    _, entry = _visit(there)
    address = reverse(f"workspace:{name}", args=[entry.pk])
    assert client.post(address)["Location"].startswith("/sign-in/login/")
    answered = signed_in(client, "consultant", here).post(address)
    assert (answered.status_code, answered.content) == (404, b"")
    assert signed_in(client, "receptionist", there).post(address).status_code == 403


def test_each_step_stands_with_its_wait_and_the_day_of_it(client) -> None:
    service = a_service()
    enter_wait(
        service=service, option="talking_therapies", days=35, as_of=TODAY - timedelta(days=15),
        by="nurse", at=A_MORNING,
    )  # fmt: skip
    sent, _ = _visit(service)
    page = text_of(signed_in(client, "consultant", service).get(_summary(sent)))
    assert "<strong>5 weeks</strong> (as of 2 Nov, may have changed)" in page


def test_a_pathway_that_was_signed_here_names_its_signer_and_not_that_nobody_looked(client) -> None:
    service = a_service()
    sent, _entry = _visit(service)
    reader = signed_in(client, "consultant", service)
    who = reader.session["_auth_user_id"]
    from imparts.access.models import Staff

    signer = Staff.objects.get(pk=who).username
    for content in ContentVersion.objects.filter(kind="pathway"):
        Signature.objects.create(
            content=content, signed_by=signer, as_role="consultant", statement="read", at=A_MORNING
        )
    page = text_of(reader.get(_summary(sent)))
    line = page[page.index("of this clinic:") :][:120]
    assert "signed by Robin Example (Consultant), 17 November 2026" in line
    assert "not yet checked" not in line


def test_the_questions_to_the_database_do_not_grow_with_the_visits(client) -> None:
    service, patient = a_service(), a_patient()
    counted = []
    reader = signed_in(client, "consultant", service)
    for number in range(6):
        sent, _ = _visit(service, patient, at=A_MORNING - timedelta(days=180 - 30 * number))
        if number in (1, 5):
            reader.get(_summary(sent))
            with CaptureQueriesContext(connection) as asked:
                reader.get(_summary(sent))
            counted.append(len(asked))
    assert counted[0] == counted[1] <= 50
