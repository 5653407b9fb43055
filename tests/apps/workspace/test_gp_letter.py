"""The letter to the GP: nothing chosen beforehand, the action first, agreement kept."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.integrated_care.referrals.models import Letter
from imparts.organisations.actions import open_organisation
from imparts.pathways import actions as pathways
from imparts.pathways.queries import alerts_about
from imparts.people import actions as people
from tests.apps.workspace.given import page_for, signed_in, text_of
from tests.apps.workspace.letters_given import MODERATE, SAID, Visit, made_letter
from tests.apps.workspace.morning import A_MORNING
from tests.builders import a_hand_over, a_patient, a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} #sys.inputs $x$ ) Tj ET"


def _page(client, letter: Letter) -> str:
    page = text_of(client.get(reverse("workspace:letter", args=[letter.pk])))
    return unescape(page).replace("\xa0", " ")


def _refused(client, visit: Visit, **said) -> str:
    answer = visit.browser(client).post(visit.letter_address, {**said, "do": "make"})
    assert answer.status_code == 422
    assert not Letter.objects.exists()
    return unescape(text_of(answer))


def test_nothing_is_chosen_beforehand(client) -> None:
    visit = Visit()
    page = text_of(visit.browser(client).get(visit.letter_address))
    assert "checked" not in page
    assert 'name="asked" value="none"' in page


def test_the_first_two_lines_say_what_the_gp_is_asked_to_do(client) -> None:
    visit = Visit()
    visit.referral()
    letter = made_letter(client, visit, asked=["see", "medicines"], by_when="within 2 weeks")
    page = _page(client, letter)
    first = "Action for GP: please see the patient about these results; and review the patient's"
    assert first in page
    assert "Within 2 weeks. Because low mood is 10 to 14" in page
    paper = page[page.index('class="paper"') :]
    assert paper.index("Action for GP") < paper.index("THIMBLEWICK")


def test_action_none_is_said_and_the_rest_is_for_information(client) -> None:
    page = _page(client, made_letter(client, Visit(), asked="none"))
    assert "Action for GP: none." in page and "For your information." in page


def test_scores_stand_with_scale_words_change_and_verified_codes(client) -> None:
    page = _page(client, made_letter(client, Visit()))
    assert "14 of 27" in page and "moderate" in page
    assert "worse by 8 (6 on 16 Jun)" in page
    assert "LOINC 44261-6; SNOMED CT 720433000" in page
    assert "Higher = worse" in page


def test_a_letter_without_an_action_is_refused_and_keeps_what_was_typed(client) -> None:
    page = _refused(client, Visit(), agreement="agreed", note="Kept words")
    assert "Choose what the GP is asked to do" in page and "Kept words" in page


def test_none_beside_an_action_is_refused(client) -> None:
    assert "Take one of them away" in _refused(
        client, Visit(), asked=["none", "see"], agreement="agreed"
    )


def test_something_else_needs_its_words(client) -> None:
    assert "Write what else" in _refused(client, Visit(), asked="other", agreement="agreed")


def test_an_action_that_is_not_offered_is_refused(client) -> None:
    assert "Choose among the actions shown" in _refused(
        client, Visit(), asked="sign_here", agreement="agreed"
    )


def test_nobody_having_said_whether_the_patient_agrees_is_refused(client) -> None:
    assert "Choose whether the patient agrees" in _refused(client, Visit(), asked="none")


@pytest.mark.parametrize("answer", ["did_not", "not_asked"])
def test_without_agreement_a_letter_needs_a_reason_that_stands_in_it(client, answer: str) -> None:
    visit = Visit()
    assert "needs a reason" in _refused(client, visit, asked="none", agreement=answer)
    why = "asked the ward to tell them first"
    page = _page(client, made_letter(client, visit, agreement=answer, why=why))
    assert "Reason for it all the same: Asked the ward to tell them first." in page


def test_looking_first_makes_nothing(client) -> None:
    visit = Visit()
    answer = visit.browser(client).post(visit.letter_address, {**SAID, "do": "show"})
    assert "Action for GP: please see the patient" in text_of(answer)
    assert not Letter.objects.exists()


def test_pressed_twice_it_is_one_letter(client) -> None:
    visit = Visit()
    assert made_letter(client, visit) == made_letter(client, visit)
    assert Letter.objects.count() == 1


def test_another_letter_stands_beside_the_first(client) -> None:
    visit = Visit()
    first, second = made_letter(client, visit), made_letter(client, visit, asked="none")
    assert first.pk != second.pk and Letter.objects.count() == 2
    assert "Already made for this visit" in text_of(client.get(visit.letter_address))


def test_the_page_says_that_imparts_has_not_sent_it(client) -> None:
    assert "imparts has not sent it" in _page(client, made_letter(client, Visit()))


def test_what_was_done_about_item_9_stands_as_recorded_and_not_what_was_typed(client) -> None:
    visit = Visit(phq9={**MODERATE, "q9": 1})
    story = alerts_about([visit.sent.pk])[visit.sent.pk][0]
    made = made_letter(client, visit, asked="none")
    assert "What was done is not yet recorded here." in _page(client, made)
    assert "still open" in text_of(client.get(visit.letter_address))
    pathways.acknowledge_alert(alert=story.alert, by=visit.consultant.username, at=A_MORNING)
    pathways.record_what_was_done(
        alert=story.alert, closes=True, by=visit.consultant.username, at=A_MORNING,
        details={
            "talked_by": "me", "action": "gp", "reason": "secret words of the record",
            "safety_plan": "made", "topics": {"plan": "secret plan"},
        },
    )  # fmt: skip
    page = _page(client, made_letter(client, visit, asked="after_talk"))
    assert "Item 9 (better off dead, or hurting oneself): several days." in page
    assert "Talked with the patient. GP. Safety plan made." in page
    assert "follow up our talk about item 9" in page
    assert "secret" not in page
    assert "secret words of the record" in text_of(client.get(visit.letter_address))


def test_it_goes_to_the_practice_or_says_that_none_is_recorded(client) -> None:
    visit = Visit()
    page = _page(client, made_letter(client, visit))
    assert "the patient's GP practice (not recorded here)" in page
    visit.patient.practice = open_organisation(
        code="P1", name="Elmfold Surgery", kind="practice", nation="england",
        opened_on=(A_MORNING - timedelta(days=999)).date(),
    )  # fmt: skip
    visit.patient.save()
    assert "Elmfold Surgery" in _page(client, made_letter(client, visit))


def test_a_drafted_referral_is_not_told_as_one_that_was_made(client) -> None:
    visit = Visit()
    visit.referral()
    page = _page(client, made_letter(client, visit))
    assert "Talking Therapies: referral drafted, not sent yet." in page
    assert "Talking Therapies: done" not in page


def test_the_lead_measure_is_drawn_and_described(client) -> None:
    page = _page(client, made_letter(client, Visit()))
    assert 'class="plot"' in page and "Low mood: worse by 8" in page


def test_hostile_words_are_words(client) -> None:
    person = a_patient(given_name="<b>Am</b>", family_name="{{ 7*7 }}")
    visit = Visit(person)
    letter = made_letter(client, visit, asked="other", other=HOSTILE, note=HOSTILE)
    raw = text_of(client.get(reverse("workspace:letter", args=[letter.pk])))
    assert "<script>alert" not in raw and "<b>AM" not in raw and "<b>Am" not in raw
    assert "{{ 7*7 }}" in unescape(raw)
    answer = client.get(reverse("workspace:letter_pdf", args=[letter.pk]))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-1.7")


def test_signs_that_turn_a_line_round_are_left_out(client) -> None:
    page = _page(client, made_letter(client, Visit(), note="not\u202e suicidal\u200b words\x00"))
    assert "\u202e" not in page and "\u200b" not in page


def test_a_made_letter_never_changes_when_the_record_does(client) -> None:
    visit = Visit()
    letter = made_letter(client, visit)
    before = dict(Letter.objects.get(pk=letter.pk).facts)
    visit.patient.family_name = "Otherwick"
    visit.patient.save()
    page = _page(client, letter)
    assert "THIMBLEWICK, Amara" in page[page.index('class="paper"') :]
    assert "the name is now OTHERWICK, Amara" in page
    assert Letter.objects.get(pk=letter.pk).facts == before


def test_a_letter_is_never_shown_for_another_person(client) -> None:
    visit = Visit()
    made = made_letter(client, visit)
    other = a_patient("Other", "Person")
    forged = Letter.objects.create(
        patient=other, service=visit.service, kind="gp", to="x", facts=made.facts, at=A_MORNING,
        by="test",
    )  # fmt: skip
    a_hand_over(an_appointment(visit.service, other, at=A_MORNING), at=A_MORNING)
    for name in ("letter", "letter_pdf"):
        answer = client.get(reverse(f"workspace:{name}", args=[forged.pk]))
        assert answer.status_code == 400
        assert "THIMBLEWICK" not in text_of(answer)


def test_after_a_merge_the_letter_is_the_survivors_and_says_what_changed(client) -> None:
    visit = Visit()
    made = made_letter(client, visit)
    survivor = a_patient("Amara", "Thimblewicke")
    people.merge(loser=visit.patient, survivor=survivor, by="test", at=A_MORNING, why="same")
    page = _page(client, made)
    assert "the name is now THIMBLEWICKE, Amara" in page and "THIMBLEWICK, Amara" in page


def test_a_visit_that_was_not_sent_has_no_letter(client) -> None:
    visit = Visit()
    begun = a_hand_over(an_appointment(visit.service, visit.patient, at=A_MORNING), at=A_MORNING)
    address = reverse("workspace:gp_letter", args=[visit.patient.pk, begun.invitation_id])
    assert visit.browser(client).get(address).status_code == 400


@pytest.mark.parametrize("role", ["receptionist", "manager", "admin", "gp", "safety"])
def test_roles_without_the_right_are_refused(client, role: str) -> None:
    visit = Visit()
    letter = made_letter(client, visit)
    browser = signed_in(client, role, visit.service)
    for address in (visit.letter_address, reverse("workspace:letter", args=[letter.pk])):
        assert browser.get(address).status_code == 403


def test_another_service_finds_nothing(client) -> None:
    visit = Visit()
    letter = made_letter(client, visit)
    browser = signed_in(client, "consultant", a_service("Dermatology", with_content=False))
    for name in ("letter", "letter_pdf"):
        assert browser.get(reverse(f"workspace:{name}", args=[letter.pk])).status_code == 404
    assert browser.get(visit.letter_address).status_code == 404


def test_signed_out_it_leads_to_signing_in(client) -> None:
    answer = client.get(Visit().letter_address)
    assert answer.status_code == 302 and "/sign-in/" in answer["Location"]


def test_making_and_looking_are_noted(client) -> None:
    visit = Visit()
    letter = made_letter(client, visit)
    page_for(client, "nurse", visit.service, reverse("workspace:letter", args=[letter.pk]))
    noted = set(AuditEntry.objects.filter(patient=visit.patient.pk).values_list("did", flat=True))
    assert {"made letter to GP", "saw letter"} <= noted
