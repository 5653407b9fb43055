"""Which questions of a form ask about harm: no rule, no asking; no rule that never fires (H1)."""

from decimal import Decimal

import pytest

from imparts.rules.forms.definition import Form, FormItem, FormOption
from imparts.rules.forms.harm_review import HarmNotConfirmed, check_review, is_positive
from imparts.rules.forms.values import Coding

HOW_OFTEN = tuple(
    FormOption(Coding(f"LA-{n}", "urn:invented", f"Answer {n}"), f"Answer {n}", Decimal(n))
    for n in range(4)
)
ITEMS = {
    "weighed": FormItem("weighed", "Invented question", "choice", options=HOW_OFTEN),
    "named": FormItem(
        "named", "Invented question", "choice",
        options=(FormOption("yes", "Yes"), FormOption("no", "No")),
    ),
    "open": FormItem("open", "Invented", "open-choice", options=(FormOption("none", "None"),)),
    "boolean": FormItem("boolean", "Invented question", "boolean"),
    "number": FormItem("number", "Invented question", "integer"),
    "text": FormItem("text", "Invented question", "text"),
    "group": FormItem("group", "Invented group", "group"),
}  # fmt: skip
FORM = Form("invented", "urn:x", "1", "Invented form", "active", "", ("en",), tuple(ITEMS.values()))


def about(item: str, positive: object, **changes: object) -> dict[str, object]:
    """A confirmation of one question, with its words."""
    return {
        "item": item, "asks_about_harm": True, "positive": positive,
        "short_words": "Talk first", "words": "Talk with the patient",
    } | changes  # fmt: skip


GOOD = {
    "a number up to the highest": ("weighed", {"is_at_least": 3}),
    "codes": ("weighed", {"is_one_of": ["LA-1", "LA-2"]}),
    "texts": ("named", {"is_one_of": ["yes"]}),
    "yes": ("boolean", {"is_one_of": [True]}),
    "a typed number": ("number", {"is_at_least": 1}),
    "any answer": ("text", {"is_answered": True}),
}


@pytest.mark.parametrize("case", GOOD)
def test_a_rule_that_can_be_met_is_taken(case: str) -> None:
    item, positive = GOOD[case]
    check_review(FORM, [item], [about(item, positive)])


SLIPS = {
    "no rule": (about("weighed", None), "say which answers raise an alert"),
    "two rules": (about("weighed", {"is_at_least": 1, "is_one_of": ["LA-1"]}), "say which answers"),
    "an unknown rule": (about("weighed", {"is_more_than": 1}), "say which answers"),
    "no answers named": (about("weighed", {"is_one_of": []}), "say which answers"),
    "not any answer": (about("text", {"is_answered": False}), "say which answers"),
    "a mistyped code": (
        about("weighed", {"is_one_of": ["LA-9"]}),
        "LA-9 is not one of its answers",
    ),
    "beyond the highest": (about("weighed", {"is_at_least": 4}), "no answer is as high as 4"),
    "a number as text": (about("weighed", {"is_at_least": "1"}), "as a number"),
    "no number at all": (about("weighed", {"is_at_least": float("nan")}), "as a number"),
    "answers without numbers": (
        about("named", {"is_at_least": 1}),
        "not every answer has a number",
    ),
    "a number of yes and no": (about("boolean", {"is_at_least": 1}), "its answers are no numbers"),
    "neither yes nor no": (about("boolean", {"is_one_of": ["maybe"]}), "maybe is not one of"),
    "some of free text": (about("text", {"is_one_of": ["yes"]}), "people's own words"),
    "no words for staff": (about("boolean", {"is_one_of": [True]}, words=" "), "tells staff"),
    "no short words": (about("boolean", {"is_one_of": [True]}, short_words=None), "tells staff"),
    "an unknown question": (about("q99", {"is_answered": True}), "q99 is not a question"),
    "a group": (about("group", {"is_answered": True}), "group is not a question"),
    "an unknown key": (about("text", {"is_answered": True}, grade="high"), "grade is not"),
    "neither yes nor no to harm": (about("text", None, asks_about_harm="no"), "yes or no"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_confirmation_that_leaves_something_open_is_refused(slip: str) -> None:
    one, said = SLIPS[slip]
    with pytest.raises(HarmNotConfirmed, match=said):
        check_review(FORM, [], [one])


def test_every_question_that_the_import_listed_must_be_looked_at() -> None:
    not_harm = {"item": "named", "asks_about_harm": False}
    with pytest.raises(HarmNotConfirmed, match="weighed may ask about harm; say whether it does"):
        check_review(FORM, ["named", "weighed"], [not_harm])
    check_review(FORM, ["named"], [not_harm])


def test_a_question_is_looked_at_once() -> None:
    one = about("boolean", {"is_one_of": [True]})
    with pytest.raises(HarmNotConfirmed, match="boolean is there twice"):
        check_review(FORM, [], [one, one])


def test_an_answer_is_positive_by_its_weight_its_code_or_its_words() -> None:
    weighed, named, boolean = ITEMS["weighed"], ITEMS["named"], ITEMS["boolean"]
    once = HOW_OFTEN[1].value
    assert is_positive(weighed, {"is_at_least": 1}, [once])
    assert not is_positive(weighed, {"is_at_least": 2}, [once])
    assert is_positive(weighed, {"is_one_of": ["LA-1"]}, [once])
    assert not is_positive(weighed, {"is_one_of": ["LA-2"]}, [once])
    assert is_positive(named, {"is_one_of": ["yes"]}, ["yes"])
    assert is_positive(boolean, {"is_one_of": [True]}, [True])
    assert not is_positive(boolean, {"is_one_of": [True]}, [False])
    assert is_positive(ITEMS["number"], {"is_at_least": 1}, [2])
    assert not is_positive(ITEMS["number"], {"is_at_least": 1}, [0])
    assert not is_positive(weighed, {"is_at_least": 0}, [])


def test_an_answer_in_someones_own_words_is_always_heard_of() -> None:
    assert is_positive(ITEMS["open"], {"is_one_of": ["other"]}, ["I would rather be gone"])
    assert not is_positive(ITEMS["open"], {"is_one_of": ["other"]}, ["none"])
    assert is_positive(ITEMS["text"], {"is_answered": True}, ["anything"])


def test_of_several_answers_one_is_enough() -> None:
    assert is_positive(ITEMS["named"], {"is_one_of": ["yes"]}, ["no", "yes"])
