"""The patient's pages in numbers: no word under 24 px, no target under 64 px, in a real browser.

Pages are drawn from their templates with invented data and served from memory, so this needs a
browser and nothing else. What fits without scrolling depends on the device's font, so letters are
spaced until a sentence is as wide as in the fonts of common tablets, whatever font is here.
"""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from imparts.informatics.questionnaires.pages.around import (
    WHO_HELPS,
    BeforePage,
    IsThisYouPage,
    LastPage,
    TextPage,
)
from imparts.informatics.questionnaires.pages.frame import (
    COLOURS,
    HANDS,
    NO_BAR,
    SIZES,
    Bar,
    Look,
    choices,
)
from imparts.informatics.questionnaires.pages.question import QuestionPage
from imparts.rules.packs.asking import Given, Question
from tests.journeys.form_pages import form_pages
from tests.rules.reference_instruments import shipped

LANDSCAPE, UPRIGHT = {"width": 1024, "height": 768}, {"width": 768, "height": 1024}
PHONE, NARROW = {"width": 390, "height": 844}, {"width": 320, "height": 640}
BAR = Bar(back="/back/", text="/text/", help="/help/")
ON_NO_DEVICE = "http://tablet.test/"

SMALL_TARGETS = """() => [...document.querySelectorAll(
    'a, button, select, textarea, input:not([type=hidden])')]
  .filter(e => !e.hidden && e.offsetParent !== null)
  .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
  .filter(([_, r]) => r.width < 64 || r.height < 64)
  .map(([html, r]) => `${html} ${r.width} x ${r.height}`)"""
