"""Files as others publish them are read, with a line for whatever was mended or cannot be done."""

from decimal import Decimal

import pytest

from imparts.rules.forms.expressions import calculated
from imparts.rules.forms.result import result_of
from imparts.rules.forms.values import Coding, Quantity
from tests.rules.forms.published import (
    FHIR,
    LOINC_ANSWERS,
    LOINC_ITEMS,
    form_of,
    hl7_phq9,
    nlm_phq9,
    question,
    read,
    stu3_form,
)

SOME = (0, 1, 2, 3, 3, 2, 1, 0, 1)


def test_phq9_of_the_national_library_of_medicine_gives_its_total() -> None:
    form, report = read(nlm_phq9())
    answers = {
        form.items[n].link_id.replace("/", "~1"): (form.items[n].options[value].value,)
        for n, value in enumerate(SOME)
    }
    assert calculated(form, answers) == {"~144261-6": (Decimal(13),)}
    assert report.harm_suspects == (f"/{LOINC_ITEMS[8]}",)
    assert report.not_honoured == ()
    assert form.key == "phq-9-quick-depression-assessment-panel"


def test_phq9_of_hl7_gives_its_total() -> None:
    form, report = read(hl7_phq9())
    answers = {
        f"H1~1T1~1Q{n}": (form.by_id[f"H1/T1/Q{n}"].options[value].value,)
        for n, value in enumerate(SOME, start=1)
    }
    assert calculated(form, answers) == {"H1~1TS": (Quantity(Decimal(13)),)}
    result = result_of(form, answers)
    assert [(one.label, one.value) for one in result.numbers] == [("Total score", 13)]
    assert result.complete
    assert report.warnings == ()
    assert report.harm_suspects == ("H1/T1/Q9",)


def test_a_missing_answer_makes_the_result_incomplete() -> None:
    form, _ = read(hl7_phq9())
    answers = {"H1~1T1~1Q1": (form.by_id["H1/T1/Q1"].options[2].value,)}
    result = result_of(form, answers)
    assert [one.value for one in result.numbers] == [2]
    assert not result.complete
    assert len(result.missing) == 8


def test_a_form_that_nobody_has_answered_has_no_total() -> None:
    for held in (nlm_phq9(), hl7_phq9()):
        assert result_of(read(held)[0], {}).numbers == ()


def test_a_file_of_stu3_is_read_with_a_warning_for_each_old_key() -> None:
    form, report = read(stu3_form())
    old = {line.what for line in report.warnings}
    assert {"option", "options", "hasAnswer", "operator", "initialCoding"} <= old
    assert form.by_id["5.4"].initial == (Coding("Other"),)
    assert form.by_id["5.4.1"].enable_when[0].answer == Coding("Change in status")
    assert form.by_id["5.5"].enable_when[0].operator == "exists"
    assert [option.label for option in form.by_id["5.6"].options] == ["Here", "There"]


def test_a_bundle_with_one_questionnaire_is_opened() -> None:
    held = form_of(item=[question("q", "choice", answerValueSet="http://example.org/vs")])
    value_set = {
        "resourceType": "ValueSet",
        "url": "http://example.org/vs",
        "compose": {"include": [{"system": "s", "concept": [{"code": "a"}]}]},
    }
    entries = [{"resource": held}, {"resource": value_set}]
    form, report = read({"resourceType": "Bundle", "type": "collection", "entry": entries})
    assert form.by_id["q"].options[0].value == Coding("a", "s")
    assert any(line.what == "Bundle" for line in report.warnings)


