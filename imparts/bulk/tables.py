"""Tables: CSV and Parquet files, scored some hundred thousand rows at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BufferedIOBase
from pathlib import Path
from threading import Event
from typing import BinaryIO

import polars as pl
from polars.exceptions import PanicException, PolarsError
from polars.io.plugins import register_io_source

from imparts.bulk.blocks import Blocks
from imparts.bulk.columns import check_columns
from imparts.bulk.csv_reader import read_header, read_tables
from imparts.bulk.frames import FrameScorer
from imparts.bulk.refused import FileRefused
from imparts.bulk.watching import Watcher

ROWS = 131_072  # of a Parquet file at a time


def score_csv(source: BufferedIOBase, out: BinaryIO, scorer: FrameScorer, watcher: Watcher) -> None:
    """Score a CSV file into a CSV file."""
    blocks = Blocks(source)
    names = read_header(blocks)
    columns = pl.Schema(dict.fromkeys(names, pl.String()))
    pl.DataFrame(schema=scorer.schema(columns)).write_csv(out)
    for table in read_tables(blocks, names):
        scorer.score(table.frame, table.unread).write_csv(out, include_header=False)
        out.flush()
        watcher.advance(table.frame.height, read=blocks.bytes)


def score_parquet(path: Path, out: BinaryIO, scorer: FrameScorer, watcher: Watcher) -> None:
    """Score a Parquet file into a Parquet file."""
    try:
        forms = pl.scan_parquet(path, glob=False)
        columns = forms.collect_schema()
        rows = int(forms.select(pl.len()).collect().item())
    except PolarsError as problem:
        raise FileRefused(f"This is not a Parquet file: {_first_line(problem)}.") from None
    check_columns(columns.names())
    watcher.begin(rows=rows)

    stopped = Event()

    def results(*_: object) -> Iterator[pl.DataFrame]:
        for batch in _batches(forms, rows):
            if stopped.is_set():
                return
            yield scorer.score(batch)
            watcher.advance(batch.height)

    source = register_io_source(results, schema=scorer.schema(columns))
    # On a thread of its own, so that this one hears at once when it is told to stop.
    with ThreadPoolExecutor(1) as writer:
        try:
            writer.submit(source.sink_parquet, out).result()
        finally:
            stopped.set()


def _batches(forms: pl.LazyFrame, expected: int) -> Iterator[pl.DataFrame]:
    """Some rows at a time, so that not even a file's row groups need to fit in memory."""
    for done in range(0, expected, ROWS):
        try:
            batch = forms.slice(done, ROWS).collect()
        except PolarsError as problem:
            raise _damaged(done, expected, f": {_first_line(problem)}") from None
        except PanicException:  # the library's own way to say that the bytes make no sense
            raise _damaged(done, expected, "") from None
        if batch.height != min(ROWS, expected - done):
            raise _damaged(done, expected, "")
        yield batch


def _damaged(done: int, expected: int, why: str) -> FileRefused:
    return FileRefused(
        f"The Parquet file is damaged: {done} of {expected} rows could be read{why}. "
        "Write or copy it again."
    )


def _first_line(problem: BaseException) -> str:
    return str(problem).partition("\n")[0].rstrip(".")[:200]
