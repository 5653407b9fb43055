"""What of a form is asked, case by case: repeats, conditions, hidden items, help, languages."""

from decimal import Decimal
from typing import Any

from imparts.rules.forms.filling import fill
from imparts.rules.forms.flow import shown
from imparts.rules.forms.screens import screens
from tests.rules.forms.published import (
    SDC,
    calculated,
    coding,
    control,
    expression,
    form_of,
    question,
    read,
    translated,
    variable,
)


def _medicines() -> dict[str, Any]:
    name = question("name", "string")
    why = question("why", "string", enableWhen=[
        {"question": "name", "operator": "=", "answerString": "insulin"}])  # fmt: skip
    group = question("meds", "group", repeats=True, item=[name, why])
    after = question("after", "boolean", enableWhen=[
        {"question": "name", "operator": "=", "answerString": "aspirin"}])  # fmt: skip
    return form_of(item=[group, after])


def test_a_condition_in_a_repeating_group_looks_at_its_own_time() -> None:
    form, _ = read(_medicines())
    answers = {"meds[1]/name": ("insulin",), "meds[2]/name": ("aspirin",)}
    paths = [(one.path, one.number) for one in shown(form, answers)]
    assert paths == [
        ("meds", 1), ("meds[1]/name", 0), ("meds[1]/why", 0),
        ("meds", 2), ("meds[2]/name", 0), ("after", 0),
    ]  # fmt: skip


def test_a_repeating_group_is_asked_as_often_as_someone_said() -> None:
    form, _ = read(_medicines())
    assert [one.times for one in shown(form, {"meds": (3,)}) if one.number] == [3, 3, 3]
    assert [one.path for one in shown(form, {"meds": (0,)})] == []
    assert [one.number for one in shown(form, {}) if one.number] == [1]


def test_no_number_in_a_path_makes_a_form_endless() -> None:
    form, _ = read(_medicines())
    answers = {"meds[999999999]/name": ("a",), "meds[7777]/name": ("a",), "meds": (10**9,)}
    assert len([one for one in shown(form, answers) if one.number]) == 100


def test_a_question_under_a_question_is_asked_for_each_of_its_answers() -> None:
    under = question("how", "string")
    form, _ = read(form_of(item=[question("which", "string", repeats=True, item=[under])]))
    assert [one.path for one in shown(form, {})] == ["which"]
    paths = [one.path for one in shown(form, {"which": ("a", "b")})]
    assert paths == ["which", "which[1]/how", "which[2]/how"]


def test_hidden_items_are_not_shown_and_still_count() -> None:
    hidden = [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
               "valueBoolean": True}]  # fmt: skip
    items = [
        question("h", "integer", extension=hidden, initial=[{"valueInteger": 4}]),
        question("q", "string", enableWhen=[
            {"question": "h", "operator": ">", "answerInteger": 3}]),
    ]  # fmt: skip
    form, _ = read(form_of(item=items))
    assert [one.path for one in shown(form, {})] == ["q"]


def test_a_condition_that_cannot_be_read_asks_once_too_often() -> None:
    items = [
        question("a", "choice", answerOption=[{"valueCoding": coding("x")}]),
        question("b", enableWhen=[{"question": "nobody", "operator": "=", "answerString": "x"}]),
        question("c", enableWhen=[{"question": "a", "operator": ">", "answerCoding": coding("x")}]),
        question("d", enableBehavior="any", enableWhen=[
            {"question": "a", "operator": "exists", "answerBoolean": True},
            {"question": "a", "operator": "=", "answerReference": {}}]),
    ]  # fmt: skip
    form, report = read(form_of(item=items))
    assert [one.path for one in shown(form, {})] == ["a", "b", "c", "d"]
    named = [line.link_id for line in report.not_honoured if line.what == "enableWhen"]
    assert named == ["b", "c", "d"]


def test_an_answer_named_incompletely_is_the_option_that_it_means() -> None:
    options = [{"valueCoding": coding("x", "Yes")}, {"valueCoding": coding("y", "No")}]
    items = [
        question("a", "choice", answerOption=options),
        question("b", enableWhen=[
            {"question": "a", "operator": "=", "answerCoding": {"code": "x"}}]),
        question("c", enableWhen=[{"question": "a", "operator": "=", "answerString": "No"}]),
    ]  # fmt: skip
    form, report = read(form_of(item=items))
    assert [one.path for one in shown(form, {"a": (form.by_id["a"].options[0].value,)})] == [
        "a", "b",
    ]  # fmt: skip
    assert [line.link_id for line in report.warnings] == ["b", "c"]


def test_an_expression_may_decide_whether_an_item_applies() -> None:
    exists = "%resource.item.where(linkId='{0}').answer.value"
    items = [
        question("n1", "decimal"),
        question("n2", "decimal"),
        question("q", extension=[
            variable("a", f"iif({exists.format('n1')}.exists(), {exists.format('n1')}, 0)"),
            variable("b", f"iif({exists.format('n2')}.exists(), {exists.format('n2')}, 0)"),
            expression(SDC + "enableWhenExpression", "%a + %b >= 5"),
        ]),
    ]  # fmt: skip
    form, _ = read(form_of(item=items))
    assert "q" not in fill(form, {"n1": (Decimal(2),)}).applies
    assert "q" in fill(form, {"n1": (Decimal(2),), "n2": (Decimal(3),)}).applies


def test_a_question_may_depend_on_a_value_that_is_worked_out() -> None:
    total = calculated("%resource.item.where(linkId='n').answer.value * 2")
    items = [
        question("late", enableWhen=[{"question": "t", "operator": ">", "answerInteger": 5}]),
        question("t", "integer", extension=[total]),
        question("n", "integer"),
    ]
    form, _ = read(form_of(item=items))
    assert "late" not in fill(form, {"n": (2,)}).applies
    assert "late" in fill(form, {"n": (3,)}).applies


def test_help_and_scale_ends_are_part_of_their_question() -> None:
    under = [
        question("h", "display", text="Think of last week.", extension=[control("help")]),
        question("l", "display", text="none", extension=[control("lower")]),
        question("u", "display", text="worst", extension=[control("upper")]),
        question("m", "display", text="cm", extension=[control("unit")]),
    ]
    form, _ = read(form_of(item=[question("q", "integer", item=under)]))
    item = form.by_id["q"]
    assert (item.help, item.lower, item.upper) == ("Think of last week.", "none", "worst")
    assert item.unit is not None
    assert item.unit.display == "cm"
    assert [one.path for one in shown(form, {})] == ["q"]


def test_texts_come_before_the_question_that_follows_them() -> None:
    items = [
        question("intro", "display"),
        question("g", "group", item=[question("q1"), question("q2")]),
        question("end", "display"),
    ]
    form, _ = read(form_of(item=items))
    made = screens(form, {})
    assert [one.path for one in made] == ["q1", "q2"]
    assert [[read.path for read in one.before] for one in made] == [["intro"], []]
    assert [[read.path for read in one.after] for one in made] == [[], ["end"]]
    assert made[0].headings == ("Text of g",)


def test_a_form_is_shown_in_one_language_wholly_or_not_at_all() -> None:
    whole = question("q1", _text=translated(cy="Testun", pl="Tekst"))
    half = question("q2", _text=translated(cy="Testun arall"))
    held = form_of(item=[whole, half], _title=translated(cy="Bach", pl="Mały"))
    form, report = read(held)
    assert form.languages == ("en", "cy")
    assert [one.text for one in shown(form, {}, language="cy")] == ["Testun", "Testun arall"]
    assert [line.sentence for line in report.not_honoured if "pl" in line.sentence]
