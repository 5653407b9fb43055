"""What may be answered, and what a person reads when it may not."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from imparts.rules.forms.entries import EntryRefused, check_entry, in_words
from imparts.rules.forms.values import Coding, Quantity, Value
from tests.rules.forms.published import FHIR, SDC, coding, form_of, question, read

A, B, C = (Coding(**coding(code)) for code in "abc")
OPTIONS = [{"valueCoding": coding(code)} for code in "ab"]
EXCLUSIVE = {"url": FHIR + "questionnaire-optionExclusive", "valueBoolean": True}
ALONE = {"valueCoding": coding("c"), "extension": [EXCLUSIVE]}


def _item(type: str, *extensions: tuple[str, str, Any], **held: Any) -> Any:
    listed = [{"url": url, key: value} for url, key, value in extensions]
    made = question("i", type, extension=listed, **held)
    return read(form_of(item=[made, question("other")]))[0].by_id["i"]


def _bounds(least: Any, most: Any, key: str) -> tuple[tuple[str, str, Any], ...]:
    return (FHIR + "minValue", key, least), (FHIR + "maxValue", key, most)


TAKEN: list[tuple[Any, tuple[Value, ...]]] = [
    (_item("boolean"), (True,)),
    (_item("decimal"), (Decimal("1.5"),)),
    (_item("integer"), (-3,)),
    (_item("date"), (date(2026, 1, 31),)),
    (_item("dateTime"), (datetime(2026, 1, 31, 9, tzinfo=UTC),)),
    (_item("dateTime"), (date(2026, 1, 31),)),
    (_item("time"), (time(9),)),
    (_item("string"), ("words",)),
    (_item("url"), ("https://www.nhs.uk",)),
    (_item("quantity"), (Quantity(Decimal(3), "kg"),)),
    (_item("choice", answerOption=OPTIONS), (A,)),
    (_item("choice", answerOption=OPTIONS), (Coding("a", A.system, "Another label"),)),
    (_item("choice", repeats=True, answerOption=OPTIONS), (A, B)),
    (_item("choice", answerOption=[{"valueInteger": 3}]), (3,)),
    (_item("open-choice", answerOption=OPTIONS), ("my own",)),
    (_item("reference", answerOption=[{"valueReference": {"reference": "x"}}]), ()),
    (_item("integer", *_bounds(1, 10, "valueInteger")), (10,)),
    (_item("date", *_bounds("2026-01-01", "2026-12-31", "valueDate")), (date(2026, 6, 1),)),
    (_item("string", (FHIR + "regex", "valueString", "[A-Z]{2}")), ("AB",)),
    (_item("string", required=True), ()),
]


@pytest.mark.parametrize(("item", "values"), TAKEN)
def test_a_fitting_answer_is_taken(item: Any, values: tuple[Value, ...]) -> None:
    check_entry(item, values)
    check_entry(item, ())


REFUSED: list[tuple[Any, tuple[Any, ...], str]] = [
    (_item("boolean"), ("yes",), "Answer yes or no"),
    (_item("integer"), (True,), "whole number"),
    (_item("integer"), (Decimal("1.5"),), "whole number"),
    (_item("integer"), (2**31,), "between -2147483647 and 2147483647"),
    (_item("decimal"), (Decimal("NaN"),), "Give a number"),
    (_item("decimal"), (Decimal("1.2345678901234567"),), "at most 15 digits"),
    (_item("decimal"), (Decimal("1e30"),), "at most 15 digits"),
    (_item("decimal", (FHIR + "maxDecimalPlaces", "valueInteger", 1)), (Decimal("1.25"),),
     "at most 1 digit after the point"),
    (_item("decimal", (FHIR + "maxDecimalPlaces", "valueInteger", 0)), (Decimal("1.5"),),
     "whole number"),
    (_item("date"), ("yesterday",), "Give a day"),
    (_item("dateTime"), (datetime(2026, 1, 31, 9),), "day and a time"),
    (_item("time"), ("noon",), "Give a time"),
    (_item("string"), (5,), "Write a text"),
    (_item("string"), ("  ",), "Write a text"),
    (_item("string"), ("x" * 5001,), "at most 5000 characters; this has 5001"),
    (_item("string", maxLength=3), ("four",), "at most 3 characters"),
    (_item("string", (FHIR + "minLength", "valueInteger", 3)), ("ab",), "at least 3"),
    (_item("string"), ("a\x00b",), "characters that cannot be shown"),
    (_item("string"), ("a\ud800b",), "characters that cannot be shown"),
    (_item("string", (FHIR + "regex", "valueString", "[A-Z]{2}"),
           (FHIR + "entryFormat", "valueString", "AB")), ("ab",), "such as AB"),
    (_item("url"), ("no address",), "without spaces"),
    (_item("quantity"), (5,), "number with its unit"),
    (_item("quantity", (FHIR + "questionnaire-unitOption", "valueCoding",
                        {"code": "kg", "display": "kilos"})),
     (Quantity(Decimal(1), "st"),), "one of these units: kilos"),
    (_item("quantity", (SDC + "minQuantity", "valueQuantity", {"value": 2, "unit": "kg"})),
     (Quantity(Decimal(1), "kg"),), "from 2 kg on"),
    (_item("integer", *_bounds(1, 10, "valueInteger")), (0,), "between 1 and 10"),
    (_item("integer", *_bounds(1, 10, "valueInteger")), (11,), "between 1 and 10"),
    (_item("date", *_bounds("2026-01-01", "2026-12-31", "valueDate")), (date(2025, 1, 1),),
     "between 1 January 2026 and 31 December 2026"),
    (_item("decimal", (FHIR + "maxValue", "valueDecimal", 1.5)), (Decimal(2),), "up to 1.5"),
    (_item("choice", answerOption=OPTIONS), (C,), "Choose one"),
    (_item("choice", answerOption=OPTIONS), ("a",), "Choose one"),
    (_item("choice", answerOption=OPTIONS), (A, B), "Give one answer"),
    (_item("choice", repeats=True, answerOption=OPTIONS), (A, A), "Choose each answer once"),
    (_item("choice", repeats=True, answerOption=[*OPTIONS, ALONE]), (A, C), "together"),
    (_item("choice", (FHIR + "questionnaire-maxOccurs", "valueInteger", 1), repeats=True,
           answerOption=OPTIONS), (A, B), "at most 1 answers"),
    (_item("choice", (FHIR + "questionnaire-minOccurs", "valueInteger", 2), repeats=True,
           answerOption=OPTIONS), (A,), "at least 2 answers"),
    (_item("string", readOnly=True), ("a",), "not a question that can be answered"),
    (_item("attachment"), ("a",), "not a question that can be answered"),
    (_item("choice", answerValueSet="http://example.org/elsewhere"), (A,), "not a question"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "values", "said"), REFUSED)
def test_an_answer_that_does_not_fit_is_refused_with_a_way_to_mend_it(
    item: Any, values: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(EntryRefused, match=said):
        check_entry(item, values)


def test_values_are_said_as_people_write_them() -> None:
    said = [in_words(value) for value in (
        True, 3, Decimal("2.50"), date(2026, 1, 31), datetime(2026, 1, 31, 9, 5, tzinfo=UTC),
        time(9, 5), "words", A, Quantity(Decimal("70.0"), "kg"))]  # fmt: skip
    assert said == ["Yes", "3", "2.5", "31 January 2026", "31 January 2026, 09:05", "09:05",
                    "words", "Answer a", "70 kg"]  # fmt: skip
