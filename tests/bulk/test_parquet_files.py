"""Parquet: columns of every type, files that are none, and files that break off."""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from imparts.bulk import tables
from imparts.bulk.files import score_file
from imparts.bulk.frames import score_frame
from imparts.bulk.refused import FileRefused
from imparts.bulk.watching import Nobody
from tests.rules.reference_instruments import every


def scored(given: pl.DataFrame | bytes, tmp_path: Path) -> pl.DataFrame:
    source, target = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    if isinstance(given, bytes):
        source.write_bytes(given)
    else:
        given.write_parquet(source)
    score_file(str(source), str(target), kind="parquet", instruments=every(), watcher=Nobody())
    return pl.read_parquet(target)


def phq2(**columns: list[Any]) -> pl.DataFrame:
    rows = len(next(iter(columns.values())))
    known = {"id": [f"a{n}" for n in range(rows)], "instrument": ["phq2"] * rows}
    return pl.DataFrame({**known, "q1": [1] * rows, **columns}, strict=False)


def errors(given: pl.DataFrame, tmp_path: Path) -> list[str | None]:
    return scored(given, tmp_path)["error"].to_list()


def test_the_columns_are_as_promised(tmp_path: Path) -> None:
    assert scored(phq2(q2=[1, None]), tmp_path).schema == {
        "id": pl.String,
        "instrument": pl.String,
        "status": pl.String,
        "score": pl.Float64,
        "band": pl.String,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "flags": pl.List(pl.String),
        "subscales": pl.String,
        "profile": pl.String,
        "error": pl.String,
    }


def test_subscales_are_json_and_flags_a_list(tmp_path: Path) -> None:
    items = {f"q{n}": [3] for n in range(1, 5)}
    row = scored(phq2(**items, instrument=["phq4"]), tmp_path).row(0, named=True)
    assert row["flags"] == ["phq4_anxiety_positive", "phq4_depression_positive"]
    assert json.loads(row["subscales"])["anxiety"]["score"] == 6


@pytest.mark.parametrize(
    "kind", [pl.UInt8, pl.Int8, pl.Int64, pl.UInt64, pl.Float32, pl.Float64, pl.Int128]
)
def test_numbers_of_any_width_are_numbers(kind: Any, tmp_path: Path) -> None:
    given = phq2(q2=[0, 3, None]).with_columns(pl.col("q2").cast(kind))
    assert scored(given, tmp_path)["score"].to_list() == [1, 4, None]


def test_numbers_that_no_answer_is_so_large_as_are_refused(tmp_path: Path) -> None:
    given = phq2(q2=pl.Series([2**64 - 1, 2**63, 3], dtype=pl.UInt64))
    assert errors(given, tmp_path) == [
        "q2 is a very large number; phq2 answers run from 0 to 3",
        "q2 is a very large number; phq2 answers run from 0 to 3",
        None,
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([2.5], "q2 is 2.5; phq2 answers are whole numbers"),
        ([float("nan")], "NaN is not a number; an answer that was not given is null"),
        ([float("inf")], "q2 is inf; phq2 answers are whole numbers"),
        (["2"], 'q2 is "2"; phq2 answers are whole numbers'),
        ([True], "q2 is true; phq2 answers are whole numbers"),
        ([[1]], "q2 is a list; phq2 answers are whole numbers"),
        ([{"a": 1}], "q2 is an object; phq2 answers are whole numbers"),
        ([b"2"], "q2 is \"b'2'\"; phq2 answers are whole numbers"),
        ([Decimal("2.5")], 'q2 is "2.5"; phq2 answers are whole numbers'),
    ],
)
def test_a_column_of_another_type_is_refused_row_by_row(
    values: list[Any], sentence: str, tmp_path: Path
) -> None:
    assert errors(phq2(q2=[*values, None]), tmp_path) == [sentence, None]


def test_categories_are_read_as_the_texts_that_they_are(tmp_path: Path) -> None:
    given = phq2(q2=[1, 1]).cast({"instrument": pl.Categorical, "id": pl.Categorical})
    assert scored(given, tmp_path)["score"].to_list() == [2, 2]


