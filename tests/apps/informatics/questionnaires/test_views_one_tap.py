"""One-tap mode: every answer is a button, and a tap made twice counts once."""

from datetime import timedelta

import pytest

from imparts.informatics.questionnaires.models import Invitation
from tests.apps.informatics.questionnaires.browsers import (
    answer_on,
    at_first_question,
    stored_answers,
)

pytestmark = pytest.mark.django_db

FIRST = "/tablet/q/pain_nrs/q1/"
SECOND = "/tablet/q/smoking_core/q1/"


@pytest.fixture
def browser(tablet, appointment):
    """A tablet in one-tap mode, on the first question."""
    tablet.one_tap = True
    tablet.save()
    return at_first_question(tablet, appointment)


def token_on(browser, address: str) -> str:
    """The token of a page as it is drawn now."""
    page = browser.get(address).content.decode()
    return page.split('name="page" value="')[1].split('"')[0]


def test_every_answer_is_a_submit_button_and_the_mode_is_kept(browser) -> None:
    page = browser.get("/tablet/q/phq9/q3/").content.decode()
    assert page.count('<button type="submit" class="tap') == 5
    assert 'type="radio"' not in page
    assert ">Continue<" not in page
    assert Invitation.objects.get().mode == "one_tap"


def test_a_second_tap_within_400_ms_is_ignored(browser, clock) -> None:
    token = token_on(browser, SECOND)
    clock.tick(timedelta(milliseconds=399))
    assert browser.post(SECOND, {"a": "3", "page": token}).url == SECOND
    assert stored_answers() == []


def test_a_tap_after_400_ms_counts(browser, clock) -> None:
    token = token_on(browser, FIRST)
    clock.tick(timedelta(milliseconds=401))
    assert browser.post(FIRST, {"a": "3", "page": token}).url == SECOND
    assert stored_answers() == [("pain_nrs", "q1", 3)]


@pytest.mark.parametrize("token", ["made-up", "x" * 100_000, "\x00", "a:b:c"])
def test_a_token_made_elsewhere_is_refused(browser, token) -> None:
    answered = browser.post(FIRST, {"a": "3", "page": token})
    assert answered.status_code == 400
    assert "Choose one of the answers on this page" in answered.content.decode()
    assert stored_answers() == []


def test_the_token_of_another_question_is_refused(browser, clock) -> None:
    token = token_on(browser, FIRST)
    clock.tick(timedelta(seconds=5))
    assert browser.post(SECOND, {"a": "3", "page": token}).status_code == 400


def test_after_back_the_old_answer_says_it_is_yours(browser) -> None:
    answer_on(browser, "smoking_core", "q1", "1")
    page = browser.get(SECOND).content.decode()
    assert page.count("Your answer") == 1
    assert "is-yours" in page