SMALL_WORDS = """least => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const size = parseFloat(getComputedStyle(walk.currentNode.parentElement).fontSize);
    const words = walk.currentNode.textContent.trim();
    if (words && size < least) found.push(`${words.slice(0, 30)}: ${size} px`);
  }
  return found;
}"""
AS_WIDE_AS_ON_A_TABLET = """width => {
  const sentence = "Over the last 2 weeks, how often have you been bothered by any problem?";
  const ruler = document.body.appendChild(document.createElement("span"));
  ruler.textContent = sentence;
  ruler.style = "position: absolute; white-space: nowrap; font-size: 100px";
  const spare = width * 100 - ruler.getBoundingClientRect().width;
  ruler.remove();
  document.body.style.letterSpacing = `${spare / 100 / sentence.length}em`;
}"""
SENTENCE_WIDTH = 35.33  # letter heights, in a font a little wider than those of common tablets
DRAW_IN_ITS_PLACE = """html => {
  document.body.innerHTML = new DOMParser().parseFromString(html, "text/html").body.innerHTML;
}"""
TOO_LONG = "() => document.documentElement.scrollHeight - document.documentElement.clientHeight"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def draw(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Show one page at one size of window; the page is the same tab each time."""
    context = browser.new_context()
    tab, shown = context.new_page(), {}
    tab.route("**/*", lambda route: _serve(route, shown))

    def show(template: str, page: object, window: dict[str, int]) -> Page:
        shown["html"] = html_of(template, page)
        tab.set_viewport_size(window)
        tab.goto(ON_NO_DEVICE)
        tab.evaluate(AS_WIDE_AS_ON_A_TABLET, SENTENCE_WIDTH)
        return tab

    yield show
    context.close()


def html_of(template: str, page: object) -> str:
    """One page as it is sent."""
    return render_to_string(f"questionnaires/{template}.jinja", {"page": page})


def _serve(route: Route, shown: dict[str, str]) -> None:
    address = route.request.url.removeprefix(ON_NO_DEVICE)
    if not address.startswith("static/"):
        route.fulfill(body=shown["html"], content_type="text/html; charset=utf-8")
        return
    route.fulfill(path=Path(finders.find(address.removeprefix("static/"))))


def a_question_page(
    instrument: str, item: str, *, size: str = "large", one_tap: bool = False,
    given: Given | None = None, error: str = "",
) -> QuestionPage:  # fmt: skip
    """One item as it is asked, with the wording it ships with."""
    measure = shipped()[instrument]
    asked = [each.id for each in measure.items]
    question = Question(
        instrument,
        measure.by_id[item],
        measure.stem,
        measure.part,
        asked.index(item) + 1,
        len(asked),
    )
    return QuestionPage.about(
        question, given=given, look=Look(size=size), bar=BAR, one_tap=one_tap, token="", error=error
    )


def sixteen_items() -> list[tuple[str, str]]:
    """Every item of PHQ-9 and GAD-7 that is asked of everyone."""
    return [("phq9", f"q{n}") for n in range(1, 10)] + [("gad7", f"q{n}") for n in range(1, 8)]


@pytest.mark.parametrize("window", [LANDSCAPE, UPRIGHT], ids=["landscape", "upright"])
@pytest.mark.parametrize("one_tap", [False, True], ids=["radios", "one-tap"])
@pytest.mark.parametrize("size", SIZES)
def test_every_item_fits_the_window_without_scrolling(draw, window, one_tap, size) -> None:
    scrolls = []
    tab = draw("question", a_question_page("phq9", "q1", size=size, one_tap=one_tap), window)
    for instrument, item in sixteen_items():
        page = a_question_page(instrument, item, size=size, one_tap=one_tap)
        tab.evaluate(DRAW_IN_ITS_PLACE, html_of("question", page))
        if tab.evaluate(TOO_LONG) > 0:
            scrolls.append(f"{instrument} {item}")
    # Item 8 is the longest: it may scroll in the largest letters, and in landscape radios at 28 px.
    may = ["phq9 q8"] if size == "largest" or (size == "larger" and window == LANDSCAPE) else []
    assert [each for each in scrolls if each not in may] == []


@pytest.mark.parametrize("window", [LANDSCAPE, UPRIGHT], ids=["landscape", "upright"])
def test_a_missing_answer_and_a_0_to_10_scale_fit_too(draw, window) -> None:
    for page in (
        a_question_page("phq9", "q3", error="Choose one answer"),
        a_question_page("peg", "q1", given=Given(6)),
        a_question_page("pain_nrs", "q1", one_tap=True),
    ):
        assert draw("question", page, window).evaluate(TOO_LONG) <= 0


def pages_of_every_kind(size: str) -> list[tuple[str, object]]:
    """One page of every kind that a patient sees, in one size of words."""
    look, clinic = Look(size=size), Bar(name="Fernhollow Hospital", under_name="Rheumatology")
    who_helps = choices(WHO_HELPS, "")
    return [
        ("question", a_question_page("phq9", "q8", size=size, given=Given(1))),
        ("question", a_question_page("phq9", "q3", size=size, error="Choose one answer")),
        ("question", a_question_page("phq9", "q3", size=size, one_tap=True, given=Given(1))),
        ("question", a_question_page("peg", "q2", size=size, given=Given(10))),
        ("question", a_question_page("pain_nrs", "q1", size=size, one_tap=True, given=Given(0))),
        ("is_this_you", IsThisYouPage(look, BAR, "Amara " + "Thimblewick" * 6, "14 March 1961")),
        ("before", BeforePage(look, BAR, 20, 4, who_helps, "Choose who is helping you")),
        ("last", LastPage.after("sent", look=look, bar=clinic)),
        ("last", LastPage.after("stopped", look=look, bar=NO_BAR)),
        ("text", TextPage(
            look, BAR, "/", choices(SIZES, size), choices(COLOURS, "blue"), choices(HANDS, "left")
        )),
        *form_pages(size),
    ]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("window", "least"),
    [(LANDSCAPE, 24), (UPRIGHT, 24), (PHONE, 20), (NARROW, 20)],
    ids=["landscape", "upright", "phone", "narrow"],
)
def test_words_and_targets_are_large_enough_and_nothing_scrolls_sideways(
    draw, window, least, size
) -> None:
    for template, shown in pages_of_every_kind(size):
        page = draw(template, shown, window)
        assert page.evaluate(SMALL_WORDS, least - 0.05) == [], template
        assert page.evaluate(SMALL_TARGETS) == [], template
        assert page.evaluate(TOO_WIDE) <= 0, template


def test_a_small_word_and_a_small_target_are_found(draw) -> None:
    page = draw("question", a_question_page("phq9", "q1"), LANDSCAPE)
    page.evaluate("document.querySelector('.quiet').style.fontSize = '20px'")
    page.evaluate("document.querySelector('.bar__button').style.minHeight = '40px'")
    assert page.evaluate(SMALL_WORDS, 24 - 0.05) == ["Mood: 20 px"]
    assert len(page.evaluate(SMALL_TARGETS)) == 1


def test_the_question_page_weighs_less_than_60_kb(draw) -> None:
    weights = []
    page = draw("question", a_question_page("phq9", "q3"), LANDSCAPE)
    for tag in page.locator("link[href^='/static'], script[src]").all():
        address = tag.get_attribute("href") or tag.get_attribute("src")
        body = Path(finders.find(address.removeprefix("/static/"))).read_bytes()
        weights.append(len(gzip.compress(body)))
    assert len(weights) >= 5
    assert sum(weights) + len(gzip.compress(page.content().encode())) < 60_000


def test_the_row_with_focus_is_ringed_and_never_under_the_bar(draw) -> None:
    page = draw("question", a_question_page("phq9", "q8", size="largest"), UPRIGHT)
    bar = page.locator(".action-bar")
    for _ in range(3 + 1):
        page.keyboard.press("Tab")
    for _ in range(5):
        row = page.locator("input:focus + label")
        assert "4px" in row.evaluate("e => getComputedStyle(e).outlineWidth")
        assert row.bounding_box()["y"] + row.bounding_box()["height"] <= bar.bounding_box()["y"]
        page.keyboard.press("ArrowDown")
