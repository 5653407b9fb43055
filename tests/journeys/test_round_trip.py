"""The round trip of the guide for trust IT, in a browser: a result out, appointments in, a launch.

The pretend record is the one that the demonstration starts; what is sent by hand is sent by the
command that the guide names.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.journeys.at_tablet import (
    choose,
    come_to_the_questions,
    hand_over_to,
    press_and_go_on,
    unlock,
)
from tests.journeys.conftest import DESKTOP, assert_accessible, new_page, sign_in_as

pytestmark = pytest.mark.journey
NEWCOMER, KNOWN = "FH910001", "FH204417"
SECONDS = 30


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A demonstration of its own: what the record sends here changes people whom others measure."""
    with demonstration() as running:
        yield running


@pytest.fixture
def record(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The pages of the pretend record, on a screen of the hospital."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    page.goto(stack.record)
    yield page
    page.context.close()


def sent_by_hand(stack: Stack, *options: str) -> str:
    """What the command says after sending to the demonstration's listener."""
    command = [sys.executable, "-m", "imparts", "pretend-record", *options, "--to", stack.listener]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def taken(stack: Stack, way: str, words: str) -> list[str]:
    """What the pretend record answered to what holds these words, once it has come."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with urlopen(f"{stack.record}/ledger.json", timeout=5) as answer:
            entries = json.load(answer)
        said = [e["said"] for e in entries if e["way"] == way and words in e["text"]]
        if said:
            return said
        time.sleep(0.2)
    return []


def test_answers_reach_the_record_by_both_ways_and_are_acknowledged(
    tablet: Page, record: Page, stack: Stack
) -> None:
    unlock(tablet)
    hand_over_to(tablet, "Bronwen Hollowmere")
    come_to_the_questions(tablet)
    while "/check/" not in tablet.url:
        if "/calm/" in tablet.url:
            press_and_go_on(tablet, "Continue")
        else:
            choose(tablet, "1")
    press_and_go_on(tablet, "Send my answers")
    assert set(taken(stack, "hl7 in", "FH187204^^^DEMO-FERN^MR")) == {"AA"}
    assert set(taken(stack, "fhir in", "hospital-number/DEMO-FERN|FH187204")) == {"200"}
    record.goto(f"{stack.record}/?still")
    by_hl7 = re.compile("HOLLOWMERE, Bronwen.*Stored, answered AA")
    expect(record.get_by_role("row", name=by_hl7).first).to_be_visible()
    assert_accessible(record)


def test_somebody_new_is_booked_and_stands_on_the_clinic_list(desk: Page, stack: Stack) -> None:
    assert sent_by_hand(stack, "--send", "A28", "--patient", NEWCOMER).endswith("->  AA\n")
    assert sent_by_hand(stack, "--send", "S12", "--patient", NEWCOMER).endswith("->  AA\n")
    sign_in_as(desk, "integrator")
    desk.goto("/connections/messages/")
    for kind in ("ADT^A28", "SIU^S12"):
        expect(desk.get_by_role("row", name=kind).first).to_be_visible()
    sign_in_as(desk, "reception.rheum")
    if not desk.get_by_text("QUILLFEATHER").count():  # in the other half of the day, then
        desk.get_by_role("link", name=re.compile("Morning|Afternoon")).first.click()
    expect(desk.get_by_text("QUILLFEATHER").first).to_be_visible()


def test_a_day_is_played_from_the_page_and_answered(record: Page) -> None:
    record.get_by_role("link", name="Send", exact=True).click()
    assert_accessible(record)
    record.get_by_role("button", name="Play a day").click()
    expect(record.get_by_text("The day is being played")).to_be_visible()
    expect(record.get_by_text("Did not come: Beatrix Mossington")).to_be_visible(timeout=60_000)
    answers = record.locator("tbody td:nth-child(3)").all_inner_texts()
    assert set(answers) == {"AA"}


@pytest.mark.parametrize("where", ["frame", "tab"])
def test_the_record_opens_the_summary_without_another_sign_in(where: str, record: Page) -> None:
    record.get_by_role("link", name="Open imparts", exact=True).click()
    assert_accessible(record)
    record.locator(f"input[value={where}]").check()
    record.get_by_role("button", name="Open", exact=True).click()
    if where == "frame":
        shown = record.frame_locator("iframe")
    else:
        with record.context.expect_page() as opened:
            record.get_by_role("link", name="Open in a tab").click()
        shown = opened.value
    expect(shown.get_by_text("THIMBLEWICK, Amara").first).to_be_visible()
    expect(shown.get_by_text("Consultant, rheumatology").first).to_be_visible()


def test_a_user_whom_imparts_does_not_know_sees_nobody(record: Page) -> None:
    record.get_by_role("link", name="Open imparts", exact=True).click()
    record.get_by_label("Signed in here as").select_option("locum.rheum")
    record.get_by_role("button", name="Open", exact=True).click()
    shown = record.frame_locator("iframe")
    expect(shown.get_by_role("heading", name="You are not known here")).to_be_visible()
    assert "THIMBLEWICK" not in shown.locator("body").inner_text()


def test_how_the_record_behaves_is_chosen_on_its_page(record: Page) -> None:
    record.get_by_role("link", name="Behaviour", exact=True).click()
    assert_accessible(record)
    record.get_by_role("button", name="Busy (503)").click()
    expect(record.get_by_text("Now: Busy (503)")).to_be_visible()
    record.locator("form").nth(1).get_by_role("button", name="Answers at once").click()
    expect(record.get_by_text("Now: Busy (503)")).to_have_count(0)
