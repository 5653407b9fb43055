"""Files with random mistakes: read, or refused with a sentence, and nothing else."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imparts.rules.content import ContentRefused
from imparts.rules.forms.filling import fill
from imparts.rules.forms.flow import shown
from imparts.rules.forms.reader import read_form
from imparts.rules.forms.response import answers_from, response_of
from imparts.rules.forms.result import result_of
from imparts.rules.forms.screens import screens
from tests.rules.forms.made_forms import questionnaires
from tests.rules.forms.published import (
    FHIR,
    SDC,
    calculated,
    control,
    form_of,
    hl7_phq9,
    nlm_phq9,
    question,
    stu3_form,
    translated,
    variable,
    weighed,
)


def _everything() -> dict[str, Any]:
    """One of each thing that is known, in one file."""
    items = [
        question("c", "choice", repeats=True, _text=translated(cy="x"), answerOption=[
            weighed("a", 1), {"valueString": "b"}, {"valueInteger": 3},
            {"valueDate": "2024-01-01"}, {"valueTime": "10:00:00"},
            {"valueReference": {"reference": "Patient/1"}}]),
        question("n", "decimal", initial=[{"valueDecimal": 1.5}], extension=[
            {"url": FHIR + "minValue", "valueDecimal": 0},
            {"url": FHIR + "maxDecimalPlaces", "valueInteger": 2},
            {"url": FHIR + "questionnaire-unit", "valueCoding": {"code": "kg"}},
            control("slider")]),
        question("s", "string", maxLength=10, extension=[
            {"url": FHIR + "regex", "valueString": "[a-z]+"},
            {"url": FHIR + "entryFormat", "valueString": "abc"}]),
        question("g", "group", repeats=True, extension=[
            variable("v", "item.where(linkId='x').answer.value")], item=[
                question("x", "integer"),
                question("y", "integer", extension=[calculated("%v + 1")]),
                question("h", "display", extension=[control("help")])]),
        question("e", "quantity", enableBehavior="any", enableWhen=[
            {"question": "c", "operator": "=", "answerString": "b"},
            {"question": "n", "operator": ">=", "answerDecimal": 1}], extension=[
                {"url": SDC + "maxQuantity", "valueQuantity": {"value": 5, "unit": "kg"}},
                {"url": FHIR + "questionnaire-unitOption", "valueCoding": {"code": "kg"}}]),
        question("a", "attachment"),
    ]  # fmt: skip
    launch = {"url": SDC + "launchContext", "extension": [
        {"url": "name", "valueCoding": {"code": "patient"}}]}  # fmt: skip
    return form_of(item=items, extension=[launch])


SEEDS = [nlm_phq9(), hl7_phq9(), stu3_form(), _everything()]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["", "q", "group", "choice", "#x", "%a.b", "2024-13-45", "[a", "\x00", "\ud800"]
    ),
    st.lists(st.integers(0, 3), max_size=3),
    st.dictionaries(
        st.sampled_from(["url", "code", "linkId", "item", "value"]), st.text(max_size=3)
    ),
)


def _spots(held: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = held.items() if isinstance(held, dict) else enumerate(held)
    found = []
    for key, value in inside:
        found.append((*way, key))
        if isinstance(value, dict | list):
            found += _spots(value, (*way, key))
    return found


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A published file with one to five things in it changed, taken out or doubled."""
    held = copy.deepcopy(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 5))):
        spots = _spots(held)
        if not spots:
            break
        *way, last = draw(st.sampled_from(spots))
        around = held
        for step in way:
            around = around[step]
        _change(draw, around, last)
    return held


def _change(draw: st.DrawFn, around: Any, last: Any) -> None:
    how = draw(st.sampled_from(["junk", "gone", "renamed", "twice"]))
    if how == "gone":
        del around[last]
    elif how == "renamed" and isinstance(around, dict):
        around[draw(st.sampled_from(["colour", "valueString", "item", "option"]))] = around.pop(
            last
        )
    elif how == "twice" and isinstance(around, list):
        around.append(copy.deepcopy(around[last]))
    else:
        around[last] = draw(JUNK)


ALL = settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)


@ALL
@given(mutated())
def test_only_a_refusal_escapes_from_a_file_with_mistakes(held: dict[str, Any]) -> None:
    try:
        form, report = read_form(json.dumps(held))
    except ContentRefused as refused:
        assert str(refused)
        return
    filled = fill(form, {})
    assert shown(form, {})
    assert {one.path for one in screens(form, {})} <= filled.applies
    json.dumps(response_of(form, filled.answers))
    assert result_of(form, {}).missing is not None
    assert all(line.sentence for line in (*report.warnings, *report.not_honoured))
    assert set(report.harm_suspects) <= set(form.by_id)


@ALL
@given(st.text(max_size=200))
def test_only_a_refusal_escapes_from_any_text(text: str) -> None:
    try:
        read_form(text)
    except ContentRefused as refused:
        assert str(refused)
    else:
        raise AssertionError(text)


@ALL
@given(questionnaires(), st.data())
def test_a_form_that_is_cut_off_anywhere_is_refused(
    held: dict[str, Any], data: st.DataObject
) -> None:
    text = json.dumps(held)
    cut = data.draw(st.integers(0, len(text) - 1))
    try:
        read_form(text[:cut])
    except ContentRefused as refused:
        assert "JSON" in str(refused) or "empty" in str(refused)
    else:
        raise AssertionError(text[:cut])


@ALL
@given(mutated(), st.dictionaries(st.text(max_size=8), st.lists(st.integers(), max_size=2)))
def test_answers_under_any_path_whatever_never_break_a_form(
    held: dict[str, Any], answers: dict[str, list[int]]
) -> None:
    try:
        form, _ = read_form(json.dumps(held))
    except ContentRefused:
        return
    given_ = {path: tuple(values) for path, values in answers.items()}
    strange = {f"{item.link_id}[{n}]/x": (n,) for n, item in enumerate(form.all_items)}
    sent = response_of(form, {**given_, **strange})
    assert answers_from(form, json.loads(json.dumps(sent))) is not None
