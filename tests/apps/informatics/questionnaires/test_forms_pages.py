"""A form's pages on the tablet: declining, adding another, tapping, texts, and the calm page."""

import re

import pytest

from imparts.informatics.questionnaires.models import AnswerGiven
from imparts.pathways.models import Alert
from tests.apps.informatics.questionnaires.a_form import CUPS, HARM, HOW, PACK
from tests.apps.informatics.questionnaires.a_form_in_hand import (
    COLOUR,
    CUP_COUNT,
    DRINKS,
    PLAIN,
    TEAS,
    address,
    in_hands,
    kept_of,
    page_of,
)  # fmt: skip

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize("item", [HOW, DRINKS, COLOUR, CUP_COUNT, PLAIN["date"], TEAS])
def test_every_question_may_be_declined(clock, item) -> None:
    browser = in_hands(item)
    assert "I would rather not answer" in page_of(browser, item["linkId"])
    typed = {"a": "declined", "words": "typed but not meant", "number": "x"}
    assert browser.post(address(item["linkId"]), typed).url == "/tablet/check/"
    assert kept_of(item["linkId"]) is True
    assert "You chose not to answer" in browser.get("/tablet/check/").content.decode()


def test_enter_in_a_field_never_presses_i_would_rather_not_answer(clock) -> None:
    page = page_of(in_hands(CUP_COUNT), "count")
    (button,) = re.findall(r"<button[^>]*value=\"declined\"[^>]*>", page)
    assert 'form="rather-not"' in button
    assert re.search(r'<form method="post" id="rather-not"', page)


def test_one_more_answer_keeps_what_was_typed_and_stores_nothing_yet(clock) -> None:
    browser = in_hands(TEAS)
    drawn = browser.post(address("teas"), {"words": ["Earl Grey"], "more": "1"})
    page = drawn.content.decode()
    assert drawn.status_code == 200
    assert page.count('name="words"') == 2
    assert 'value="Earl Grey"' in page
    assert kept_of("teas") is None


def test_a_group_is_added_to_and_ended_on_its_own_page(clock) -> None:
    browser = in_hands(CUPS)
    first = address("cups[1]/cups~1colour")
    another = browser.post(first, {"words": "blue"}).url
    assert "Is there another one to add?" in browser.get(another).content.decode()
    second = browser.post(another, {"a": "add"}).url
    assert second == address("cups[2]/cups~1colour")
    assert "Your cups, 2 of 2" in browser.get(second).content.decode()
    assert browser.post(second, {"words": "red"}).url == another
    assert "Remove number 2" in browser.get(another).content.decode()
    assert browser.post(another, {"a": "all"}).url == "/tablet/check/"
    page = browser.get("/tablet/check/").content.decode()
    assert "1. What colour is the cup?" in page and "2 in all" in page


def test_the_last_time_of_a_group_can_be_removed(clock) -> None:
    browser = in_hands(CUPS)
    another = address("cups")
    browser.post(address("cups[1]/cups~1colour"), {"words": "blue"})
    browser.post(another, {"a": "add"})
    browser.post(address("cups[2]/cups~1colour"), {"words": "red"})
    assert browser.post(another, {"a": "remove"}).url == another
    assert "Remove number" not in browser.get(another).content.decode()
    assert browser.post(another, {"a": "remove"}).status_code == 404


def test_a_form_is_tapped_when_the_clinic_taps_but_fields_have_continue(clock) -> None:
    browser = in_hands(HOW, CUP_COUNT, mode="one_tap")
    assert "data-one-tap" in page_of(browser, "how")
    page = page_of(browser, "count")
    assert "data-one-tap" not in page
    assert ">Continue</button>" in page


def test_a_tap_made_twice_answers_once(clock) -> None:
    browser = in_hands(HOW, PLAIN["boolean"], mode="one_tap")
    token = re.search(r'name="page" value="([^"]+)"', page_of(browser, "boolean"))[1]
    clock.tick(0.2)
    again = browser.post(address("boolean"), {"a": "yes", "page": token})
    assert again.url == address("boolean")
    assert kept_of("boolean") is None


