"""The pages in a patient's hands: who may open them, what is stored, what a wrong answer says."""

from datetime import timedelta

import pytest
from django.test import Client

from imparts.informatics.questionnaires.models import HandOver, Invitation
from imparts.pathways.models import Alert
from tests.apps.informatics.questionnaires.browsers import (
    a_tablet_browser,
    answer_all_on,
    answer_on,
    at_first_question,
    handed_over,
    stored_answers,
)
from tests.builders import a_patient, an_appointment

pytestmark = pytest.mark.django_db

FIRST = "/tablet/q/pain_nrs/q1/"
IN_HAND = (
    "/tablet/language/", "/tablet/is-this-you/", "/tablet/before/", FIRST, "/tablet/calm/",
    "/tablet/check/", "/tablet/text/", "/tablet/help/", "/tablet/stop/",
)  # fmt: skip


@pytest.fixture
def browser(tablet, appointment):
    """A tablet on the first question."""
    return at_first_question(tablet, appointment)


@pytest.mark.parametrize("address", IN_HAND)
def test_a_page_opens_for_whoever_holds_the_tablet(browser, address) -> None:
    answered = browser.get(address)
    assert answered.status_code in (200, 302)
    assert answered.status_code == 200 or answered.url.startswith("/tablet/q/")
    assert "no-store" in answered["Cache-Control"]


@pytest.mark.parametrize("address", IN_HAND)
def test_a_page_without_a_hand_over_leads_to_the_start(tablet, address) -> None:
    for browser in (Client(), a_tablet_browser(tablet)):
        for answered in (browser.get(address), browser.post(address, {"me": "yes"})):
            assert answered.status_code in (302, 405)
            assert answered.status_code == 405 or answered.url == "/tablet/"


@pytest.mark.parametrize("address", IN_HAND)
def test_a_page_left_for_20_minutes_says_so_and_opens_no_more(browser, clock, address) -> None:
    clock.tick(timedelta(minutes=20, seconds=1))
    first = browser.get(address)
    assert first.status_code == 410
    assert "not used for 20 minutes" in first.content.decode()
    assert "Thimblewick" not in first.content.decode()
    assert browser.get(address).url == "/tablet/"


def test_a_page_of_another_tablets_patient_does_not_open(tablet, service, browser) -> None:
    at_first_question(tablet, an_appointment(service, a_patient("Kit", "Elsewhere")))
    page = browser.get("/tablet/is-this-you/").content.decode()
    assert "Elsewhere" not in page
    assert "Thimblewick" in page


def test_handing_the_same_sitting_over_again_closes_the_first_tablet(
    tablet, appointment, browser
) -> None:
    handed_over(tablet, appointment)
    assert browser.get(FIRST).status_code == 410


