"""From item 9 on the tablet to a closed alert, with the worker killed in between (hazard H1)."""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.faults.in_stack import ask
from tests.journeys.at_alert import open_alert, record_and_close
from tests.journeys.at_tablet import (
    answer_all,
    come_to_the_questions,
    hand_over_to,
    press_and_go_on,
    unlock,
)
from tests.journeys.conftest import DESKTOP, TABLET, assert_accessible, new_page, sign_in_as

pytestmark = pytest.mark.journey
PATIENT, LISTED = "Sam Pemberton", "PEMBERTON, Sam"

STORY = """
from imparts.pathways.models import AlertEvent
alert = Alert.objects.filter(patient__family_name="Pemberton", item="q9").latest("raised_at")
print(json.dumps([
    [e.name, e.rung, e.for_whom, (e.at - alert.raised_at).total_seconds()]
    for e in AlertEvent.objects.filter(alert=alert).order_by("id")
]))
"""


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    """A demonstration of its own: its clocks are changed and its worker is killed."""
    with demonstration() as running:
        yield running


def test_item_9_to_a_closed_alert_with_a_kill_of_the_worker_between(
    browser: Browser, own_stack: Stack
) -> None:
    desk = new_page(browser, own_stack, size=DESKTOP, scripts=True)
    tablet = new_page(browser, own_stack, size=TABLET, scripts=False)

    # Given a service whose deputy is called after one minute
    sign_in_as(desk, "consultant.rheum")
    _set_the_clocks(desk, deputy_after=1, liaison_after=30)

    # when a patient answers item 9 with "Several days", and the worker is killed at that moment
    unlock(tablet)
    hand_over_to(tablet, PATIENT)
    come_to_the_questions(tablet)
    answer_all(tablet, browser, own_stack, answers={"phq9/q9": "1"})
    assert _kill_worker(own_stack) >= 1
    press_and_go_on(tablet, "Send my answers")

    # then nobody takes it, and the deputy is called once, when the minute is over
    story = _story_with(own_stack, "escalated", "deputy")
    calls = [seconds for name, rung, _, seconds in story if (name, rung) == ("escalated", "deputy")]
    assert len(calls) == 1
    assert 60 <= calls[0] <= 75, f"called after {calls[0]} s"

    # and the page of the alert says so
    open_alert(desk, LISTED)
    expect(desk.get_by_role("row").filter(has_text="Called").first).to_be_visible()
    assert_accessible(desk)

    # and a person takes it, says what was done, and closes it
    desk.get_by_role("button", name="I'll ask now").first.click()
    open_alert(desk, LISTED)
    record_and_close(desk)
    names = [name for name, *_ in _story(own_stack)]
    assert names.index("acknowledged") < names.index("acted") < names.index("closed")
    assert names[-1] == "closed"
    assert [e[1] for e in _story(own_stack) if e[0] == "escalated"].count("deputy") == 1


def _set_the_clocks(desk: Page, *, deputy_after: int, liaison_after: int) -> None:
    desk.goto("/alerts/cover/")
    desk.get_by_role("link", name=re.compile("Rheumatology")).first.click()
    desk.get_by_label("Deputy after").fill(str(deputy_after))
    desk.get_by_label("Liaison after").fill(str(liaison_after))
    desk.get_by_role("button", name=re.compile("clocks")).click()
    expect(desk.get_by_text(re.compile(r"after (1|one|a) minute")).first).to_be_visible()
    assert_accessible(desk)


def _kill_worker(stack: Stack) -> int:
    """Kill -9 every process of the worker; whoever looks after it starts another."""
    killed = 0
    for pid in stack.running("worker"):
        with suppress(ProcessLookupError):  # it may have ended with the one before it
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed


def _story(stack: Stack) -> list[list[object]]:
    return list(ask(stack, STORY))


def _story_with(stack: Stack, name: str, rung: str) -> list[list[object]]:
    """The alert's events once one of them is there; waits two minutes at most."""
    until = time.monotonic() + 120
    while True:
        story = _story(stack)
        if any(event[:2] == [name, rung] for event in story):
            return story
        assert time.monotonic() < until, f"nobody was called; the story so far: {story}"
        time.sleep(3)
