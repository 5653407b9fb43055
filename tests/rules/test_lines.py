"""Bulk scoring: always one line out for one line in, and a sentence for what cannot be scored."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.scoring.lines import LineScorer
from tests.rules.reference_instruments import every, reference, shipped, with_cases

ALL = {name: every()[name] for name in with_cases()}


def scored(line: str) -> dict[str, Any]:
    scorer = LineScorer(shipped())
    out = scorer.score(line, number=5)
    assert "\n" not in out
    found: dict[str, Any] = json.loads(out)
    assert scorer.refused == ("error" in found)
    return found


def asked(**changes: Any) -> str:
    line = {"id": "a1", "instrument": "phq9", "answers": {f"q{n}": 1 for n in range(1, 10)}}
    return json.dumps({**line, **changes})


def test_a_line_comes_out_as_promised() -> None:
    assert scored(asked()) == {
        "id": "a1",
        "instrument": "phq9",
        "status": "complete",
        "score": 9,
        "band": "mild",
        "lower": 9,
        "upper": 9,
        "flags": ["phq9_item9_positive"],
    }


def test_whole_methods_give_whole_numbers_and_means_give_decimals() -> None:
    line = asked(instrument="peg", answers={"q1": 4, "q2": 4, "q3": 4})
    assert '"score": 4.0' in LineScorer(shipped()).score(line)
    assert '"score": 9,' in LineScorer(shipped()).score(asked())


def test_a_context_that_the_instrument_does_not_know_changes_nothing() -> None:
    assert scored(asked(context={"periods_not_applicable": True}))["score"] == 9
    assert scored(asked(context=None))["score"] == 9


def test_an_id_may_be_a_whole_number_and_comes_back_as_it_was() -> None:
    assert scored(asked(id=17))["id"] == 17
    assert scored(asked(id="Zoë \ud83d"))["id"] == "Zoë \ud83d"
    assert scored(asked(id='x", "error": "y'))["score"] == 9


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answers": {"q3": 7}}, "q3 is 7; phq9 answers run from 0 to 3"),
        ({"answers": {"q3": True}}, "q3 is true; phq9 answers are whole numbers"),
        ({"answers": {"q3": "2"}}, 'q3 is "2"; phq9 answers are whole numbers'),
        ({"answers": {"q3": 1.5}}, "q3 is 1.5; phq9 answers are whole numbers"),
        ({"answers": {"q3": [2]}}, "q3 is a list; phq9 answers are whole numbers"),
        ({"answers": {"q3": 10**30}}, "q3 is a very large number; phq9 answers run from 0 to 3"),
        ({"answers": [1, 2]}, 'answers must be an object such as {"q1": 2, "q2": null}'),
        ({"instrument": 9}, "instrument must be the id of an instrument, such as phq9"),
        ({"context": {"periods_not_applicable": "yes"}}, "context periods_not_applicable must be"),
        ({"context": []}, "context must be an object"),
    ],
)
def test_what_cannot_be_scored_is_said_with_its_id(changes: dict[str, Any], sentence: str) -> None:
    found = scored(asked(**changes))
    assert found["id"] == "a1"
    assert found["error"].startswith(sentence)
    assert set(found) == {"id", "error"}


def test_an_unknown_item_and_an_unknown_instrument_name_what_is_known() -> None:
    assert (
        "q10 is not an item of phq9; its items are q1, q2"
        in scored(asked(answers={"q10": 1}))["error"]
    )
    error = scored(asked(instrument="phq10"))["error"]
    assert error.startswith(
        "phq10 is not an instrument that is known here; known are audit, auditc"
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "line 5 is empty"),
        ("   ", "line 5 is empty"),
        ("{", "line 5 is not JSON: "),
        ("[1]", "line 5 is not a JSON object"),
        ("null", "line 5 is not a JSON object"),
        ('{"id": "a", "id": "b"}', "line 5: the key id stands there twice"),
        ('{"id": "a1", "answers": {"q1": 1, "q1": 2}}', "line 5: the key q1 stands there twice"),
        ('{"id": "a1", "answers": {"q1": NaN}}', "line 5: NaN is not a number"),
        ('{"id": "a1", "answers": {"q1": -Infinity}}', "line 5: -Infinity is not a number"),
        ("[" * 100_000, "line 5 is not JSON"),
        ('{"id": "a1", "answers": {"q1": ' + "9" * 5000 + "}}", "line 5 is not JSON"),
        ('{"instrument": "phq9", "answers": {}}', "id is missing"),
        ('{"id": null, "instrument": "phq9", "answers": {}}', "id must be text"),
        ('{"id": true, "instrument": "phq9", "answers": {}}', "id must be text"),
    ],
)
def test_a_line_that_cannot_be_read_has_no_id(line: str, sentence: str) -> None:
    found = scored(line)
    assert found["id"] is None
    assert found["error"].startswith(sentence)


def test_a_number_written_with_a_point_is_the_same_number() -> None:
    assert scored('{"id": "a", "instrument": "pain_nrs", "answers": {"q1": 7.0}}')["score"] == 7
    assert (
        "whole numbers"
        in scored('{"id": "a", "instrument": "hsi", "answers": {"q1": 1e400}}')["error"]
    )


def test_order_is_kept_and_every_line_is_answered() -> None:
    lines = [asked(id="1"), "rubbish", asked(id="3", answers={"q1": 9}), asked(id="4")]
    scorer = LineScorer(shipped())
    found = [json.loads(scorer.score(line, number=n)) for n, line in enumerate(lines, start=1)]
    assert [one["id"] for one in found] == ["1", None, "3", "4"]
    assert ["error" in one for one in found] == [False, True, True, False]
    assert found[1]["error"].startswith("line 2 is not JSON")


def test_every_worked_case_also_comes_out_of_a_line() -> None:
    for name in with_cases():
        for case in reference()[name]["worked_cases"]:
            line = {"id": 1, "instrument": name, "answers": case["answers"]}
            found = json.loads(LineScorer(ALL).score(json.dumps({**line, **_context(case)})))
            assert {key: found[key] for key in case["expect"]} == case["expect"]


def test_free_text_is_taken_and_no_part_of_a_score() -> None:
    line = json.dumps({"id": 1, "instrument": "fft", "answers": {"q1": 1, "why": "Kind staff"}})
    assert json.loads(LineScorer(ALL).score(line))["band"] == "positive"
    wrong = json.dumps({"id": 1, "instrument": "fft", "answers": {"q1": 1, "why": 3}})
    assert (
        json.loads(LineScorer(ALL).score(wrong))["error"] == "why is 3; this answer of fft is text"
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        json_values.map(json.dumps),
        st.fixed_dictionaries(
            {"id": json_values, "instrument": st.sampled_from([*ALL, "x"]), "answers": json_values},
            optional={"context": json_values},
        ).map(json.dumps),
    )
)
def test_anything_at_all_gives_one_line_of_json(line: str) -> None:
    out = LineScorer(ALL).score(line)
    assert "\n" not in out
    assert "id" in json.loads(out)


def _context(case: dict[str, Any]) -> dict[str, Any]:
    return {"context": case["context"]} if "context" in case else {}