def test_hostile_words_are_shown_as_text(clock) -> None:
    browser = in_hands(
        {"linkId": HOSTILE, "type": "group", "text": HOSTILE, "item": [
            {"linkId": "read", "type": "display", "text": HOSTILE},
            {"linkId": "a", "type": "string", "text": HOSTILE},
        ]},
    )  # fmt: skip
    page = page_of(browser, "a")
    assert page.count("&lt;script&gt;alert(") >= 3
    browser.post(address("a"), {"words": HOSTILE})
    page += page_of(browser, "a") + browser.get("/tablet/check/").content.decode()
    assert "<script>alert(" not in page and "<img src=x" not in page


def test_an_address_holds_no_letter_that_an_address_may_not_hold(clock) -> None:
    odd = {"linkId": "1.2/ü [x]?#", "type": "boolean", "text": "An odd one?"}
    browser = in_hands(odd)
    path = "1.2~1ü ~2x]?#"
    where = address(path)
    assert re.fullmatch(r"/tablet/q/[a-z0-9-]+/[a-z0-9-]+/", where)
    assert browser.get("/tablet/help/", {"from": where}).content.decode().count(where) >= 1
    assert browser.post(where, {"a": "yes"}).url == "/tablet/check/"
    assert kept_of(path) == [{"boolean": True}]


def test_texts_are_read_before_their_question_and_the_last_after_it(clock) -> None:
    browser = in_hands(
        {"linkId": "first", "type": "display", "text": "Read me first."}, HOW,
        {"linkId": "picture", "type": "attachment", "text": "Add a picture."}, PLAIN["boolean"],
        {"linkId": "last", "type": "display", "text": "Read me last."},
    )  # fmt: skip
    assert "Read me first." in page_of(browser, "how")
    page = page_of(browser, "boolean")
    assert "Add a picture. <b>This question cannot be answered on this tablet.</b>" in page
    assert "Read me last." in page
    assert "Read me" not in browser.get("/tablet/check/").content.decode()


def test_the_calm_page_follows_a_positive_answer_of_a_form(clock) -> None:
    browser = in_hands(HARM)
    assert browser.post(address("harm"), {"a": "yes"}).url == "/tablet/calm/"
    assert "We are glad you told us" in browser.get("/tablet/calm/").content.decode()
    assert Alert.objects.get().events.filter(name="told").exists()


def test_a_free_text_of_our_own_is_written_shown_and_kept(clock) -> None:
    pack = PACK.replace('{ instrument = "kettle-diary" }', '{ instrument = "fft" }')
    browser = in_hands(HOW, pack=pack)
    browser.post("/tablet/q/fft/q1/", {"a": "1"})
    browser.post("/tablet/q/fft/why/", {"words": "  You were kind. "})
    row = AnswerGiven.objects.filter(instrument="fft", item="why").get()
    assert (row.value, row.entered) == (None, [{"string": "You were kind."}])
    assert "You were kind." in browser.get("/tablet/q/fft/why/").content.decode()
    assert "You were kind." in browser.get("/tablet/check/").content.decode()
    assert browser.post("/tablet/q/fft/why/?change=1", {"words": " "}).status_code == 400
    assert browser.post("/tablet/q/fft/why/?change=1", {"a": "declined"}).status_code == 302
    assert AnswerGiven.objects.filter(item="why").last().declined


def test_a_first_value_is_a_proposal_in_a_field_and_never_a_chosen_answer(clock) -> None:
    born = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": "%patient.birthDate"},
    }
    browser = in_hands(
        PLAIN["date"] | {"extension": [born]}, HOW | {"required": False},
        PLAIN["string"] | {"initial": [{"valueString": "Kettle"}]},
    )  # fmt: skip
    page = page_of(browser, "date")
    assert all(f'value="{part}"' in page for part in ("14", "3", "1961"))
    assert 'value="Kettle"' in page_of(browser, "string")
    assert " checked" not in page_of(browser, "how")
    assert kept_of("date") is None
    browser.post(address("string"), {"a": "declined"})
    assert 'value="Kettle"' not in page_of(browser, "string")
