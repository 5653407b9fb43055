"""Bringing in: a file is read item by item, its questions on harm are confirmed, someone signs."""

from datetime import timedelta

import pytest

from imparts.authoring.queries import choosing
from imparts.library import actions as library
from imparts.library.models import ContentVersion, HarmReview
from imparts.library.queries import why_not_offered
from tests.apps.authoring.brought import bring, brought, confirm, questionnaire
from tests.apps.authoring.composed import (
    ON_A_MORNING,
    browser_of,
    signs,
    text_of,
)
from tests.builders import NOON, TODAY, a_service, staff_with
from tests.rules.wording.invented import PACK, STRUCTURE

pytestmark = ON_A_MORNING


def test_a_questionnaire_is_kept_with_its_report_and_asked_nowhere_yet(people) -> None:
    nurse, _ = people
    made = brought(nurse, questionnaire())
    assert made.loaded_by == "nurse.one" and not made.is_shipped
    assert "Nobody has confirmed" in str(why_not_offered(made, on=TODAY))
    page = text_of(nurse.get(f"/library/imports/{made.pk}/"))
    assert "A picture" in page and "no files are taken" in page
    assert "Have you wished to be dead?" in page and " checked" not in page


def test_the_same_file_twice_is_kept_once_and_said_so(people) -> None:
    nurse, _ = people
    made = brought(nurse, questionnaire())
    again = bring(nurse, questionnaire())
    assert again["Location"] == f"/library/imports/{made.pk}/"
    assert "This very file is here already." in text_of(nurse.get(again["Location"]))
    assert ContentVersion.objects.filter(kind="form").count() == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "This file is empty."),
        (b" \n ", "This file is empty."),
        (b"%PDF-1.7 \xff\xfe\x00", "This is not a text file."),
        (b"just words", "This file is not JSON."),
        (b"[" * 20000, "This file is not JSON."),
        (b"[1, 2]", "neither a FHIR Questionnaire nor a wording pack"),
        (b'{"a": 1}', "neither a FHIR Questionnaire nor a wording pack"),
        (b'{"resourceType": "Patient"}', "This is a FHIR Patient."),
        (
            b'{"resourceType": "Questionnaire", "title": "x", "status": "active", "item": '
            b'[{"linkId": "a", "type": "display", "text": "x"}]}',
            "no question that can be asked",
        ),
        (b'{"format": "imparts-wording-1", "instrument": "nothing"}', "."),
        (b"{" + b" " * (3 * 1024 * 1024 + 1) + b"}", "at most 3 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    people, body: bytes, said: str
) -> None:
    answer = bring(people[0], body)
    assert answer.status_code == 422
    assert said in text_of(answer) and "There is a problem" in text_of(answer)
    assert not ContentVersion.objects.filter(is_shipped=False).exists()


def test_no_file_at_all_is_a_sentence(people) -> None:
    answer = people[0].post("/library/imports/", {})
    assert answer.status_code == 422 and "Choose the file to bring in." in text_of(answer)


def test_hostile_words_of_a_file_are_shown_as_words(people) -> None:
    text = "<script>alert(1)</script> do you want to die?"
    items = [{"linkId": '"><b>', "text": text, "type": "boolean"}]
    made = brought(people[0], questionnaire(item=items, title="<i>Title</i>"))
    for where in (f"/library/imports/{made.pk}/", f"/library/versions/{made.pk}/"):
        body = people[0].get(where).content
        assert b"<script>alert" not in body and b"<i>Title" not in body and b'"><b>' not in body


