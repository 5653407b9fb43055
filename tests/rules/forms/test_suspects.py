"""Questions that may ask about harm are listed, rather ten too many than one too few (H1)."""

from typing import Any

import pytest

from imparts.rules.forms.harm import harm_rules
from imparts.rules.forms.harm_review import HarmNotConfirmed, check_review
from imparts.rules.forms.screens import screens
from imparts.rules.forms.suspects import speaks_of_harm
from imparts.rules.forms.values import Coding
from imparts.rules.instruments.definition import Item
from imparts.rules.packs.alerting import watched
from imparts.rules.packs.asking import Given, Question
from tests.rules.forms.published import (
    coding,
    control,
    form_of,
    nlm_phq9,
    question,
    read,
    translated,
    weighed,
)


@pytest.mark.parametrize(
    "text",
    [
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        "I have thought of ending my life",
        "Have you felt that life is not worth living?",
        "I didn't want to go on living",
        "Have you wished you could go to sleep and not wake up?",
        "Has anyone hit, kicked or hurt you, or someone else, in the last year?",
        "Do you feel safe at home?",
        "Has your partner ever hit or kicked you?",
        "Is anybody threatening you?",
        "Have you taken an OVERDOSE?",
        "self harm",
        "Self\u2010harm".replace("\u2010", "-"),
        "Have you cut yourself on purpose?",
        "Thoughts of taking my own life",
        "Did you think your family would be better off without you?",
        "Have you ever wanted to hurt your baby?",
        "How often do you carry a knife or a weapon?",
        "Suicidal thoughts",
    ],
)
def test_a_text_that_may_speak_of_harm_is_found(text: str) -> None:
    assert speaks_of_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "Little interest or pleasure in doing things",
        "Feeling tired or having little energy",
        "How many cigarettes do you smoke a day?",
        "Does your knee hurt when you climb stairs?",
        "How often do you have a drink containing alcohol?",
        "Total score",
        "",
    ],
)
def test_most_questions_are_not_listed(text: str) -> None:
    assert not speaks_of_harm(text)


def _suspects(**held: Any) -> tuple[str, ...]:
    return read(form_of(**held))[1].harm_suspects


HARM = "Thoughts of self-harm"


@pytest.mark.parametrize(
    "item",
    [
        question("i", text=HARM),
        question("i", "choice", answerOption=[{"valueString": HARM}]),
        question("i", "choice", answerOption=[{"valueCoding": {"code": "a", "display": HARM}}]),
        question("i", code=[{"code": "44260-8", "system": "http://loinc.org"}]),
        question("i", code=[{"code": "x", "display": HARM}]),
        question("i", item=[question("h", "display", text=HARM, extension=[control("help")])]),
        question("i", item=[question("h", "display", text=HARM)]),
    ],
)
def test_a_question_is_listed_for_whatever_is_read_with_it(item: Any) -> None:
    assert _suspects(item=[question("q"), item]) == ("i",)


def test_a_question_under_a_heading_about_harm_is_listed() -> None:
    under = [question("how", text="How often?"), question("when", text="When last?")]
    group = question("g", "group", text=HARM, item=under)
    assert _suspects(item=[question("q"), group]) == ("how", "when")
    intro = question("intro", "display", text=HARM)
    group = question("g", "group", text="Mood", item=[intro, *under])
    assert _suspects(item=[question("q"), group]) == ("how", "when")


def test_of_a_form_without_english_words_every_question_is_listed() -> None:
    held = form_of(language="de", item=[question("a", text="Wie geht es?"), question("b")])
    _, report = read(held)
    assert report.harm_suspects == ("a", "b")
    assert [line.what for line in report.warnings] == ["language"]


def test_a_whole_english_translation_is_looked_through() -> None:
    items = [question("a", _text=translated(en="How are you?")),
             question("b", _text=translated(en=HARM))]  # fmt: skip
    held = form_of(language="de", item=items, _title=translated(en="Small"))
    assert read(held)[1].harm_suspects == ("b",)


def _review(**changed: Any) -> list[dict[str, Any]]:
    one = {
        "item": "/44260-8",
        "asks_about_harm": True,
        "positive": {"is_at_least": 1},
        "words": "Talk with the patient before they leave",
        "short_words": "Talk before they leave",
    }
    return [one | changed]


def test_an_answer_from_the_first_above_none_raises_an_alert() -> None:
    form, report = read(nlm_phq9())
    check_review(form, report.harm_suspects, _review())
    (rule,) = harm_rules(_review())
    item = form.by_id[rule.link_id]
    raised = [rule.is_met_by(item, (option.value,)) for option in item.options]
    assert raised == [False, True, True, True]
    assert not rule.is_met_by(item, ())


def test_not_answering_is_heard_of_whatever_the_review_says() -> None:
    form, _ = read(nlm_phq9())
    seen = watched({}, {form.key: (form, harm_rules(_review()))})
    screen = next(one for one in screens(form, {}) if one.item.link_id == "/44260-8")
    asked = Question(form.key, Item(screen.path, screen.text, ()), "", "", 1, 1, screen)
    assert seen.kind(asked, Given(None, declined=True)) == "declined"
    assert seen.kind(asked, Given(None)) == ""
    assert seen.kind(asked, Given(None, entered=(Coding("a"),))) != "declined"


def test_a_review_that_leaves_a_question_open_is_said() -> None:
    form, report = read(nlm_phq9())
    with pytest.raises(HarmNotConfirmed, match=r"^/44260-8 may ask about harm; say whether it d"):
        check_review(form, report.harm_suspects, [])
    with pytest.raises(HarmNotConfirmed, match="no answer is as high as 9"):
        check_review(form, report.harm_suspects, _review(positive={"is_at_least": 9}))


def test_a_question_that_does_not_ask_about_harm_has_no_rule() -> None:
    assert harm_rules([{"item": "q", "asks_about_harm": False}]) == ()


def test_an_answer_may_be_named_by_its_code() -> None:
    options = [weighed("a", 0), weighed("b", 0)]
    form, _ = read(form_of(item=[question("i", "choice", text=HARM, answerOption=options)]))
    (rule,) = harm_rules(_review(item="i", positive={"is_one_of": ["b"]}))
    assert rule.is_met_by(form.by_id["i"], (Coding(**coding("b")),))
    assert not rule.is_met_by(form.by_id["i"], (Coding(**coding("a")),))
