"""Answering in another language: wholly in it, in an official translation, or not at all."""

import re
from html import unescape

import pytest

from imparts.informatics.questionnaires.models import Answer, AnswerGiven, Invitation
from imparts.outbox.models import Message
from imparts.pathways.queries import alerts_about
from tests.apps.informatics.questionnaires import in_cy
from tests.apps.informatics.questionnaires.browsers import (
    answer_all_on,
    answer_on,
    at_first_question,
    handed_over,
    submission_id_on,
)

NAMES = {"Amara Thimblewick", "English", "Cymraeg", "Aa", "imparts"}
NUMBERS = re.compile(r"^[0-9.,: ]*$")


def words_on(page: str) -> list[str]:
    """Every text that a patient reads or has read out, in the order of the page."""
    body = page[page.index("<body") :]
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", body, flags=re.S)
    texts = re.findall(r'(?:aria-label|placeholder|title)="([^"]+)"', body)
    texts += re.findall(r">([^<]+)<", body)
    title = re.findall(r"<title>(.*?)</title>", page, flags=re.S)
    return [text for one in title + texts if (text := unescape(one).strip())]


def not_in_cy(page: str) -> list[str]:
    """The texts of a page that are in another language than the invented one."""
    return [
        text
        for text in words_on(page)
        if "[cy]" not in text and text not in NAMES and not NUMBERS.match(text)
    ]


@pytest.fixture
def in_cy_browser(tablet, appointment):
    """A tablet whose patient has chosen the invented language."""
    in_cy.load()
    browser = handed_over(tablet, appointment)
    assert browser.post("/tablet/language/", {"language": "cy"}).status_code == 302
    return browser


def begin(browser) -> str:
    """Say who one is and start; gives the first question's address."""
    browser.post("/tablet/is-this-you/", {"me": "yes"})
    return browser.post("/tablet/before/", {"helper": "nobody"}).url


def test_the_language_page_names_each_language_as_its_speakers_do(tablet, appointment) -> None:
    in_cy.load()
    page = handed_over(tablet, appointment).get("/tablet/language/").content.decode()
    assert 'value="cy" lang="cy"' in page
    assert "Cymraeg" in page


@pytest.mark.parametrize(
    "lacking",
    [{"words": False}, {"texts": False}, {"instruments": ("gad7", "smoking_core")}],
    ids=["the pages' words", "what is said after item 9", "PHQ-9"],
)
def test_a_language_that_lacks_anything_is_not_on_offer(tablet, appointment, lacking) -> None:
    in_cy.load(**lacking)
    browser = handed_over(tablet, appointment)
    assert "Cymraeg" not in browser.get("/tablet/language/").content.decode()
    browser.post("/tablet/language/", {"language": "cy"})
    assert Invitation.objects.get().language == "en"


def test_no_page_around_the_questions_mixes_languages(in_cy_browser) -> None:
    for address in ("language", "is-this-you", "before", "text", "help", "stop"):
        page = in_cy_browser.get(f"/tablet/{address}/").content.decode()
        if address == "before":
            in_cy_browser.post("/tablet/is-this-you/", {"me": "yes"})
            page = in_cy_browser.get("/tablet/before/").content.decode()
        assert 'lang="cy"' in page
        assert not_in_cy(page) in ([], ["14 [cy] March 1961"]), address


def test_no_question_and_no_page_after_them_mixes_languages(in_cy_browser) -> None:
    browser, seen = in_cy_browser, 0
    address = begin(browser)
    while address.startswith("/tablet/q/"):
        assert not_in_cy(browser.get(address).content.decode()) == []
        wrong = browser.post(address, {})
        assert wrong.status_code == 400
        assert not_in_cy(wrong.content.decode()) == []
        instrument, item = address.split("/")[3:5]
        address = answer_on(browser, instrument, item, "2" if item == "q9" else "0")
        seen += 1
    assert seen >= 9
    assert address == "/tablet/calm/"
    assert not_in_cy(browser.get("/tablet/calm/").content.decode()) == []
    answer_all_on(browser)
    assert not_in_cy(browser.get("/tablet/check/").content.decode()) == []
    sent = browser.post("/tablet/send/", {"submission_id": submission_id_on(browser)})
    assert sent.url == "/tablet/thank-you/"
    thanks = not_in_cy(browser.get("/tablet/thank-you/").content.decode())
    assert thanks == ["Fernhollow Hospital", "Rheumatology"]  # names stay as they are


def test_what_has_no_official_translation_is_left_out_and_both_are_told(
    in_cy_browser, appointment
) -> None:
    page = in_cy_browser.get("/tablet/language/").content.decode()
    assert "[cy] Some questions are not here in this language." in page
    left_out = dict(Invitation.objects.get().context["left_out"])
    assert left_out["auditc"] == (
        "There is no official Welsh version of AUDIT-C here. Offer an interpreter."
    )
    begin(in_cy_browser)
    answer_all_on(in_cy_browser)
    assert set(AnswerGiven.objects.values_list("instrument", flat=True)) == set(in_cy.CORE)


def test_staff_and_the_record_read_english_whatever_the_patient_reads(in_cy_browser) -> None:
    begin(in_cy_browser)
    answer_all_on(in_cy_browser, phq9_q9="1")
    in_cy_browser.post("/tablet/send/", {"submission_id": submission_id_on(in_cy_browser)})
    invitation = Invitation.objects.get()
    ((story,),) = alerts_about([invitation.pk]).values()
    assert story.gravest.what == "several days"
    assert Answer.objects.filter(response__instrument="phq9").count() >= 9
    facts = [message.facts for message in Message.objects.all()]
    assert facts
    assert "[cy]" not in str(facts)
    assert {one["language"] for one in facts} == {"cy"}


def test_the_language_stays_once_the_questions_have_begun(tablet, appointment) -> None:
    in_cy.load()
    browser = at_first_question(tablet, appointment)
    page = browser.get("/tablet/language/").content.decode()
    assert "Cymraeg" not in page
    browser.post("/tablet/language/", {"language": "cy"})
    assert Invitation.objects.get().language == "en"


def test_one_can_go_back_to_english_before_beginning(in_cy_browser) -> None:
    in_cy_browser.post("/tablet/language/", {"language": "en"})
    page = in_cy_browser.get("/tablet/language/").content.decode()
    assert "[cy]" not in page
    assert 'lang="en-GB"' in page


def test_whoever_finds_no_language_of_theirs_can_ask_for_an_interpreter(
    tablet, appointment
) -> None:
    browser = handed_over(tablet, appointment)
    assert "I would like an interpreter" in browser.get("/tablet/language/").content.decode()
    browser.post("/tablet/language/", {"interpreter": "1"})
    page = browser.get("/tablet/language/").content.decode()
    assert "We have told the team that you would like help." in page
    assert Invitation.objects.get().hand_overs.get().asked_for_help_at is not None