def test_every_listed_question_is_answered_one_by_one(people) -> None:
    nurse, _ = people
    made = brought(nurse, questionnaire())
    answer = confirm(nurse, made, **{"asks-2": ""})
    page = text_of(answer)
    assert answer.status_code == 422 and 'href="#id_asks-2"' in page
    assert "Say whether “How often did you want to die?” asks about harm." in page
    assert not HarmReview.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"counts-1": []}, "Tick the answers to “Have you wished to be dead?”"),
        ({"counts-1": ["other"]}, "Tick the answers to “Have you wished to be dead?”"),
        ({"words-1": " "}, "Say what the alert of “Have you wished to be dead?” tells staff"),
        ({"short_words-1": "x" * 121}, "in at most 120 characters"),
        ({"asks-2": "yes", "words-2": "a", "short_words-2": "a"}, "Say from which number on"),
        ({"asks-2": "yes", "least-2": "nan", "words-2": "a", "short_words-2": "a"},
         "Say from which number on"),
        ({"asks-1": "perhaps"}, "Say whether “Have you wished to be dead?” asks about harm."),
    ],
)  # fmt: skip
def test_no_rule_no_confirmation(people, given: dict, said: str) -> None:
    made = brought(people[0], questionnaire())
    answer = confirm(people[0], made, **given)
    assert answer.status_code == 422 and said in text_of(answer)
    assert not HarmReview.objects.exists()


def test_what_was_confirmed_carries_the_rule_the_words_and_the_name(people) -> None:
    nurse, _ = people
    made = brought(nurse, questionnaire())
    assert confirm(nurse, made).status_code == 302
    review = HarmReview.objects.get()
    assert review.by == "nurse.one" and review.as_role == "Nurse"
    assert review.items[0] == {
        "item": "dead", "asks_about_harm": True, "positive": {"is_one_of": ["y"]},
        "short_words": "Talk", "words": "Talk before they leave",
    }  # fmt: skip
    assert review.items[1] == {"item": "often", "asks_about_harm": False}
    page = text_of(nurse.get(f"/library/imports/{made.pk}/"))
    assert "Confirmed by Nurse (nurse.one)" in page
    assert "and when declined: “Talk before they leave”" in page


def test_what_was_confirmed_is_said_in_the_words_of_the_answers(people) -> None:
    nurse, consultant = people
    items = [
        {"linkId": "coded", "text": "Did you want to die?", "type": "choice", "answerOption": [
            {"valueCoding": {"system": "urn:a", "code": "LA-1", "display": "Some days"}},
            {"valueCoding": {"system": "urn:b", "code": "LA-1", "display": "Every day"}},
        ]},
        {"linkId": "plain", "text": "Do you want to die?", "type": "boolean"},
    ]  # fmt: skip
    made = brought(nurse, questionnaire(item=items))
    rule = {"asks_about_harm": True, "short_words": "Talk", "words": "Talk first"}
    library.confirm_harm_items(
        content=made, by="nurse.one", as_role="Nurse", at=NOON,
        items=[
            {"item": "coded", "positive": {"is_one_of": ["urn:b|LA-1"]}} | rule,
            {"item": "plain", "positive": {"is_one_of": [True]}} | rule,
        ],
    )  # fmt: skip
    for where in (f"/library/imports/{made.pk}/", f"/library/versions/{made.pk}/"):
        page = text_of(consultant.get(where))
        assert "alert after Every day, and when" in page, where
        assert "alert after yes, and when" in page, where


def test_a_number_raises_the_alert_from_a_value_and_own_words_always(people) -> None:
    nurse, _ = people
    made = brought(nurse, questionnaire())
    given = {
        "asks-2": "yes", "least-2": "1", "words-2": "Ask", "short_words-2": "Ask",
        "also": ["3"], "asks-3": "yes", "words-3": "Read it", "short_words-3": "Read it",
    }  # fmt: skip
    assert confirm(nurse, made, **given).status_code == 302
    rules = {one["item"]: one.get("positive") for one in HarmReview.objects.get().items}
    assert rules == {
        "dead": {"is_one_of": ["y"]}, "often": {"is_at_least": 1}, "own": {"is_answered": True},
    }  # fmt: skip


def test_a_question_that_the_import_did_not_list_can_be_put_on_the_list(people) -> None:
    nurse, _ = people
    made = brought(nurse, questionnaire())
    assert 'name="asks-0"' not in text_of(nurse.get(f"/library/imports/{made.pk}/"))
    page = text_of(confirm(nurse, made, do="list", also=["0"]))
    assert 'name="asks-0"' in page and 'type="hidden" name="also" value="0"' in page
    assert not HarmReview.objects.exists()
    nonsense = confirm(nurse, made, do="list", also=["99999999999", "-1", "x", "77"])
    assert nonsense.status_code == 200