@pytest.mark.parametrize(
    ("ids", "told"),
    [([7, None], [None, "id must be text or a whole number"]), ([1.5, 2.0], 2 * ["id must be"])],
)
def test_an_id_is_a_text_or_a_whole_number(
    ids: list[Any], told: list[str | None], tmp_path: Path
) -> None:
    found = scored(phq2(q2=[1, 1], id=ids), tmp_path)
    for error, start in zip(found["error"], told, strict=True):
        assert (error or "").startswith(start or "") and (error is None) == (start is None)
    assert found["id"][0] == (7 if ids[0] == 7 else None)


def test_a_column_of_another_instrument_is_refused_where_it_says_something(tmp_path: Path) -> None:
    first, second = errors(phq2(q2=[1, 1], age=[50, None]), tmp_path)
    assert first == "age is not an item of phq2; its items are q1, q2"
    assert second is None


def test_facts_about_the_person_are_true_false_or_nothing(tmp_path: Path) -> None:
    items = {f"q{n}": [1, 1, 1] for n in range(1, 16) if n != 4}
    given = phq2(instrument=["phq15"] * 3, **items)
    so = given.with_columns(pl.Series("context.periods_not_applicable", [True, False, None]))
    assert scored(so, tmp_path)["score"].to_list() == [14, 15, 15]
    not_so = so.with_columns(pl.col("context.periods_not_applicable").cast(pl.Int8))
    said = "context periods_not_applicable must be true or false"
    assert errors(not_so, tmp_path) == [said, said, None]


def test_a_column_that_only_says_nothing_is_no_obstacle(tmp_path: Path) -> None:
    given = phq2(q2=[None], q9=[None], **{"context.left_handed": [None]})
    assert scored(given, tmp_path)["status"].to_list() == ["incomplete"]


def test_many_instruments_stay_in_their_order(tmp_path: Path) -> None:
    names = ["phq2", "gad2", "nothing", None, "promis29", "phq2"] * 50
    found = scored(phq2(q2=list(range(4)) * 75, instrument=names), tmp_path)
    assert found["id"].to_list() == [f"a{n}" for n in range(300)]
    assert found["instrument"].to_list() == names
    assert [error is None for error in found["error"]] == [n in ("phq2", "gad2") for n in names]


def test_every_batch_is_scored_and_in_order(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tables, "ROWS", 7)
    found = scored(phq2(q2=[n % 4 for n in range(100)]), tmp_path)
    assert found["score"].to_list() == [1 + n % 4 for n in range(100)]


def test_an_empty_table_gives_an_empty_table(tmp_path: Path) -> None:
    assert scored(phq2(q2=[1]).clear(), tmp_path).height == 0
    assert score_frame(phq2(q2=[1]).clear(), every()).height == 0


@pytest.mark.parametrize("given", [b"", b"id,instrument,q1\n", b"PAR1" + b"\0" * 50 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_refused_whole(given: bytes, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="This is not a Parquet file"):
        scored(given, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["given.parquet"]


def test_a_file_without_ids_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no column id"):
        scored(phq2(q2=[1]).drop("id"), tmp_path)


@pytest.mark.parametrize("harm", ["overwritten", "cut out"])
def test_a_damaged_file_is_never_taken_for_a_shorter_one(
    harm: str, tmp_path: Path, capfd: Any
) -> None:
    made = BytesIO()
    ids = [f"a{n * 7919}" for n in range(50_000)]
    phq2(id=ids, q2=[n % 4 for n in range(50_000)]).write_parquet(made, row_group_size=10_000)
    whole = made.getvalue()
    middle = len(whole) // 2
    replaced = b"\x55" * 400 if harm == "overwritten" else b""
    with pytest.raises(FileRefused, match="damaged: 0 of 50000 rows could be read"):
        scored(whole[:middle] + replaced + whole[middle + 400 :], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["given.parquet"]
    capfd.readouterr()  # the library's own words about it
