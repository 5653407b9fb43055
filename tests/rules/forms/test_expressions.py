"""What a form works out: as plain fhirpathpy does, once each, after what it rests on."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import fhirpathpy
import pytest
from fhirpathpy.models import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imparts.rules.forms import working_out
from imparts.rules.forms.expressions import calculated
from imparts.rules.forms.filling import fill
from imparts.rules.forms.response import response_of
from imparts.rules.forms.told import Told
from imparts.rules.forms.values import Coding, Quantity, Value
from tests.rules.forms.published import (
    FHIR,
    SDC,
    coding,
    expression,
    form_of,
    nlm_phq9,
    question,
    read,
    variable,
    weighed,
)
from tests.rules.forms.published import (
    calculated as calculation,
)

TOLD = Told(
    at=datetime(2026, 11, 21, 14, 30, tzinfo=UTC),
    name="Test Person",
    birth_date=date(1980, 2, 29),
    gender="female",
)


def _form(text: str, type: str = "decimal", **held: Any) -> Any:
    items = [
        question("n", "integer"),
        question("d", "decimal"),
        question("s", "string"),
        question("b", "boolean"),
        question("c", "choice", answerOption=[weighed("a", 1), weighed("b", 2.5)]),
        question("m", "choice", repeats=True, answerOption=[weighed("a", 1), weighed("b", 4)]),
        question("day", "date"),
        question("g", "group", repeats=True, item=[question("x", "integer")]),
        question("t", type, extension=[calculation(text)], **held),
    ]
    return read(form_of(item=items))[0]


def _value(text: str, answers: dict[str, tuple[Value, ...]], type: str = "decimal") -> Any:
    filled = fill(_form(text, type), answers, TOLD)
    assert filled.problems == (), filled.problems
    return filled.calculated.get("t", (None,))[0]


A, B = Coding(**coding("a")), Coding(**coding("b"))
ALL = "%resource.repeat(item)"


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        (f"{ALL}.answer.value.ordinal().sum()", {"c": (B,), "m": (A, B)}, Decimal("7.5")),
        (f"{ALL}.answer.weight().sum()", {"c": (B,), "m": (A, B)}, Decimal("7.5")),
        (f"{ALL}.answer.value.weight().max()", {"c": (B,), "m": (A, B)}, 4),
        (f"{ALL}.answer.value.weight().min()", {"c": (B,), "m": (B,)}, Decimal("2.5")),
        (f"{ALL}.answer.value.weight().avg()", {"c": (B,), "m": (A, B)}, Decimal("2.5")),
        ("answers().sum(value.ordinal())", {"c": (B,)}, Decimal("2.5")),
        (f"{ALL}.where(linkId='x').answer.value.sum()", {"g[1]/x": (3,), "g[2]/x": (4,)}, 7),
        (f"{ALL}.where(linkId='x').answer.value.avg()", {"g[1]/x": (3,), "g[2]/x": (4,)}, 3.5),
        (f"{ALL}.where(linkId='x').answer.value.sum()", {}, None),
        (f"{ALL}.where(linkId='x').answer.value.avg()", {}, None),
        (f"{ALL}.answer.value.ordinal().aggregate($this + $total, 0)", {"m": (A, B)}, 5),
        ("%resource.item.where(linkId='m').answer.count()", {"m": (A, B)}, 2),
        ("%qitem.linkId.length()", {}, 1),
        ("%questionnaire.item.count()", {}, 9),
    ],
)
def test_sums_and_weights_are_worked_out_over_answers(
    text: str, answers: dict[str, Any], expected: Any
) -> None:
    assert _value(text, answers) == expected


@pytest.mark.parametrize(
    ("text", "type", "expected"),
    [
        ("today()", "date", date(2026, 11, 21)),
        ("now()", "date", date(2026, 11, 21)),
        ("now()", "dateTime", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
        ("%patient.birthDate", "date", date(1980, 2, 29)),
        ("%patient.gender", "string", "female"),
        ("%patient.name.first().text", "string", "Test Person"),
        ("%patient.birthDate <= today() - 18 years", "boolean", True),
        ("%loinc", "url", "http://loinc.org"),
        ("12.50", "string", "12.5"),
        ("3", "quantity", Quantity(Decimal(3))),
        ("2.0", "integer", 2),
        ("5 'kg'", "quantity", Quantity(Decimal(5), "kg", "http://unitsofmeasure.org", "kg")),
        ("5 'kg'", "decimal", Decimal(5)),
        ("@2024-02-03", "date", date(2024, 2, 3)),
    ],
)
def test_a_result_becomes_an_answer_of_its_questions_type(
    text: str, type: str, expected: Value
) -> None:
    assert _value(text, {}, type) == expected


@pytest.mark.parametrize(
    ("text", "type"),
    [("'twelve'", "integer"), ("2.5", "integer"), ("true", "decimal"), ("1 | 2", "integer"),
     ("%questionnaire", "string"), ("'z'", "choice")],
)  # fmt: skip
def test_a_result_of_another_kind_is_a_problem_and_no_value(text: str, type: str) -> None:
    options = {"answerOption": [weighed("a", 1)]} if type == "choice" else {}
    filled = fill(_form(text, type, **options), {}, TOLD)
    assert filled.calculated == {}
    assert [line.link_id for line in filled.problems] == ["t"]


def test_a_problem_never_quotes_an_answer() -> None:
    filled = fill(_form("%resource.item.where(linkId='s').answer.value + 1"), {"s": ("secret",)})
    assert filled.problems
    assert "secret" not in str(filled.problems)


PLAIN = (
    "%resource.item.where(linkId='n').answer.value + 1",
    "%resource.item.where(linkId='n').answer.value * %resource.item.where(linkId='d').answer.value",
    "iif(%resource.item.where(linkId='b').answer.value, 1, 2)",
    "iif(%resource.item.where(linkId='s').answer.exists(), 10, 20)",
    "%resource.repeat(item).answer.count()",
    "%resource.item.where(linkId='m').answer.where(value.code = 'a').count()",
    "%resource.item.where(linkId='g').item.answer.value.first()",
    "%resource.item.where(linkId='s').answer.value.length()",
    "%resource.item.where(linkId='c').answer.value.code.exists().toInteger()",
    "%resource.item.where(linkId='n').answer.value.empty().not().toInteger()",
    "(%resource.item.where(linkId='n').answer.value | 7).count()",
    "%resource.item.where(linkId in ('n' | 'd')).answer.value.count()",
    "%resource.item.where($this.linkId = 'n').answer.value",
    "%resource.item.where(linkId = 'n' or linkId = 'x').answer.count()",
    "%resource.item.where(linkId = %resource.item.first().linkId).count()",
    "%resource.item.select(iif($this.linkId = 'n', 1, {})).count()",
    "%questionnaire.item.where(linkId = 'c').answerOption.where(valueCoding.code = "
    "%resource.item.where(linkId = 'c').answer.value.code).count()",
    "%questionnaire.item.where(linkId = 'm').answerOption.where(valueCoding.code in "
    "%resource.item.where(linkId = 'm').answer.value.code).extension.valueDecimal.count()",
    "%resource.item.where(linkId = 'm').answer.where(value.code = %resource.item"
    ".where(linkId = 'c').answer.value.code).count()",
    "%resource.item.where(linkId = 'g').item.where(linkId = 'x').answer.value"
    ".where($this > 1).count()",
    "%resource.item.where(linkId = 'n').answer.value - -3",
    "%resource.item.where(linkId = 'zz').answer.value",
)

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(-5, 5).map(lambda value: (value,)),
        "d": st.sampled_from([(Decimal("0.5"),), (Decimal(3),)]),
        "s": st.sampled_from([("a",), ("some words",)]),
        "b": st.booleans().map(lambda value: (value,)),
        "c": st.sampled_from([(A,), (B,)]),
        "m": st.sampled_from([(A,), (B,), (A, B)]),
        "g[1]/x": st.integers(0, 3).map(lambda value: (value,)),
        "g[2]/x": st.integers(0, 3).map(lambda value: (value,)),
    },
)
FORMS = {text: _form(text) for text in PLAIN}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(PLAIN), ANSWERS)
def test_our_result_is_that_of_plain_fhirpathpy_on_the_response_that_is_sent(
    text: str, answers: dict[str, tuple[Value, ...]]
) -> None:
    form = FORMS[text]
    sent = response_of(form, answers)
    sent["item"] = [item for item in sent["item"] if item["linkId"] != "t"]
    context = {"resource": sent, "questionnaire": form.resource}
    plain = fhirpathpy.evaluate(sent, text, context, models["r4"])
    ours = [float(value) for value in calculated(form, answers).get("t", ())]
    assert ours == [float(value) for value in plain]


def test_each_expression_is_worked_out_once_and_after_what_it_rests_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [
        question("c", "decimal", extension=[
            calculation("%resource.item.where(linkId='b').answer.value + 1")]),
        question("b", "decimal", extension=[
            variable("twice", "%resource.item.where(linkId='a').answer.value * 2"),
            calculation("%twice + %twice")]),
        question("sum", "decimal", extension=[
            calculation("%resource.item.where(linkId != 'sum').answer.value.sum()")]),
        question("a", "decimal"),
    ]  # fmt: skip
    form, _ = read(form_of(item=items))
    asked: Counter[str] = Counter()
    real = working_out.evaluate

    def watched(text: str, *rest: Any, **more: Any) -> Any:
        asked[text] += 1
        return real(text, *rest, **more)

    monkeypatch.setattr(working_out, "evaluate", watched)
    assert calculated(form, {"a": (Decimal(1),)}) == {"b": (4,), "c": (5,), "sum": (10,)}
    assert set(asked.values()) == {1}
    assert len(asked) == 4


def test_an_expression_in_a_repeating_group_sees_its_own_time() -> None:
    group = question("g", "group", repeats=True, extension=[
        variable("mine", "item.where(linkId='x').answer.value")], item=[
        question("x", "integer"),
        question("y", "integer", extension=[calculation("%mine * 10")]),
        question("z", "integer", extension=[calculation("%context.linkId.length()")]),
    ])  # fmt: skip
    form, _ = read(form_of(item=[group]))
    found = calculated(form, {"g[1]/x": (1,), "g[2]/x": (2,)})
    assert found == {"g[1]/y": (10,), "g[2]/y": (20,), "g[1]/z": (1,), "g[2]/z": (1,)}


def test_a_total_inside_the_group_that_it_adds_up_is_no_loop() -> None:
    held = form_of(item=[question("g", "group", item=[
        question("a", "integer"),
        question("t", "integer", extension=[
            calculation("%resource.item.where(linkId='g').item.answer.value.sum()")]),
    ])])  # fmt: skip
    form, _ = read(held)
    assert calculated(form, {"a": (3,)}) == {"t": (3,)}


def test_a_code_that_is_also_a_link_id_makes_no_loop() -> None:
    items = [
        question("1", "choice", answerOption=[weighed("1", 1), weighed("2", 2)]),
        question("2", "integer", extension=[calculation(
            "iif(%resource.item.where(linkId='1').answer.value.code = '2', 5, 6)")]),
    ]  # fmt: skip
    form, _ = read(form_of(item=items))
    assert calculated(form, {"1": (Coding(**coding("2")),)}) == {"2": (5,)}


def test_one_code_may_weigh_differently_in_two_questions() -> None:
    items = [
        question("a", "choice", answerOption=[weighed("x", 1)]),
        question("b", "choice", answerOption=[weighed("x", 10)]),
        question("t", "integer", extension=[calculation("answers().value.weight().sum()")]),
    ]
    form, _ = read(form_of(item=items))
    same = (Coding(**coding("x")),)
    assert calculated(form, {"a": same, "b": same}) == {"t": (11,)}


def test_a_parsed_expression_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    form, _ = read(nlm_phq9())
    calculated(form, {})
    from imparts.rules.forms.fhirpath import syntax

    monkeypatch.setattr(syntax, "_tree", None)
    read(json.loads(json.dumps(nlm_phq9())))
    assert calculated(form, {}) == {}


def test_the_names_of_extensions_are_read_under_both_of_their_addresses() -> None:
    for url in (SDC + "calculatedExpression", FHIR + "questionnaire-calculatedExpression"):
        form, _ = read(form_of(item=[question("q"), question("t", "integer", extension=[
            expression(url, "1 + 1")])]))  # fmt: skip
        assert calculated(form, {}) == {"t": (2,)}
