"""CSV: whatever is wrong with a row is said about that row, and the rest goes on."""

import csv
import io
from pathlib import Path

import pytest

from imparts.bulk import csv_reader
from imparts.bulk.blocks import Blocks
from imparts.bulk.files import score_file
from imparts.bulk.refused import FileRefused
from imparts.bulk.watching import Nobody
from tests.rules.reference_instruments import every

HEAD = "id,instrument,q1,q2\n"


def scored(given: bytes | str, tmp_path: Path) -> list[dict[str, str]]:
    source, target = tmp_path / "given.csv", tmp_path / "scores.csv"
    source.write_bytes(given if isinstance(given, bytes) else given.encode())
    refused = score_file(
        str(source), str(target), kind="csv", instruments=every(), watcher=Nobody()
    )
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    assert refused == sum(bool(row["error"]) for row in rows)
    return rows


def errors(rows: str | bytes, tmp_path: Path) -> list[str]:
    given = HEAD.encode() + (rows if isinstance(rows, bytes) else rows.encode())
    return [row["error"] for row in scored(given, tmp_path)]


def test_a_row_comes_out_as_promised(tmp_path: Path) -> None:
    given = "id,instrument,q1,q2,q3\na1,peg,4,5,7\na2,phq4,3,3,\n"
    first, second = scored(given, tmp_path)
    assert list(first) == [
        "id", "instrument", "status", "score", "band", "lower", "upper",
        "flags", "subscales", "profile", "error",
    ]  # fmt: skip
    assert (first["id"], first["score"], first["lower"]) == ("a1", "5.3", "5.3")
    assert (second["status"], second["score"], second["lower"]) == ("incomplete", "", "6")
    assert second["flags"] == "phq4_anxiety_positive"
    assert second["subscales"].startswith('{"anxiety": {"score": 6, "band": null')


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a1,phq2,1,7", "q2 is 7; phq2 answers run from 0 to 3"),
        ("a1,phq2,1,2.5", "q2 is 2.5; phq2 answers are whole numbers"),
        ("a1,phq2,1,2x", 'q2 is "2x"; phq2 answers are whole numbers'),
        ("a1,phq2,1,true", "q2 is true; phq2 answers are whole numbers"),
        ("a1,phq2,1,null", 'q2 is "null"; phq2 answers are whole numbers'),
        ("a1,phq2,1,NaN", 'q2 is "NaN"; phq2 answers are whole numbers'),
        ("a1,phq2,1,02", 'q2 is "02"; phq2 answers are whole numbers'),
        (f"a1,phq2,1,1{'0' * 30}", "q2 is a very large number; phq2 answers run from 0 to 3"),
        (f"a1,phq2,1,{'9' * 5000}", 'q2 is "999999999999999999999999999999…"'),
        ("a1,phq99,1,1", "phq99 is not an instrument that is known here; known are"),
        ("a1,,1,1", "instrument must be the id of an instrument, such as phq9"),
        (",phq2,1,1", "id is missing"),
        ("a1,phq2,1", "line 2 has 3 cells; the first line names 4"),
        ("a1,phq2,1,1,", "line 2 has 5 cells; the first line names 4"),
        ("", "line 2 is empty"),
        ('a1,phq2,1,"1', "line 2 is not CSV: a quotation mark is not closed, or not doubled"),
        ('a1,phq2,1,"1"1', "line 2 is not CSV: a quotation mark is not closed, or not doubled"),
        ("a1,pain_nrs,1,1", "q2 is not an item of pain_nrs; its items are q1"),
    ],
)
def test_a_wrong_row_gets_its_sentence_and_the_rest_goes_on(
    row: str, sentence: str, tmp_path: Path
) -> None:
    found = errors(f"{row}\na2,phq2,1,1\n", tmp_path)
    assert len(found) == 2
    assert found[0].startswith(sentence)
    assert found[1] == ""


def test_broken_utf_8_is_refused_on_its_own_line_only(tmp_path: Path) -> None:
    found = errors(b"a1,phq2,1,1\na\xff2,phq2,1,1\na3,phq2,1,1\n", tmp_path)
    assert found == ["", "line 3 is not UTF-8 text", ""]


def test_a_row_of_the_wrong_length_keeps_its_id_where_it_has_one(tmp_path: Path) -> None:
    given = f"{HEAD}a1,phq2,1\na2\n"
    assert [row["id"] for row in scored(given, tmp_path)] == ["a1", "a2"]


def test_a_mark_that_is_never_closed_costs_one_row_and_no_other(tmp_path: Path) -> None:
    rows = 'a1,phq2,1,"1\n' + "".join(f"b{n},phq2,1,1\n" for n in range(5000))
    found = errors(rows, tmp_path)
    assert len(found) == 5001
    assert [sentence for sentence in found if sentence] == [found[0]]


