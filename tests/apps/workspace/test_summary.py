"""The summary of one visit: what it says, who may open it, and that every look is noted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.questionnaires.models import Invitation
from imparts.outbox.models import Message
from imparts.pathways.models import AlertEvent, StepTaken
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import (
    a_hand_over,
    a_patient,
    a_sent_sitting,
    a_service,
    an_appointment,
    answer,
    answer_everything,
    put_content_in_force,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
EARLIER = A_MORNING - timedelta(days=154)
MODERATE = {"q1": 2, "q2": 2, "q3": 3, "q4": 3, "q5": 1, "q6": 1, "q7": 1, "q8": 0, "q9": 1}


def _address(sent: Invitation) -> str:
    return reverse("workspace:visit", args=[sent.patient_id, sent.pk])


def _seen_by(client, role: str, service, **given) -> str:
    return page_for(client, role, service, _address(a_sent_sitting(service, at=A_MORNING, **given)))


def test_the_gist_stands_first_and_says_item_9_as_it_was_answered(client) -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=EARLIER, phq9={"q3": 3, "q4": 3})
    sent = a_sent_sitting(service, patient, at=A_MORNING, phq9=MODERATE)
    page = page_for(client, "consultant", service, _address(sent))
    assert "Low mood is moderate and worse than in June." in page
    assert "Item 9 (better off dead, or hurting oneself): several days." in page
    assert page.index('class="gist"') < page.index('class="strip') < page.index("measures")


def test_the_measures_stand_with_scale_words_and_change(client) -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=EARLIER, phq9={"q3": 3, "q4": 3})
    sent = a_sent_sitting(service, patient, at=A_MORNING, phq9=MODERATE)
    page = page_for(client, "consultant", service, _address(sent))
    assert '<b>14</b> <span class="two">of 27</span>' in page
    assert "Higher = worse" in page
    assert "Since 16 June" in page
    assert "<b>8 worse</b>" in page


def test_an_estimate_says_what_it_could_be(client) -> None:
    given = {"q1": 1, "q2": 1, "q3": 2, "q4": 2, "q5": 1, "q6": None, "q7": None}
    page = _seen_by(client, "consultant", a_service(), phq9=given)
    assert "estimated 9, could be 7 to 13" in page
    assert "Chose not to answer" in page


def test_how_many_points_an_illness_may_explain_is_said(client) -> None:
    page = _seen_by(client, "consultant", a_service(), phq9=MODERATE)
    assert "<strong>7 of the 14</strong>" in page
    assert "which joint disease can also cause" in page


def test_item_9_not_at_all_is_an_answer_and_never_an_absence(client) -> None:
    page = _seen_by(client, "consultant", a_service())
    assert "Item 9 (better off dead, or hurting oneself): not at all." in page
    for absence in ("no thoughts", "no risk", "low risk", "high risk", "is safe"):
        assert absence not in page.lower(), absence


def test_both_answers_are_shown_when_item_9_was_changed(client) -> None:
    service = a_service()
    hand_over = a_hand_over(an_appointment(service, at=A_MORNING), at=A_MORNING)
    answer(hand_over, "phq9", "q9", 1, at=A_MORNING)
    answer(hand_over, "phq9", "q9", 0, at=A_MORNING + timedelta(minutes=1))
    page = page_for(client, "nurse", service, _address(hand_over.invitation))
    assert "several days at 09:30, then not at all at 09:31" in page


def test_a_sitting_that_was_not_sent_shows_its_answers_and_no_score(client) -> None:
    service = a_service()
    hand_over = a_hand_over(an_appointment(service, at=A_MORNING), at=A_MORNING)
    answer(hand_over, "phq9", "q1", 3, at=A_MORNING)
    page = page_for(client, "nurse", service, _address(hand_over.invitation))
    assert "Not finished: there are no scores yet." in page
    assert "Nearly every day" in page
    assert "of 27" not in page
    assert "Next steps are suggested when the answers are sent." in page
    assert "suggest nothing" not in page
    assert "Answers so far" in page


def test_until_the_record_has_it_the_page_says_so(client) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING)
    address = _address(sent)
    assert "Not yet in the hospital record." in page_for(client, "nurse", service, address)
    Message.objects.update(state="sent", sent_at=A_MORNING)
    assert "In the hospital record 09:30." in text_of(client.get(address))


def test_what_no_clinician_has_checked_says_so(client) -> None:
    page = _seen_by(client, "nurse", a_service())
    assert "not yet checked by a clinician" in page


def test_every_answer_stands_with_the_items_full_text(client) -> None:
    page = _seen_by(client, "nurse", a_service(), phq9=MODERATE)
    assert "Thoughts that you would be better off dead or of hurting yourself in some way" in page
    assert "More than half the days" in page


def test_with_every_answer_at_its_worst_it_is_under_25_kb_and_needs_no_script(client) -> None:
    service, patient = a_service(with_content=False), a_patient()
    put_content_in_force(service, "chronic_pain_outpatient")
    smokes = {"q1": 3, "q2": 2}
    for days in (700, 550, 400, 250, 154):
        at = A_MORNING - timedelta(days=days)
        a_sent_sitting(service, patient, at=at, phq9={"q1": 1}, smoking_core=smokes)
    worst = {f"q{n}": 3 for n in range(1, 10)}
    sent = a_sent_sitting(
        service, patient, at=A_MORNING, phq9=worst, gad7=worst, smoking_core=smokes,
        auditc={"q1": 4, "q2": 4, "q3": 4}, peg={"q1": 9, "q2": 9, "q3": 9},
    )  # fmt: skip
    page = page_for(client, "consultant", service, _address(sent))
    assert len(page.encode()) < 25_000
    assert "<script>" not in page
    assert " style=" not in page


def test_opening_it_is_noted_and_counts_as_seen(client) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING, phq9={"q9": 2})
    reader = signed_in(client, "consultant", service)
    for _ in range(2):
        reader.get(_address(sent))
    noted = AuditEntry.objects.filter(did="saw summary", patient=sent.patient_id)
    assert noted.count() == 2
    assert noted[0].why.startswith("appointment at service")
    assert AlertEvent.objects.filter(name="seen").count() == 1


def test_a_psychologist_sees_it_too(client) -> None:
    assert "Item 9" in _seen_by(client, "psychologist", a_service())


@pytest.mark.parametrize("role", ["receptionist", "manager", "gp", "researcher", "admin"])
def test_roles_that_see_no_results_are_told_who_may(client, role: str) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING)
    answered = signed_in(client, role, service).get(_address(sent))
    assert answered.status_code == 403
    assert "These roles may: clinic nurse" in text_of(answered)
    assert not AuditEntry.objects.filter(did="saw summary").exists()


def test_another_services_visit_is_not_found_and_says_nothing(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    sent = a_sent_sitting(there, at=A_MORNING)
    answered = signed_in(client, "consultant", here).get(_address(sent))
    assert (answered.status_code, answered.content) == (404, b"")


def test_a_visit_under_another_patients_address_is_not_found(client) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING)
    other = a_sent_sitting(service, a_patient("Kofi", "Brambleton"), at=A_MORNING)
    address = reverse("workspace:visit", args=[other.patient_id, sent.pk])
    assert signed_in(client, "consultant", service).get(address).status_code == 404


def test_a_visit_at_another_service_of_a_shared_patient_is_not_found(client) -> None:
    here, there, patient = a_service(), a_service("Dermatology"), a_patient()
    a_sent_sitting(here, patient, at=A_MORNING)
    sent = a_sent_sitting(there, patient, at=A_MORNING, phq9=MODERATE)
    assert signed_in(client, "consultant", here).get(_address(sent)).status_code == 404


def test_another_services_scores_stay_out_of_the_course(client) -> None:
    here, there, patient = a_service(), a_service("Dermatology"), a_patient()
    a_sent_sitting(there, patient, at=EARLIER, phq9=MODERATE)
    sent = a_sent_sitting(here, patient, at=A_MORNING)
    page = page_for(client, "consultant", here, _address(sent))
    assert "14 in June 2026" not in page
    assert "first time" in page


def test_signed_out_it_leads_to_signing_in(client) -> None:
    sent = a_sent_sitting(a_service(), at=A_MORNING)
    assert client.get(_address(sent))["Location"].startswith("/sign-in/login/")


def _a_step(service):
    from imparts.pathways.models import PathwayEntry

    sent = a_sent_sitting(service, at=A_MORNING, phq9=MODERATE)
    entry = PathwayEntry.objects.get(about=sent.pk)
    step = entry.steps[0]["step_id"]
    return sent, reverse("workspace:decide", args=[entry.pk, step])


def test_a_step_is_done_with_one_tap(client) -> None:
    service = a_service()
    sent, address = _a_step(service)
    answered = signed_in(client, "consultant", service).post(address, {"decision": "done"})
    assert answered["Location"] == _address(sent)
    assert StepTaken.objects.get().decision == "done"
    assert "Done. Robin Example (Consultant), 09:30" in text_of(client.get(_address(sent)))


def test_not_now_needs_one_of_the_reasons(client) -> None:
    service = a_service()
    _, address = _a_step(service)
    reader = signed_in(client, "consultant", service)
    assert reader.post(address).status_code == 400
    assert reader.post(address, {"not_now": "because"}).status_code == 400
    reader.post(address, {"not_now": "said no"})
    taken = StepTaken.objects.get()
    assert (taken.decision, taken.why) == ("not_now", "said no")


def test_a_step_that_was_not_suggested_is_refused_in_a_sentence(client) -> None:
    service = a_service()
    _, address = _a_step(service)
    wrong = "/".join([*address.rstrip("/").split("/")[:-1], "no_such_step", ""])
    answered = signed_in(client, "consultant", service).post(wrong, {"decision": "done"})
    assert answered.status_code == 400
    assert "This step was not suggested for this visit." in text_of(answered)


def test_deciding_is_closed_to_other_services_and_roles(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    _, address = _a_step(there)
    assert client.post(address)["Location"].startswith("/sign-in/login/")
    answered = signed_in(client, "consultant", here).post(address, {"decision": "done"})
    assert (answered.status_code, answered.content) == (404, b"")
    assert signed_in(client, "receptionist", there).post(address).status_code == 403
    assert not StepTaken.objects.exists()


def test_a_page_about_someone_is_never_kept_by_the_browser(client) -> None:
    service = a_service()
    hand_over = a_hand_over(an_appointment(service, at=A_MORNING), at=A_MORNING)
    answer_everything(hand_over, at=A_MORNING)
    answered = signed_in(client, "nurse", service).get(_address(hand_over.invitation))
    assert "no-store" in answered["Cache-Control"]


def test_what_was_not_asked_for_want_of_a_translation_is_said(client) -> None:
    service = a_service()
    sent = a_sent_sitting(service, at=A_MORNING)
    why = "There is no official Welsh version of AUDIT-C here. Offer an interpreter."
    sent.context |= {"left_out": [["auditc", why]]}
    sent.save(update_fields=["context"])
    page = page_for(client, "consultant", service, _address(sent))
    assert f"Not asked: {why}" in page
