"""Every kind of question of a form: what it takes, what is wrong with an answer, in its words."""

import ast
import re
from pathlib import Path

import pytest

import imparts.rules.forms
from imparts.informatics.questionnaires.pages.said import REFUSALS
from tests.apps.informatics.questionnaires.a_form import HOW
from tests.apps.informatics.questionnaires.a_form_in_hand import (
    COLOUR,
    CUP_COUNT,
    DRINKS,
    PLAIN,
    TEAS,
    VOLUME,
    WARMTH,
    address,
    in_hands,
    kept_of,
    page_of,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("item", "given", "kept"),
    [
        (HOW, {"a": "1"}, "A little"),
        (PLAIN["boolean"], {"a": "no"}, [{"boolean": False}]),
        (DRINKS, {"a": ["0", "1"]}, ["Tea", "Coffee"]),
        (COLOUR, {"a": "1"}, "White"),
        (COLOUR, {"a": "own", "words": " green "}, [{"string": "green"}]),
        (COLOUR, {"words": "green"}, [{"string": "green"}]),
        (CUP_COUNT, {"number": " 4 "}, [{"integer": 4}]),
        (WARMTH, {"a": "7"}, [{"integer": 7}]),
        (PLAIN["decimal"], {"number": "-1.50"}, [{"decimal": "-1.50"}]),
        (VOLUME, {"number": "1.5", "unit": "0"}, [{"quantity": {"value": "1.5", "unit": "litres",
         "system": "http://unitsofmeasure.org", "code": "L"}}]),
        (PLAIN["date"], {"day": "3", "month": "04", "year": "2001"}, [{"date": "2001-04-03"}]),
        (PLAIN["time"], {"hour": "7", "minute": "05"}, [{"time": "07:05:00"}]),
        (PLAIN["dateTime"], {"day": "3", "month": "7", "year": "2020", "hour": "8", "minute": "30"},
         [{"dateTime": "2020-07-03T08:30:00+01:00"}]),
        (PLAIN["dateTime"], {"day": "3", "month": "7", "year": "2020", "hour": "", "minute": ""},
         [{"date": "2020-07-03"}]),
        (PLAIN["string"], {"words": "Earl Grey"}, [{"string": "Earl Grey"}]),
        (PLAIN["text"], {"words": "One.\r\nTwo."}, [{"string": "One.\nTwo."}]),
        (PLAIN["url"], {"words": "https://kettles.example"},
         [{"string": "https://kettles.example"}]),
        (TEAS, {"words": ["Grey", "", "Assam"]}, [{"string": "Grey"}, {"string": "Assam"}]),
    ],
)  # fmt: skip
def test_every_kind_of_question_takes_its_answer_and_shows_it_again(
    clock, item, given, kept
) -> None:
    browser = in_hands(item)
    path = item["linkId"]
    assert browser.post(address(path), given).url == "/tablet/check/"
    found = kept_of(path)
    if isinstance(kept, str) or isinstance(kept[0], str):
        found = [one["coding"]["display"] for one in found]
        kept = [kept] if isinstance(kept, str) else kept
    assert found == kept
    again = page_of(browser, path)
    assert again.count(" checked") + again.count('value="') > 1
    assert browser.post(address(path) + "?change=1", given).status_code == 302


@pytest.mark.parametrize(
    ("item", "given", "says"),
    [
        (HOW, {}, "Choose one answer"),
        (HOW, {"a": "9"}, "Choose one of the answers on this page"),
        (DRINKS, {}, "Choose one answer or more"),
        (DRINKS, {"a": ["0", "2"]}, "“None” cannot be chosen together with other answers"),
        (COLOUR, {"a": "0", "words": "green"}, "Choose one of the answers, or write your own"),
        (COLOUR, {"a": "own"}, "Write your own answer, or choose another one"),
        (CUP_COUNT, {"number": "many"}, "Give a whole number, such as 3"),
        (CUP_COUNT, {"number": "3.5"}, "Give a whole number, such as 3"),
        (CUP_COUNT, {"number": "31"}, "Give a number between 0 and 30"),
        (PLAIN["decimal"], {"number": "1,5"}, "Give a number, such as 3.5"),
        (VOLUME, {"number": "1.5"}, "Choose the unit of your number"),
        (VOLUME, {"number": "1.5", "unit": "7"}, "Choose the unit of your number"),
        (PLAIN["date"], {"day": "31", "month": "2", "year": "2020"}, "Give a day"),
        (PLAIN["date"], {"day": "3", "month": "2", "year": "20"}, "Give a day"),
        (PLAIN["time"], {"hour": "25", "minute": "00"}, "Give a time"),
        (PLAIN["dateTime"], {"day": "3", "month": "2", "year": "2020", "hour": "8"}, "Give a time"),
        (PLAIN["string"], {"words": "  "}, "Write your answer"),
        (PLAIN["text"], {"words": "x" * 5001}, "Use at most 5000 characters; this has 5001"),
        (PLAIN["url"], {"words": "two words"}, "Give an address without spaces"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_entry_is_kept(clock, item, given, says) -> None:
    browser = in_hands(item)
    drawn = browser.post(address(item["linkId"]), given)
    page = drawn.content.decode()
    assert drawn.status_code == 400
    assert page.count(says) == 2, "in the summary, and beside the answer"
    assert "<title>Error: " in page
    (leads_to,) = re.findall(r'<a href="#([^"]+)">', page)
    assert f'id="{leads_to}"' in page
    for typed in given.values():
        assert isinstance(typed, list) or typed.strip() in page
    assert kept_of(item["linkId"]) is None


def test_every_sentence_about_a_wrong_answer_is_there_for_translators() -> None:
    folder = Path(imparts.rules.forms.__file__).parent
    found = {
        sentence for name in ("entries.py", "typed_in.py") for sentence in _said_in(folder / name)
    }
    assert len(found) > 25
    assert found <= set(REFUSALS)


def _said_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = list(ast.walk(tree))
    with_words = (ast.FunctionDef, ast.ClassDef, ast.Module)
    docstrings = {ast.get_docstring(node) for node in nodes if isinstance(node, with_words)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)} - docstrings
    is_sentence = re.compile(r"[A-Z\u201c].*\.", re.DOTALL).fullmatch
    return {text for text in texts if isinstance(text, str) and is_sentence(text)}
