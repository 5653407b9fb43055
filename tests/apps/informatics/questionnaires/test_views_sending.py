"""Checking and sending: once, however often; and what the browser holds afterwards: nothing."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from imparts.informatics.questionnaires.models import HandOver, Invitation, Response
from tests.apps.informatics.questionnaires.browsers import (
    answer_all_on,
    answer_on,
    at_first_question,
    stored_answers,
    submission_id_on,
)
from tests.builders import a_patient, an_appointment

pytestmark = pytest.mark.django_db

SHOWN_BEFORE = (
    "/tablet/language/", "/tablet/is-this-you/", "/tablet/before/", "/tablet/q/phq9/q9/",
    "/tablet/calm/", "/tablet/check/", "/tablet/text/", "/tablet/help/", "/tablet/stop/",
)  # fmt: skip


@pytest.fixture
def browser(tablet, appointment):
    """A tablet whose patient has answered everything."""
    made = at_first_question(tablet, appointment)
    assert answer_all_on(made, phq9_q1="1") == "/tablet/check/"
    return made


def send(browser: Client, submission_id: str):
    """Press "Send my answers"."""
    return browser.post("/tablet/send/", {"submission_id": submission_id})


def test_every_answer_is_shown_by_part_in_the_instruments_own_words(browser) -> None:
    page = browser.get("/tablet/check/").content.decode()
    assert re.findall(r'<h2 id="part.*>(.*)</h2>', page) == [
        "Pain, over the past week", "Smoking", "Mood, over the last 2 weeks",
        "Worry, over the last 2 weeks", "Alcohol, over the last year",
    ]  # fmt: skip
    assert "No, I have never smoked" in page
    assert "10 of 10" in page
    assert "No permission required to reproduce" in page
    assert "<details" not in page
    assert "no-store" in browser.get("/tablet/check/")["Cache-Control"]


def test_a_declined_answer_is_named_and_counted(browser) -> None:
    answer_on(browser, "phq9", "q3", "declined")
    page = browser.get("/tablet/check/").content.decode()
    assert "You chose not to answer" in page
    assert "9 of 10" in page
    assert "Not answered" in page


def test_after_change_one_comes_back_to_the_same_row(browser) -> None:
    page = browser.get("/tablet/check/").content.decode()
    assert '/tablet/q/phq9/q3/?change=1"' in page
    assert answer_on(browser, "phq9", "q3", "2", "?change=1") == "/tablet/check/#phq9-q3"
    assert 'id="phq9-q3"' in page


def test_a_change_that_opens_new_questions_asks_just_those(browser) -> None:
    first = answer_on(browser, "smoking_core", "q1", "3", "?change=1")
    assert first == "/tablet/q/smoking_core/q2/?change=1"
    assert answer_on(browser, "smoking_core", "q2", "2", "?change=1").startswith(
        "/tablet/q/hsi/q1/"
    )
    assert answer_on(browser, "hsi", "q1", "3", "?change=1") == "/tablet/q/hsi/q2/?change=1"
    assert answer_on(browser, "hsi", "q2", "0", "?change=1") == "/tablet/check/#hsi-q2"


def test_changing_item_9_to_more_leads_to_the_calm_page(browser) -> None:
    assert answer_on(browser, "phq9", "q9", "1", "?change=1") == "/tablet/calm/"
    assert browser.post("/tablet/calm/", {"talk": "later"}).url == "/tablet/check/"


def test_sending_stores_everything_and_thanks(browser) -> None:
    answered = send(browser, submission_id_on(browser))
    assert answered.url == "/tablet/thank-you/"
    assert Response.objects.count() == 5
    last = browser.get("/tablet/thank-you/")
    page = last.content.decode()
    assert "<h1>Thank you</h1>" in page
    assert last["Refresh"] == "10; url=/tablet/"
    assert "Thimblewick" not in page
    assert HandOver.objects.get().ended_because == "sent"


def test_after_sending_the_browser_holds_no_session(browser) -> None:
    send(browser, submission_id_on(browser))
    assert dict(browser.session) == {}
    for address in SHOWN_BEFORE:
        answered = browser.get(address)
        assert answered.url == "/tablet/", address
        assert answered.content == b""


def test_the_thank_you_page_is_there_for_a_moment_only(browser, clock) -> None:
    send(browser, submission_id_on(browser))
    clock.tick(16)
    assert browser.get("/tablet/thank-you/").url == "/tablet/"


def test_nobody_is_thanked_for_what_was_not_sent(browser) -> None:
    assert browser.get("/tablet/thank-you/").url == "/tablet/"
    browser.cookies["imparts_last_page"] = "made-up"
    assert browser.get("/tablet/thank-you/").url == "/tablet/"


def test_a_second_click_that_comes_when_the_session_has_gone_is_thanked_too(browser) -> None:
    submission_id = submission_id_on(browser)
    late = Client()
    late.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert send(browser, submission_id).url == "/tablet/thank-you/"
    assert send(late, submission_id).url == "/tablet/thank-you/"
    assert "<h1>Thank you</h1>" in late.get("/tablet/thank-you/").content.decode()
    assert Response.objects.count() == 5


def test_two_tabs_send_under_one_id(browser) -> None:
    assert submission_id_on(browser) == submission_id_on(browser)


def test_an_id_of_another_sitting_is_refused_and_nothing_is_lost(tablet, service, browser) -> None:
    used = submission_id_on(browser)
    send(browser, used)
    other = at_first_question(tablet, an_appointment(service, a_patient("Kit", "Other")))
    answer_all_on(other)
    answered = send(other, used)
    assert answered.status_code == 409
    assert "not sent yet" in answered.content.decode()
    assert send(other, submission_id_on(other)).url == "/tablet/thank-you/"
    assert Invitation.objects.filter(submitted_at__isnull=False).count() == 2


@pytest.mark.parametrize("wrong", ["", "x", "\x00", "9" * 100_000])
def test_an_id_that_is_none_is_refused_and_nothing_is_lost(browser, wrong) -> None:
    before = stored_answers()
    answered = send(browser, wrong)
    assert answered.status_code == 400
    assert "They are kept" in answered.content.decode()
    assert stored_answers() == before
    assert not Response.objects.exists()
    assert send(browser, submission_id_on(browser)).url == "/tablet/thank-you/"


def test_an_unknown_id_without_a_session_leads_to_the_start(clock, db) -> None:
    assert send(Client(), str(uuid4())).url == "/tablet/"


def test_nothing_is_sent_before_the_questions_have_begun(tablet, appointment) -> None:
    browser = at_first_question(tablet, appointment)
    Invitation.objects.update(started_at=None)
    assert send(browser, str(uuid4())).url == "/tablet/before/"
    assert not Response.objects.exists()
