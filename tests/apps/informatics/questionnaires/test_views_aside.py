"""Beside the questions: text and colour, help, stopping; each leads back and loses nothing."""

import pytest

from imparts.informatics.questionnaires.models import HandOver
from imparts.pathways.models import Alert
from tests.apps.informatics.questionnaires.browsers import (
    answer_on,
    at_first_question,
    handed_over,
    kind_of_alert,
    stored_answers,
    unlocked,
)

pytestmark = pytest.mark.django_db

FIRST = "/tablet/q/pain_nrs/q1/"


@pytest.fixture
def browser(tablet, appointment):
    """A tablet on the first question."""
    return at_first_question(tablet, appointment)


def test_a_size_takes_effect_at_once_and_on_every_page(browser) -> None:
    answered = browser.post(f"/tablet/text/?from={FIRST}", {"size": "largest"})
    for address in (answered.url, FIRST, "/tablet/help/"):
        assert 'class="size-largest colour-blue"' in browser.get(address).content.decode()


def test_size_and_colour_are_kept_apart_and_together(browser) -> None:
    browser.post("/tablet/text/", {"size": "larger"})
    browser.post("/tablet/text/", {"colour": "dark"})
    browser.post("/tablet/text/", {"hand": "left"})
    page = browser.get(FIRST).content.decode()
    assert 'class="size-larger colour-dark"' in page
    assert '<body class="patient left-hand">' in page


@pytest.mark.parametrize("wrong", ["huge", "", "\x00", "<script>", "x" * 100_000])
def test_a_look_that_does_not_exist_changes_nothing(browser, wrong) -> None:
    browser.post("/tablet/text/", {"size": wrong, "colour": wrong, "hand": wrong})
    browser.cookies["imparts_look"] = wrong.replace("\x00", "")[:1000]
    assert 'class="size-large colour-blue"' in browser.get(FIRST).content.decode()


def test_the_size_on_the_first_page_takes_effect_there(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    assert browser.post("/tablet/language/", {"size": "larger"}).url == "/tablet/language/"
    assert 'class="size-larger' in browser.get("/tablet/language/").content.decode()
    assert browser.post("/tablet/language/", {}).url == "/tablet/is-this-you/"
    assert 'class="size-larger' in browser.get("/tablet/is-this-you/").content.decode()


def test_the_next_person_starts_with_the_usual_look(tablet, appointment, browser) -> None:
    browser.post("/tablet/text/", {"size": "largest"})
    browser.post("/tablet/stop/")
    browser.get("/tablet/")
    assert not browser.cookies["imparts_look"].value


def test_a_side_page_leads_back_to_where_one_was(browser) -> None:
    for side in ("text", "help", "stop"):
        page = browser.get(f"/tablet/{side}/?from=/tablet/check/").content.decode()
        assert 'href="/tablet/check/"' in page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/tablet/", "/", "/tablet/../", "javascript:x", "\x00"],
)
def test_a_side_page_never_leads_off_the_tablet(browser, elsewhere) -> None:
    page = browser.get("/tablet/help/", {"from": elsewhere}).content.decode()
    assert f'href="{FIRST}"' in page
    assert "example.org" not in page


def test_help_is_told_to_staff_and_the_page_says_so(browser) -> None:
    answered = browser.post("/tablet/help/", {"from": FIRST})
    page = browser.get(answered.url).content.decode()
    assert "We have told the team" in page
    assert browser.post("/tablet/help/", {"from": FIRST, "go_on": "1"}).url == FIRST
    assert HandOver.objects.get().asked_for_help_at is not None


def test_stopping_keeps_the_answers_and_locks_the_tablet(browser) -> None:
    answer_on(browser, "pain_nrs", "q1", "7")
    assert browser.post("/tablet/stop/").url == "/tablet/ended/"
    page = browser.get("/tablet/ended/").content.decode()
    assert "We have kept the answers you gave" in page
    assert "Thank you</h1>" not in page
    assert stored_answers() == [("pain_nrs", "q1", 7)]
    assert HandOver.objects.get().ended_because == "stopped"
    assert browser.get(FIRST).url == "/tablet/"


def test_stopping_before_item_9_asks_staff_to_ask_in_person(browser) -> None:
    browser.post("/tablet/stop/")
    assert kind_of_alert() == Alert.Kind.NOT_REACHED


def test_who_stopped_is_on_the_list_again_with_how_far_they_came(browser, tablet) -> None:
    answer_on(browser, "pain_nrs", "q1", "7")
    browser.post("/tablet/stop/")
    page = unlocked(tablet).get("/tablet/hand-over/").content.decode()
    assert "Stopped, 1 of " in page