def test_whoever_brought_it_in_or_confirmed_it_does_not_sign_it(people) -> None:
    nurse, consultant = people
    made = brought(consultant, questionnaire())
    page = text_of(consultant.get(f"/library/versions/{made.pk}/"))
    assert "You brought this in, so a second person must sign it." in page
    confirm(nurse, made)
    sign = f"/library/versions/{made.pk}/sign/"
    assert consultant.post(sign, {"stands_for_it": "on"}).status_code == 409
    other = browser_of(staff_with("safety", a_service(with_content=False)))
    assert signs(other, made).status_code == 302
    assert why_not_offered(made, on=TODAY) is None


def test_nobody_signs_before_the_questions_on_harm_are_confirmed(people) -> None:
    nurse, consultant = people
    made = brought(nurse, questionnaire())
    answer = consultant.post(f"/library/versions/{made.pk}/sign/", {"stands_for_it": "on"})
    assert answer.status_code == 409
    assert "Confirm first which of its questions ask about harm" in text_of(answer)


def test_a_licensed_wording_brought_in_and_signed_can_be_chosen_in_a_pack(people) -> None:
    nurse, consultant = people
    library.load_file(kind="instrument", text=STRUCTURE, at=NOON)
    answer = bring(nurse, PACK)
    made = ContentVersion.objects.get(kind="wording")
    assert answer["Location"] == f"/library/versions/{made.pk}/"
    page = text_of(consultant.get(answer["Location"]))
    assert "Licensed wording" in page and "Questions (en-GB)" in page
    assert choosing.shelf(on=TODAY).by_key[made.key].why_not
    signs(consultant, made)
    assert choosing.shelf(on=TODAY).by_key[made.key].why_not == ""
    assert choosing.shelf(on=TODAY).by_key[made.key].content_id == made.pk


def test_a_manager_brings_a_file_in_and_leaves_confirming_to_clinicians(people) -> None:
    service = a_service("Dermatology", with_content=False)
    manager = browser_of(staff_with("manager", service))
    made = brought(manager, questionnaire())
    page = text_of(manager.get(f"/library/imports/{made.pk}/"))
    assert "Confirm with my name" not in page and "Have you wished to be dead?" in page
    assert confirm(manager, made).status_code == 403
    desk = browser_of(staff_with("receptionist", service))
    assert desk.get("/library/imports/").status_code == 403


def test_a_thousand_questions_are_listed_on_one_page(people) -> None:
    many = [{"linkId": f"q{n}", "text": f"Question {n}?", "type": "boolean"} for n in range(1000)]
    made = brought(people[0], questionnaire(item=many))
    page = text_of(people[0].get(f"/library/imports/{made.pk}/"))
    assert "The import found no words of harm." in page and "Question 999?" in page
    assert confirm(people[0], made).status_code == 302


def test_what_was_confirmed_anew_after_signing_waits_for_a_signature_again(people) -> None:
    nurse, consultant = people
    made = brought(nurse, questionnaire())
    confirm(nurse, made)
    library.sign(
        content=made, by="consultant.one", as_role="Consultant", statement="Read.", at=NOON
    )
    ticked = f'name="contents" value="{made.pk}"'
    later = NOON + timedelta(minutes=1)
    assert ticked not in text_of(consultant.get("/library/signing/"))
    items = HarmReview.objects.get().items
    library.confirm_harm_items(content=made, items=items, by="nurse.one", as_role="Nurse", at=later)
    assert ticked in text_of(consultant.get("/library/signing/"))
    assert "1 made here wait" in text_of(consultant.get("/library/packs/"))
    library.sign(
        content=made, by="consultant.one", as_role="Consultant", statement="Read.", at=later
    )
    assert ticked not in text_of(consultant.get("/library/signing/"))
