"""What the tablet's pages show, decided before a template is reached; no database."""

import re

import pytest

from imparts.informatics.questionnaires import forms
from imparts.informatics.questionnaires.pages.around import LAST_WORDS, WHO_HELPS, LastPage
from imparts.informatics.questionnaires.pages.check import parts_of
from imparts.informatics.questionnaires.pages.frame import NO_BAR, USUAL_LOOK, Bar, Look
from imparts.informatics.questionnaires.pages.question import DECLINED, QuestionPage
from imparts.informatics.questionnaires.views import leads_to
from imparts.rules.instruments.definition import Item, Option
from imparts.rules.packs.asking import Given, Question
from tests.rules.reference_instruments import shipped

HOW_OFTEN = ("Not at all", "Several days", "More than half the days", "Nearly every day")


def a_question(
    text: str = "Trouble relaxing", labels=HOW_OFTEN, anchors=(), number: int = 4, of: int = 7
) -> Question:
    """One question with options counted from 0."""
    options = tuple(Option(label, value) for value, label in enumerate(labels))
    item = Item(f"q{number}", text, options, anchors=anchors)
    return Question("gad7", item, "Over the last 2 weeks?", "Worry", number, of)


def a_page(question: Question, given: Given | None = None, error: str = "") -> QuestionPage:
    """Its page."""
    return QuestionPage.about(
        question, given=given, look=USUAL_LOOK, bar=NO_BAR, one_tap=False, token="", error=error
    )


def test_wording_options_and_their_order_are_the_instruments_own() -> None:
    page = a_page(a_question())
    assert (page.stem, page.item) == ("Over the last 2 weeks?", "Trouble relaxing")
    assert tuple(answer.label for answer in page.answers) == HOW_OFTEN


def test_no_answer_is_chosen_beforehand() -> None:
    page = a_page(a_question())
    assert not any(answer.is_chosen for answer in (*page.answers, page.decline))


@pytest.mark.parametrize(
    ("given", "chosen"), [(Given(2), "2"), (Given(None, declined=True), DECLINED)]
)
def test_the_answer_given_before_is_chosen(given, chosen) -> None:
    page = a_page(a_question(), given)
    assert [a.value for a in (*page.answers, page.decline) if a.is_chosen] == [chosen]


def test_rather_not_answer_is_the_same_value_on_the_page_and_in_the_form() -> None:
    form = forms.AnswerForm({"a": a_page(a_question()).decline.value}, values=[0, 1])
    assert form.is_valid()
    assert form.value is None


def test_the_title_says_when_something_is_wrong() -> None:
    assert a_page(a_question()).title == "Question 4 of 7, Worry"
    assert a_page(a_question(), error="Choose one answer").title.startswith("Error: ")


def test_an_item_over_110_characters_is_set_smaller() -> None:
    assert not a_page(a_question("x" * 110)).is_long
    assert a_page(a_question("x" * 111)).is_long


def test_a_0_to_10_scale_is_drawn_as_a_scale_with_its_ends_in_words() -> None:
    numbers = tuple(str(n) for n in range(11))
    page = a_page(a_question(labels=numbers, anchors=((0, "No pain"), (10, "As bad as it gets"))))
    assert page.is_scale
    assert [(end.label, end.means) for end in page.ends] == [
        ("0", "No pain"),
        ("10", "As bad as it gets"),
    ]


def test_a_few_numbers_or_ranges_are_no_scale() -> None:
    assert not a_page(a_question(labels=("1-2", "3-4", "5-6", "7-9", "10+", "20", "30"))).is_scale
    assert not a_page(a_question(labels=("0", "1", "2"))).is_scale


def test_many_parts_of_a_long_questionnaire_are_not_drawn_as_steps() -> None:
    assert a_page(a_question(of=12)).steps == 12
    assert a_page(a_question(of=13)).steps == 0


def test_the_page_with_all_answers_names_what_is_missing() -> None:
    asked = tuple(
        Question("gad7", item, "", "Worry", number, 7)
        for number, item in enumerate(shipped()["gad7"].items[:3], start=1)
    )
    given = {"gad7": {"q1": Given(3), "q2": Given(None, declined=True)}}
    (part,) = parts_of(asked, given, {"gad7": shipped()["gad7"]})
    assert [row.answer for row in part.rows] == [
        "Nearly every day",
        "You chose not to answer",
        "Not answered yet",
    ]
    assert part.count == "1 of 3"
    assert part.heading == "Worry, over the last 2 weeks"
    assert "Spitzer" in part.notices[0]


def test_only_the_last_page_after_sending_says_thank_you() -> None:
    assert [why for why, (heading, _) in LAST_WORDS.items() if heading == "Thank you"] == ["sent"]
    assert LastPage.after("sent", look=USUAL_LOOK, bar=NO_BAR).is_sent
    assert not LastPage.after("stopped", look=USUAL_LOOK, bar=NO_BAR).is_sent


def test_who_helps_fits_the_column_that_keeps_it() -> None:
    assert all(len(code) <= 12 for code in WHO_HELPS)


def test_a_look_says_its_classes() -> None:
    assert Look("largest", "dark", "left").html_class == "size-largest colour-dark"
    assert Look("largest", "dark", "left").left_hand


def test_the_addresses_of_the_bar_hold_nothing_about_a_patient() -> None:
    bar = Bar.at("/tablet/q/phq9/q9/", back="/tablet/q/phq9/q8/")
    assert bar.text == "/tablet/text/?from=%2Ftablet%2Fq%2Fphq9%2Fq9%2F"
    assert not re.search(r"[0-9a-f]{8}-", bar.text + bar.help + bar.back)


@pytest.mark.parametrize("address", ["/tablet/check/", "/tablet/q/phq9/q9/?change=1"])
def test_an_address_of_the_tablet_is_led_back_to(address) -> None:
    assert leads_to.is_on_tablet(address)


@pytest.mark.parametrize(
    "address", ["", "/", "//tablet/", "/tablet/../", "https://x/tablet/", "/tablet/check/\n", "x"]
)
def test_any_other_address_is_not_led_to(address) -> None:
    assert not leads_to.is_on_tablet(address)
