"""Files: answers in, scores out in the same format, one line or row out for each one in."""

from collections.abc import Mapping

from imparts.bulk import whole_files
from imparts.bulk.frames import FrameScorer
from imparts.bulk.line_files import score_lines
from imparts.bulk.tables import score_csv, score_parquet
from imparts.bulk.watching import Watcher
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.lines import LineScorer

FORMATS = ("jsonl", "csv", "parquet")
ENDINGS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip

Instruments = Mapping[str, Instrument]


def format_of(name: str) -> str | None:
    """What a file's name says of its format."""
    return next((kind for end, kind in ENDINGS.items() if name.lower().endswith(end)), None)


def score_file(
    source: str, target: str, *, kind: str, instruments: Instruments, watcher: Watcher
) -> int:
    """Score a whole file; gives how many rows were refused. Raises FileRefused and OSError."""
    if kind == "parquet":
        return _parquet(source, target, FrameScorer(instruments), watcher)
    watcher.begin(size=whole_files.size(source))
    with whole_files.read(source) as given, whole_files.written(target) as out:
        if kind == "csv":
            tables = FrameScorer(instruments, cells=True)
            score_csv(given, out, tables, watcher)
            return tables.refused
        lines = LineScorer(instruments)
        score_lines(given, out, lines, watcher)
        return lines.refused


def _parquet(source: str, target: str, scorer: FrameScorer, watcher: Watcher) -> int:
    with whole_files.on_disk(source) as path, whole_files.written_at_once(target) as out:
        score_parquet(path, out, scorer, watcher)
    return scorer.refused
