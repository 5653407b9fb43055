"""First values of a form, fixed values, and conditions that cannot be worked out."""

from datetime import UTC, date, datetime

from imparts.rules.forms.expressions import initial_answers
from imparts.rules.forms.filling import fill
from imparts.rules.forms.told import Told
from tests.rules.forms.published import SDC, expression, form_of, question, read

TOLD = Told(
    at=datetime(2026, 11, 21, 14, 30, tzinfo=UTC),
    name="Test Person",
    birth_date=date(1980, 2, 29),
    gender="female",
)


def test_what_stands_there_before_the_first_answer() -> None:
    items = [
        question("i", "integer", initial=[{"valueInteger": 4}]),
        question("o", "choice", answerOption=[
            {"valueString": "a"}, {"valueString": "b", "initialSelected": True}]),
        question("born", "date", extension=[
            expression(SDC + "initialExpression", "%patient.birthDate")]),
        question("none", "date", extension=[
            expression(SDC + "initialExpression", "%patient.deceasedDateTime")]),
        question("asks", "string", extension=[
            expression(SDC + "initialExpression", "Patient?_id=1", "", "application/x-fhir-query"),
        ]),
        question("g", "group", repeats=True, item=[
            question("x", "string", initial=[{"valueString": "first"}])]),
    ]  # fmt: skip
    form, report = read(form_of(item=items))
    assert initial_answers(form, TOLD) == {
        "i": (4,), "o": ("b",), "born": (date(1980, 2, 29),), "g[1]/x": ("first",),
    }  # fmt: skip
    assert [line.link_id for line in report.not_honoured] == ["asks"]


def test_a_first_value_is_no_answer_until_it_is_sent() -> None:
    form, _ = read(form_of(item=[question("i", "integer", initial=[{"valueInteger": 4}])]))
    assert fill(form, {}).answers == {}


def test_a_fixed_value_of_a_question_that_is_not_asked_counts() -> None:
    fixed = question("i", "integer", readOnly=True, initial=[{"valueInteger": 4}])
    form, _ = read(form_of(item=[fixed, question("q")]))
    assert fill(form, {}).answers == {"i": (4,)}


def test_a_condition_that_cannot_be_worked_out_asks_once_too_often() -> None:
    when = expression(SDC + "enableWhenExpression", "%resource.item.answer.value + 1 > 2")
    form, report = read(form_of(item=[question("a"), question("b", extension=[when])]))
    filled = fill(form, {"a": ("words",)})
    assert "b" in filled.applies
    assert filled.problems
    assert report.not_honoured == ()
