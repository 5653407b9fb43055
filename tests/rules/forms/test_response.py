"""A response that is sent and read again is the same, whatever the form and the answers."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imparts.rules.forms.filling import fill
from imparts.rules.forms.response import ResponseRefused, answers_from, response_of
from imparts.rules.forms.values import Reference, ValueRefused, from_json, to_json
from tests.rules.forms.made_forms import answered, questionnaires
from tests.rules.forms.published import calculated, form_of, question, read, translated, weighed

RANDOM = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@RANDOM
@given(st.data())
def test_a_response_sent_and_read_again_is_the_same(data: st.DataObject) -> None:
    form, _ = read(data.draw(questionnaires()))
    answers = data.draw(answered(form))
    sent = json.loads(json.dumps(response_of(form, answers)))
    again = answers_from(form, sent)
    assert again == fill(form, answers).answers
    assert response_of(form, again) == sent


@RANDOM
@given(st.data())
def test_stored_answers_are_read_as_they_were_stored(data: st.DataObject) -> None:
    form, _ = read(data.draw(questionnaires()))
    answers = data.draw(answered(form)) | {"r": (Reference("Patient/1", "Someone"),)}
    stored = json.loads(
        json.dumps({path: [to_json(one) for one in values] for path, values in answers.items()})
    )
    read_again = {path: tuple(from_json(one) for one in values) for path, values in stored.items()}
    assert read_again == answers
    kinds = [type(value) for values in read_again.values() for value in values]
    assert kinds == [type(value) for values in answers.values() for value in values]


@pytest.mark.parametrize(
    "stored",
    [None, 5, {}, {"boolean": 1}, {"integer": True}, {"integer": "1"}, {"decimal": "NaN"},
     {"decimal": 1.5}, {"date": "yesterday"}, {"coding": {}}, {"quantity": {"value": "x"}},
     {"colour": "red"}, {"string": "a", "integer": 1}],
)  # fmt: skip
def test_a_stored_value_that_cannot_be_read_is_refused(stored: object) -> None:
    with pytest.raises(ValueRefused):
        from_json(stored)


def _form() -> Any:
    items = [
        question("q", "decimal"),
        question("g", "group", repeats=True, item=[question("x", "boolean")]),
        question("c", "choice", answerOption=[weighed("a", 1)]),
        question("t", "integer", extension=[calculated("answers().count()")]),
        question("r", "string", repeats=True, item=[question("y")]),
    ]
    return read(form_of(item=items, _title=translated(cy="Bach")))[0]


def test_a_response_says_what_it_answers_in_which_words_and_when() -> None:
    made = response_of(
        _form(),
        {"q": (Decimal("2.50"),)},
        response_id="r1",
        subject="Patient/1",
        authored=datetime(2026, 11, 21, 9, tzinfo=UTC),
    )
    assert made == {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "id": "r1",
        "language": "en",
        "questionnaire": "http://example.org/Questionnaire/small|1",
        "subject": {"reference": "Patient/1"},
        "authored": "2026-11-21T09:00:00+00:00",
        "item": [
            {"linkId": "q", "text": "Text of q", "answer": [{"valueDecimal": 2.5}]},
            {"linkId": "g", "text": "Text of g"},
            {"linkId": "t", "text": "Text of t", "answer": [{"valueInteger": 1}]},
        ],
    }


def test_values_that_were_worked_out_are_not_read_back() -> None:
    form = _form()
    sent = response_of(form, {"q": (Decimal(1),)})
    assert "t" not in answers_from(form, sent)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("many", "something else"),
        (["q"], "something else"),
        ([{"linkId": "nobody"}], "not an item"),
        ([{"text": "no link id"}], "not an item"),
        ([{"linkId": "x"}], "this place"),
        ([{"linkId": "q"}, {"linkId": "q"}], "too often"),
        ([{"linkId": "g"}] * 101, "too often"),
        ([{"linkId": "q", "answer": [{"valueString": "five"}]}], "not of type decimal"),
        ([{"linkId": "q", "answer": [{"valueDecimal": 1}, {"valueDecimal": 2}]}], "one answer"),
        ([{"linkId": "q", "answer": {"valueDecimal": 1}}], "something else"),
        ([{"linkId": "c", "answer": [{"valueQuantity": {"value": 1}}]}], "not of type choice"),
    ],
)  # fmt: skip
def test_a_response_that_does_not_fit_its_form_is_refused(items: Any, said: str) -> None:
    with pytest.raises(ResponseRefused, match=said):
        answers_from(_form(), {"resourceType": "QuestionnaireResponse", "item": items})


def test_another_resource_is_no_response() -> None:
    with pytest.raises(ResponseRefused, match="not a QuestionnaireResponse"):
        answers_from(_form(), {"resourceType": "Patient"})