def test_both_identifiers_are_shown_on_one_page_only(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    page = browser.get("/tablet/is-this-you/").content.decode()
    assert "<bdi>Amara Thimblewick</bdi>" in page
    assert "14 March 1961" in page
    browser.post("/tablet/is-this-you/", {"me": "yes"})
    for address in ("/tablet/before/", "/tablet/language/", "/tablet/help/"):
        assert "Thimblewick" not in browser.get(address).content.decode()


def test_not_me_saves_nothing_and_locks_the_tablet(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    assert browser.post("/tablet/is-this-you/", {"me": "no"}).url == "/tablet/ended/"
    page = browser.get("/tablet/ended/").content.decode()
    assert "Please tell a member of staff" in page
    assert "Thank you" not in page
    assert HandOver.objects.get().ended_because == "not_me"
    assert browser.get("/tablet/is-this-you/").url == "/tablet/"


def test_neither_yes_nor_no_asks_again(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    assert browser.post("/tablet/is-this-you/", {"me": "perhaps"}).status_code == 400
    assert HandOver.objects.get().confirmed_at is None


def test_no_question_is_asked_before_the_person_has_said_who_they_are(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    assert browser.get(FIRST).url == "/tablet/is-this-you/"
    browser.post("/tablet/is-this-you/", {"me": "yes"})
    assert browser.get(FIRST).url == "/tablet/before/"
    assert browser.post(FIRST, {"a": "3"}).url == "/tablet/before/"
    assert stored_answers() == []


def test_who_helps_must_be_said_when_the_service_wants_to_know(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    browser.post("/tablet/is-this-you/", {"me": "yes"})
    page = browser.post("/tablet/before/", {})
    assert page.status_code == 400
    assert "Choose who is helping you" in page.content.decode()
    browser.post("/tablet/before/", {"helper": "interpreter"})
    assert Invitation.objects.get().who_helped == "interpreter"


def test_an_answer_is_stored_when_it_is_given_and_leads_on(browser) -> None:
    assert answer_on(browser, "pain_nrs", "q1", "7") == "/tablet/q/smoking_core/q1/"
    assert stored_answers() == [("pain_nrs", "q1", 7)]


def test_i_would_rather_not_answer_is_stored_as_such(browser) -> None:
    answer_on(browser, "pain_nrs", "q1", "declined")
    assert stored_answers() == [("pain_nrs", "q1", None)]


def test_nothing_chosen_says_so_in_the_title_above_and_beside(browser) -> None:
    answered = browser.post(FIRST, {})
    page = answered.content.decode()
    assert answered.status_code == 400
    assert "<title>Error: Question 1 of 1, Pain</title>" in page
    assert page.count("Choose one answer") == 2
    assert stored_answers() == []


@pytest.mark.parametrize(
    "wrong", ["11", "-1", "1.0", "seven", "\x00", "x" * 100_000, "٣", "\u202e7", "🙂", " 7 "]
)
def test_an_answer_that_is_not_on_the_page_is_refused_and_nothing_is_lost(browser, wrong) -> None:
    answered = browser.post(FIRST, {"a": wrong})
    assert answered.status_code == 400
    assert "Choose one of the answers on this page" in answered.content.decode()
    assert stored_answers() == []
    assert answer_on(browser, "pain_nrs", "q1", "7")


@pytest.mark.parametrize(
    "address",
    ["/tablet/q/peg/q1/", "/tablet/q/phq9/q10/", "/tablet/q/hsi/q1/", "/tablet/q/nothing/q1/"],
)
def test_an_item_that_is_not_asked_is_refused_with_a_way_on(browser, address) -> None:
    for answered in (browser.get(address), browser.post(address, {"a": "1"})):
        assert answered.status_code == 404
        assert "not one of today" in answered.content.decode()
        assert FIRST in answered.content.decode()
    assert stored_answers() == []


def test_a_form_without_its_token_is_refused(tablet, appointment) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = at_first_question(tablet, appointment).cookies
    assert strict.post(FIRST, {"a": "3"}).status_code == 403
    assert stored_answers() == []


def test_leaving_and_coming_back_goes_on_at_the_first_question_without_an_answer(
    tablet, appointment, browser
) -> None:
    answer_on(browser, "pain_nrs", "q1", "7")
    assert browser.get("/tablet/").url == "/tablet/q/smoking_core/q1/"
    again = at_first_question(tablet, appointment)
    assert again.get("/tablet/").url == "/tablet/q/smoking_core/q1/"


def test_back_leads_to_the_question_before_with_its_answer_still_chosen(browser) -> None:
    answer_on(browser, "pain_nrs", "q1", "7")
    page = browser.get("/tablet/q/smoking_core/q1/").content.decode()
    assert f'class="bar__button" href="{FIRST}"' in page
    assert 'value="7" checked' in browser.get(FIRST).content.decode()


def test_the_legend_repeats_the_stem_and_says_where_one_is(browser) -> None:
    page = browser.get("/tablet/q/phq9/q3/").content.decode()
    legend = page.split("<legend")[1].split("</legend>")[0]
    assert "Question 3 of 9. " in legend
    assert "Over the last 2 weeks, how often have you been bothered" in legend
    assert "Trouble falling or staying asleep, or sleeping too much</h1>" in legend
    assert page.count("<fieldset") == 1
    assert page.count('type="radio"') == 5


def test_the_calm_page_comes_after_the_part_on_mood_and_not_at_once(browser) -> None:
    answer_on(browser, "phq9", "q9", "1")
    assert Alert.objects.count() == 1
    assert answer_on(browser, "phq9", "q9", "1") == "/tablet/q/phq9/difficulty/"
    assert answer_on(browser, "phq9", "difficulty", "0") == "/tablet/calm/"
    page = browser.get("/tablet/calm/").content.decode()
    assert "We are glad you told us" in page
    assert "<b>116 123</b>" in page
    assert "I would like to talk to someone now" in page
    assert "Thank you</h1>" not in page
    assert Invitation.objects.get().calm_page_at is not None


def test_item_9_declined_gets_a_calm_page_of_its_own_without_numbers(browser) -> None:
    assert answer_all_on(browser, phq9_q9="declined") == "/tablet/calm/"
    page = browser.get("/tablet/calm/").content.decode()
    assert "You chose not to answer one question" in page
    assert "116 123" not in page
    assert "talk to someone now" not in page


def test_item_9_not_at_all_gets_no_calm_page(browser) -> None:
    assert answer_all_on(browser) == "/tablet/check/"
    assert browser.get("/tablet/calm/").url == "/tablet/check/"


def test_wanting_to_talk_now_is_told_to_staff(browser) -> None:
    answer_all_on(browser, phq9_q9="2")
    answered = browser.post("/tablet/calm/", {"talk": "now"})
    assert answered.url.startswith("/tablet/help/")
    assert "We have told the team" in browser.get(answered.url).content.decode()
    assert Invitation.objects.get().wants_to_talk_at is not None


def test_continue_on_the_calm_page_leads_to_the_next_part(browser) -> None:
    answer_all_on(browser, phq9_q9="2")
    assert browser.post("/tablet/calm/", {"talk": "later"}).url == "/tablet/q/gad7/q1/"
    assert Invitation.objects.get().wants_to_talk_at is None