def test_marks_commas_and_line_ends_inside_cells_are_read(tmp_path: Path) -> None:
    given = 'id,instrument,q1,why\n"a ""1"", a",fft,1,"Kind,\nvery kind"\na2,fft,5,7\na3,fft,1,\n'
    rows = scored(given, tmp_path)
    assert [row["id"] for row in rows] == ['a "1", a', "a2", "a3"]
    assert [row["error"] for row in rows] == ["", "", ""]


def test_line_ends_of_windows_a_byte_order_mark_and_no_last_line_end(tmp_path: Path) -> None:
    given = b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode() + b"a1,phq2,1,1\r\na2,phq2,2,2"
    assert [(row["id"], row["score"]) for row in scored(given, tmp_path)] == [
        ("a1", "2"),
        ("a2", "4"),
    ]


def test_whole_numbers_written_with_a_point_are_whole_numbers(tmp_path: Path) -> None:
    assert [row["score"] for row in scored(f"{HEAD}a1,phq2,1.0,2\n", tmp_path)] == ["3"]


def test_ids_may_stand_twice_and_stay_as_they_are(tmp_path: Path) -> None:
    rows = scored(f"{HEAD}007,phq2,1,1\n007,phq2,2,1\n=1+1,phq2,1,1\n", tmp_path)
    assert [row["id"] for row in rows] == ["007", "007", "=1+1"]


@pytest.mark.parametrize("said", ["true", "True", "TRUE"])
def test_a_context_column_takes_an_item_away(said: str, tmp_path: Path) -> None:
    items = [f"q{n}" for n in range(1, 16)]
    names = ["id", "instrument", "context.periods_not_applicable", *items]
    rows = [["a1", "phq15", said, *"111x11111111111"], ["a2", "phq15", "", *"1" * 15]]
    rows[0][6] = ""
    given = "\n".join(",".join(row) for row in [names, *rows])
    first, second = scored(given, tmp_path)
    assert (first["status"], first["score"]) == ("complete", "14")
    assert second["score"] == "15"


def test_a_context_that_is_neither_true_nor_false_is_refused(tmp_path: Path) -> None:
    given = "id,instrument,q1,q2,context.left_handed\na1,phq2,1,1,yes\na2,phq2,1,1,false\n"
    assert [row["error"] for row in scored(given, tmp_path)] == [
        "context left_handed must be true or false",
        "",
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "The file is empty. Its first line must name the columns"),
        (b"\xff\xfei\x00d\x00,\x00", "The first line is not UTF-8 text"),
        (b"instrument,q1\n", "There is no column id. The columns are id, instrument"),
        (b"id,q1\n", "There is no column instrument."),
        (b"id;instrument;q1\n", "There is no column id. The columns are id, instrument, and"),
        (b"id,instrument,q1,q1\n", "The column q1 stands there twice"),
        (b",id,instrument,q1\n", "Column 1 has no name"),
        (b'id,"instrument,q1\n', "The first line is not CSV"),
    ],
)
def test_a_file_whose_columns_are_not_named_is_refused_whole(
    given: bytes, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused) as refused:
        scored(given, tmp_path)
    assert str(refused.value).startswith(sentence)
    assert not (tmp_path / "scores.csv").exists()


def test_a_file_without_rows_gives_a_file_without_rows(tmp_path: Path) -> None:
    assert scored(HEAD, tmp_path) == []


def test_both_ways_of_reading_a_block_read_the_same() -> None:
    names = HEAD.strip().split(",")
    rows = "".join(f"a{n},phq2,{n % 4},{n % 3 or ''}\n" for n in range(100)).encode()
    whole = csv_reader._whole(rows, names)
    one_by_one = csv_reader._Rows(Blocks(io.BytesIO(b"")), names, rows, 2).table()
    assert whole is not None
    assert whole.equals(one_by_one.frame)
    assert one_by_one.unread == {}


def test_blocks_end_between_rows_even_inside_marks(tmp_path: Path) -> None:
    rows = "".join(f'"a\n{n}",phq2,1,{n % 4}\nb{n},phq2,2,1\n' for n in range(200))
    given = io.BytesIO(HEAD.encode() + rows.encode())
    blocks = Blocks(given, block=64)
    names = csv_reader.read_header(blocks)
    tables = list(csv_reader.read_tables(blocks, names))
    assert len(tables) > 10
    found = [name for table in tables for name in table.frame["id"]]
    assert found == [name for n in range(200) for name in (f"a\n{n}", f"b{n}")]
    assert not any(table.unread for table in tables)