MENDED = [
    ({"status": "nearly"}, "status"),
    ({"language": "x"}, "language"),
    ({"title": ""}, "title"),
    ({"resourceType": None}, "resourceType"),
    ({"colour": "red"}, "colour"),
    ({"item": question("q1")}, "item"),
    ({"item": [question("q1"), question("q1")]}, "linkId"),
    ({"item": [question("q1"), {"text": "No name", "type": "string"}]}, "linkId"),
    ({"item": [question("q1"), {"linkId": 7, "text": "A number", "type": "string"}]}, "linkId"),
    ({"item": [question("q1"), "no item"]}, "item"),
    ({"item": [question("q1", "coding", answerOption=[{"valueString": "a"}])]}, "type"),
    ({"item": [question("q1", "riddle")]}, "type"),
    ({"item": [{"linkId": "q1", "text": "T"}]}, "type"),
    ({"item": [{"linkId": "q1", "type": "string"}]}, "text"),
    ({"item": [question("q1", text=5)]}, "text"),
    ({"item": [question("q1", required="true")]}, "required"),
    ({"item": [question("q1", required="perhaps")]}, "required"),
    ({"item": [question("q1", maxLength="20")]}, "maxLength"),
    ({"item": [question("q1", maxLength=-1)]}, "maxLength"),
    ({"item": [question("q1", code={"code": "a"})]}, "code"),
    ({"item": [question("q1", colour="red")]}, "colour"),
    ({"item": [question("q1", "integer", answerOption=[{"valueInteger": 1}])]}, "type"),
    ({"item": [question("q1", "choice", answerOption=["a", 2, {"code": "b"}])]}, "answerOption"),
    ({"item": [question("q1", "choice", answerOption={"valueString": "a"})]}, "answerOption"),
    (
        {"item": [question("q1", "choice", answerOption=[{"valueString": "a"}] * 2)]},
        "answerOption",
    ),
    ({"item": [question("q1", initial={"valueString": "a"})]}, "initial"),
    ({"item": [question("q1", "date", initial=[{"valueDate": "2024"}])]}, "initial"),
    ({"item": [question("q1", extension={"url": "x"})]}, "extension"),
    ({"item": [question("q1", extension=[{"valueString": "x"}])]}, "extension"),
    ({"item": [question("q1"), question("d", "display", required=True)]}, "required"),
    ({"item": [question("q1", text="a\u0000b")]}, "text"),
    ({"item": [question("q1", text="a\u202eb")]}, "text"),
    ({"item": [question("q1", text="a\ud800b")]}, "text"),
]


@pytest.mark.parametrize(("changed", "what"), MENDED)
def test_a_slight_mistake_is_mended_and_named(changed: dict[str, object], what: str) -> None:
    form, report = read(form_of(**changed))
    assert form.all_items
    assert what in {line.what for line in report.warnings}
    assert all("\ud800" not in item.text and "\x00" not in item.text for item in form.all_items)


def test_a_questionnaire_without_a_mistake_gives_no_warning() -> None:
    _, report = read(form_of())
    assert report.warnings == ()
    assert report.not_honoured == ()
    assert report.honoured == {"type string": 1}


def test_two_items_of_one_name_are_both_asked() -> None:
    form, _ = read(form_of(item=[question("q1"), question("q1"), question("q1-2")]))
    assert sorted(form.by_id) == ["q1", "q1-2", "q1-2-2"]


def test_a_value_set_inside_an_item_is_read() -> None:
    held = {"compose": {"include": [{"system": "s", "concept": [{"code": "a", "display": "A"}]}]}}
    form, report = read(form_of(item=[question("q", "choice", answerValueSet=held)]))
    assert form.by_id["q"].options[0].value == Coding("a", "s", "A")
    assert any(line.what == "answerValueSet" for line in report.warnings)


def test_weights_are_found_under_each_of_their_names() -> None:
    for name in ("ordinalValue", "itemWeight", "questionnaire-ordinalValue",
                 "valueset-ordinalValue", "iso21090-CO-value"):  # fmt: skip
        weight = [{"url": FHIR + name, "valueDecimal": 2.5}]
        beside = {"valueCoding": {"code": "a"}, "extension": weight}
        inside = {"valueCoding": {"code": "b", "extension": weight}}
        form, _ = read(form_of(item=[question("q", "choice", answerOption=[beside, inside])]))
        assert [option.weight for option in form.by_id["q"].options] == [Decimal("2.5")] * 2


def test_the_answers_of_loinc_are_in_the_order_of_the_file() -> None:
    form, _ = read(nlm_phq9())
    assert tuple(option.value.code for option in form.items[0].options) == LOINC_ANSWERS
