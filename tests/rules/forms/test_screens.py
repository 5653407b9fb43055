"""Screens: what of a form is asked on a tablet, page by page, and how it is entered."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from imparts.rules.forms.answer_words import answers_in_words
from imparts.rules.forms.definition import Form
from imparts.rules.forms.entries import EntryRefused
from imparts.rules.forms.filling import fill
from imparts.rules.forms.needed import not_needed_to_ask
from imparts.rules.forms.paths import longest_path
from imparts.rules.forms.reader import read_form
from imparts.rules.forms.screens import screens
from imparts.rules.forms.told import Told
from imparts.rules.forms.typed_in import as_typed, read_typed, steps_of, way_of
from imparts.rules.forms.values import Coding

SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
FHIR = "http://hl7.org/fhir/StructureDefinition/"


def _form(*items: dict[str, Any]) -> Form:
    held = {
        "resourceType": "Questionnaire", "url": "urn:invented:kettles", "version": "1",
        "status": "active", "title": "Invented kettles", "language": "en", "item": list(items),
    }  # fmt: skip
    return read_form(json.dumps(held))[0]


def _fhirpath(name: str, text: str) -> dict[str, Any]:
    expression = {"language": "text/fhirpath", "expression": text}
    return {"url": SDC + name, "valueExpression": expression}


def _item(link_id: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "type": kind, "text": f"{link_id}?", **more}


def _total(link_id: str, text: str) -> dict[str, Any]:
    extension = [_fhirpath("calculatedExpression", text)]
    return _item(link_id, "decimal", readOnly=True, extension=extension)


def test_each_question_is_one_screen_with_its_headings_and_what_is_read_before_it() -> None:
    form = _form(
        _item("hello", "display"),
        _item("outer", "group", item=[
            _item("note", "display"), _item("inner", "group", item=[_item("a")]), _item("b"),
        ]),
        _item("bye", "display"),
    )  # fmt: skip
    first, second = screens(form, {})
    assert (first.path, first.headings) == ("a", ("outer?", "inner?"))
    assert [one.text for one in first.before] == ["hello?", "note?"]
    assert (second.path, second.headings) == ("b", ("outer?",))
    assert [one.text for one in second.after] == ["bye?"]


def test_hidden_worked_out_and_inapplicable_items_are_not_shown() -> None:
    never = {"enableWhen": [{"question": "a", "operator": "=", "answerString": "x"}]}
    form = _form(
        _item("a"), _item("b", **never), _total("sum", "1 + 1"),
        _item("c", extension=[{"url": f"{FHIR}questionnaire-hidden", "valueBoolean": True}]),
    )  # fmt: skip
    assert [one.path for one in screens(form, {})] == ["a"]
    assert [one.path for one in screens(form, {"a": ("x",)})] == ["a", "b"]
    assert not any(one.before or one.after for one in screens(form, {}))


def test_a_question_that_nobody_can_answer_here_is_read_and_said_to_be_one() -> None:
    picture = _item("picture", "attachment")
    (screen,) = screens(_form(picture, _item("a")), {})
    (read,) = screen.before
    assert read.item is not None and read.text == "picture?"


def test_a_group_that_repeats_asks_for_another_after_its_last_time() -> None:
    form = _form(_item("cups", "group", repeats=True, item=[_item("colour")]), _item("end"))
    paths = [one.path for one in screens(form, {"cups": (2,)})]
    assert paths == ["cups[1]/colour", "cups[2]/colour", "cups", "end"]
    again = screens(form, {"cups": (2,)})
    assert [(one.time, one.times) for one in again] == [(1, 2), (2, 2), (2, 2), (0, 0)]
    assert [one.asks_for_another for one in again] == [False, False, True, False]


def test_how_often_a_group_may_be_filled_in_is_its_authors_to_say() -> None:
    bounds = [
        {"url": f"{FHIR}questionnaire-minOccurs", "valueInteger": 1},
        {"url": f"{FHIR}questionnaire-maxOccurs", "valueInteger": 2},
    ]
    form = _form(_item("cups", "group", repeats=True, extension=bounds, item=[_item("colour")]))
    once, twice = screens(form, {"cups": (1,)})[-1], screens(form, {"cups": (2,)})[-1]
    assert (once.may_add, once.may_remove) == (True, False)
    assert (twice.may_add, twice.may_remove) == (False, True)


def test_a_question_under_a_repeating_question_is_asked_for_each_answer() -> None:
    form = _form(_item("teas", repeats=True, item=[_item("why")]))
    paths = [one.path for one in screens(form, {"teas": ("Assam", "Grey")})]
    assert paths == ["teas", "teas[1]/why", "teas[2]/why"]


def test_totals_on_which_nothing_rests_are_not_worked_out_to_ask() -> None:
    form = _form(
        _item("a", "integer"),
        _total("total", "%resource.item.where(linkId='a').answer.value * 2"),
        _total("shown-by", "%resource.item.where(linkId='a').answer.value + 1"),
        _item("b", enableWhen=[{"question": "shown-by", "operator": ">", "answerDecimal": 3}]),
    )  # fmt: skip
    assert not_needed_to_ask(form) == {"total"}
    assert [one.path for one in screens(form, {"a": (5,)})] == ["a", "b"]
    assert set(fill(form, {"a": (5,)}, only_to_ask=True).calculated) == {"shown-by"}
    assert set(fill(form, {"a": (5,)}).calculated) == {"total", "shown-by"}


def test_a_question_under_a_worked_out_value_is_asked() -> None:
    total = _total("total", "1 + 1") | {"item": [_item("why")]}
    form = _form(_item("a"), total)
    assert [one.path for one in screens(form, {})] == ["a", "why"]


def test_a_condition_that_goes_through_the_whole_response_needs_every_total() -> None:
    asks = [_fhirpath("enableWhenExpression", "%resource.descendants().count() > 3")]
    form = _form(_item("a", "integer"), _total("total", "1 + 1"), _item("b", extension=asks))
    assert not_needed_to_ask(form) == set()


def test_a_thousand_questions_are_a_thousand_screens_without_working_a_total_out(
    monkeypatch,
) -> None:
    groups = [
        _item(f"g{g}", "group", item=[_item(f"q{g}.{n}", "boolean") for n in range(20)])
        for g in range(50)
    ]
    form = _form(*groups, _total("total", "%resource.descendants().count()"))

    def refuses(*args: object, **kwargs: object) -> list[object]:
        raise AssertionError("a total was worked out for a page")

    monkeypatch.setattr("imparts.rules.forms.working_out.evaluate", refuses)
    assert len(screens(form, {"q0.0": (True,)})) == 1000


def test_what_an_author_would_have_stand_there_is_a_proposal() -> None:
    born = [_fhirpath("initialExpression", "%patient.birthDate")]
    form = _form(
        _item("name", initial=[{"valueString": "Kettle"}]), _item("born", "date", extension=born)
    )
    told = Told(birth_date=date(1961, 3, 14))
    assert [one.proposal for one in screens(form, {}, told=told)] == [
        ("Kettle",), (date(1961, 3, 14),),
    ]  # fmt: skip


def test_the_longest_path_counts_the_groups_around() -> None:
    inside = _item("b" * 20, "group", repeats=True, item=[_item("c" * 30)])
    form = _form(_item("a" * 10, "group", repeats=True, item=[inside]))
    assert longest_path(form) == len("a" * 10 + "[100]/" + "b" * 20 + "[100]/" + "c" * 30)


def _fields(**held: list[str]):
    return lambda name: held.get(name, [])


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("string", {"words": ["Assam", "Grey"]}),
        ("integer", {"number": ["3", "4"]}),
        ("decimal", {"number": ["1.50"]}),
        ("date", {"day": ["3"], "month": ["4"], "year": ["2001"]}),
        ("time", {"hour": ["7"], "minute": ["05"]}),
        ("dateTime", {"day": ["3"], "month": ["4"], "year": ["2001"], "hour": ["8"],
                      "minute": ["30"]}),
        ("dateTime", {"day": ["3"], "month": ["4"], "year": ["2001"], "hour": [""],
                      "minute": [""]}),
        ("quantity", {"number": ["1.5"], "unit": ["cups"]}),
    ],
)  # fmt: skip
def test_what_was_typed_stands_in_the_same_fields_again(kind: str, held: dict) -> None:
    item = _form(_item("a", kind, repeats=True)).by_id["a"]
    values = read_typed(item, _fields(**held), zone=UTC)
    assert as_typed(item, values) == held


def test_rows_that_were_left_empty_are_no_answers() -> None:
    item = _form(_item("a", repeats=True)).by_id["a"]
    assert read_typed(item, _fields(words=["", "Assam", "  "]), zone=UTC) == ("Assam",)


@pytest.mark.parametrize("typed", ["1,5", "1e5", "٣", "NaN", "Infinity", "--1", "1" * 61])
def test_what_is_no_plain_number_is_refused(typed: str) -> None:
    item = _form(_item("a", "decimal")).by_id["a"]
    with pytest.raises(EntryRefused, match=r"^Give a number, such as 3\.5\.$"):
        read_typed(item, _fields(number=[typed]), zone=UTC)


def test_a_long_slider_is_typed_and_a_short_one_is_tapped() -> None:
    def slider(most: int):
        control = {"coding": [{"code": "slider"}]}
        bounds = [
            {"url": f"{FHIR}questionnaire-itemControl", "valueCodeableConcept": control},
            {"url": f"{FHIR}minValue", "valueInteger": 0},
            {"url": f"{FHIR}maxValue", "valueInteger": most},
        ]
        return _form(_item("a", "integer", extension=bounds)).by_id["a"]

    assert (way_of(slider(10)), list(steps_of(slider(10)))) == ("one", list(range(11)))
    assert way_of(slider(100)) == "number"


def test_answers_are_said_in_the_words_of_their_options() -> None:
    options = [{"valueCoding": {"code": "t", "display": "Tea"}}]
    form = _form(
        _item("a", "choice", answerOption=options), _item("b", "boolean"),
        _item("c", "integer", extension=[
            {"url": f"{FHIR}questionnaire-unit", "valueCoding": {"display": "cups"}}]),
    )  # fmt: skip
    said = {
        "a": (Coding("t"),), "b": (False,), "c": (4,),
    }  # fmt: skip
    assert [answers_in_words(form.by_id[name], values) for name, values in said.items()] == [
        "Tea", "No", "4 cups",
    ]  # fmt: skip
    assert answers_in_words(form.by_id["b"], (datetime(2026, 1, 31, 8, 5, tzinfo=UTC),)) == (
        "31 January 2026, 08:05"
    )
