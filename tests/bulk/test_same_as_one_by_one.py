"""Bulk scoring says what the obvious scorer says: every instrument, any answers, every format."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.instruments.definition import Instrument
from tests.bulk.through_files import Form, by_csv, by_lines, by_parquet, oracle
from tests.rules.random_forms import answers_to, contexts_of, every_instrument, invented
from tests.rules.reference_instruments import every, reference, with_cases

ALL = every_instrument()
FORMATS: dict[str, Callable[..., list[Form]]] = {
    "jsonl": by_lines,
    "csv": by_csv,
    "parquet": by_parquet,
}


def through(kind: str, forms: list[Form], instruments: dict[str, Instrument]) -> list[Form]:
    with TemporaryDirectory() as folder:
        return FORMATS[kind](forms, Path(folder), instruments)


def some_forms(data: st.DataObject, instrument: Instrument, *, wrong: bool) -> list[Form]:
    form = st.fixed_dictionaries(
        {
            "id": st.text("abc1", min_size=1, max_size=3),
            "instrument": st.just(instrument.id),
            "answers": answers_to(instrument, wrong=wrong),
            "context": contexts_of(instrument),
        }
    )
    found: list[Form] = data.draw(st.lists(form, min_size=1, max_size=12))
    return found


def as_rows(forms: list[Form]) -> list[Form]:
    """The forms as rows say them: in the order of the columns, and an empty cell is left out."""
    columns = dict.fromkeys(name for form in forms for name in form["answers"])
    answers = [{n: form["answers"].get(n) for n in columns} for form in forms]
    given = [{n: v for n, v in one.items() if v is not None} for one in answers]
    return [{**form, "answers": one} for form, one in zip(forms, given, strict=True)]


@pytest.mark.parametrize("name", sorted(ALL))
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_forms_of_every_instrument(name: str, data: st.DataObject) -> None:
    instrument = ALL[name]
    known = {instrument.id: instrument}
    forms = some_forms(data, instrument, wrong=True)
    assert through("jsonl", forms, known) == [oracle(form, known) for form in forms]
    cells = [form for form in forms if can_be_cells(form)]
    assert through("csv", cells, known) == [oracle(form, known) for form in as_rows(cells)]
    right = [form for form in forms if can_be_typed(form)]
    assert through("parquet", right, known) == [oracle(form, known) for form in as_rows(right)]


def can_be_cells(form: Form) -> bool:
    """Lists and objects have no cell, and text that looks like a number is one in a cell."""
    return not any(value in ("", "2") or isinstance(value, list | dict)
                   for value in form["answers"].values())  # fmt: skip


def can_be_typed(form: Form) -> bool:
    """Whether every answer is one that a column of whole numbers can hold."""
    given = [value for value in form["answers"].values() if value is not None]
    return all(type(value) is int and abs(value) < 2**63 for value in given)


WRONG: list[list[Any]] = [
    [1, 7, None, -1, 10**15],
    [1.0, 2.5, float("inf"), None, 3.0],
    [True, False, None],
    ["2", "2x", "", None],
    [[1], [], None],
    [{"a": 1}, None],
    [None, None],
]


@pytest.mark.parametrize("values", WRONG, ids=lambda values: type(values[0]).__name__)
@pytest.mark.parametrize("name", ["phq9", "auditc", "fft"])
def test_parquet_of_columns_with_wrong_values(name: str, values: list[Any]) -> None:
    instrument = ALL[name]
    known = {instrument.id: instrument}
    for column in ("q1", "q2", "q99"):
        forms = [
            {"id": f"a{n}", "instrument": instrument.id, "answers": {"q3": 1, column: value}}
            for n, value in enumerate(values)
        ]
        expected = [oracle(form, known) for form in as_rows(forms)]
        assert through("parquet", forms, known) == expected


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_instruments_that_nobody_published(kind: str, data: st.DataObject) -> None:
    instrument = data.draw(invented())
    forms = some_forms(data, instrument, wrong=False)
    known = {instrument.id: instrument}
    assert through(kind, forms, known) == [oracle(form, known) for form in forms]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_worked_case_in_one_file(kind: str) -> None:
    known = {name: every()[name] for name in with_cases()}
    cases = [(name, case) for name in with_cases() for case in reference()[name]["worked_cases"]]
    forms = [
        {"id": f"{name} {n}", "instrument": name, "answers": case["answers"]}
        | ({"context": case["context"]} if case.get("context") else {})
        for n, (name, case) in enumerate(cases)
    ]
    found = through(kind, forms, known)
    assert [one["id"] for one in found] == [form["id"] for form in forms]
    for one, (_, case) in zip(found, cases, strict=True):
        assert {key: one[key] for key in case["expect"]} == case["expect"]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_wrong_band_would_be_noticed(kind: str) -> None:
    right = every()["gad7"]
    moved = replace(right.bands[0], highest=right.bands[0].highest - 1)
    wrong = replace(right, bands=(moved, *right.bands[1:]))
    forms = [
        {"id": str(total), "instrument": "gad7", "answers": spread(total)} for total in range(22)
    ]
    expected = [oracle(form, {"gad7": right}) for form in forms]
    assert through(kind, forms, {"gad7": right}) == expected
    assert through(kind, forms, {"gad7": wrong}) != expected


def spread(total: int) -> dict[str, int]:
    """Seven answers from 0 to 3 that add up to a total."""
    return {f"q{n}": min(3, max(0, total - 3 * (n - 1))) for n in range(1, 8)}
