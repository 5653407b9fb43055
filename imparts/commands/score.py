"""`imparts score`: scores answers in bulk, with no framework and no database."""

import argparse
import signal
import sys
from pathlib import Path

from tqdm import tqdm

from imparts.bulk.files import FORMATS, format_of, score_file
from imparts.bulk.refused import FileRefused
from imparts.bulk.whole_files import STANDARD
from imparts.commands.exit_codes import DONE, SOME_REFUSED, CannotGoOn, UsedWrongly
from imparts.commands.shipped import shipped_instruments

MORE = """
In JSON lines each line is {"id": "a1", "instrument": "phq9", "answers": {"q1": 2, "q2": null}}, and
may hold "context": {"periods_not_applicable": true}. One line comes out for each line in.

In CSV (UTF-8, commas) and Parquet the columns are id, instrument, then the items by their ids, and
context.periods_not_applicable where it is needed. An empty cell was not answered. One file may hold
several instruments; cells of other instruments' items stay empty. The results have the columns
  id, instrument, status, score, band, lower, upper, flags, subscales, profile, error
where subscales is JSON as in JSON lines, and flags is a list in Parquet, words with a space between
them in CSV. A row that is refused has an error and no score.

The file that --out names is written when everything is done; until then it is .NAME.PID.part beside
it, and is removed when you stop. The exit code is 1 when any row was refused.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to read and where to write."""
    parser.epilog = f"{parser.epilog or ''}\n{MORE}"
    parser.add_argument("file", nargs="?", help="file of answers; - or none: what is piped in")
    parser.add_argument(
        "--format", choices=FORMATS, help="format of both (what the file's name says; piped: jsonl)"
    )
    parser.add_argument("--out", help="file to write the scores to (standard output)")


def run(options: argparse.Namespace) -> int:
    """One line out for each line in; 1 when any was refused."""
    source, target = _source(options.file), options.out or STANDARD
    kind = options.format or _kind_of(source)
    _check(source, target, kind)
    # polars lets a read go on after Ctrl-C; who waits for a pipe is to be stopped at once.
    signal.siginterrupt(signal.SIGINT, True)
    bar = _Bar(shown=sys.stderr.isatty() and not (target == STANDARD and sys.stdout.isatty()))
    try:
        refused = score_file(
            source, target, kind=kind, instruments=shipped_instruments(), watcher=bar
        )
    except FileRefused as problem:
        raise UsedWrongly(f"{_named(source)}: {problem} Nothing was written.") from None
    except KeyboardInterrupt:
        bar.close()
        sys.stderr.write(_stopped(target))
        raise
    except OSError as problem:
        raise _not_written(target, problem) from problem
    finally:
        bar.close()
    if refused:
        how_many = "1 line was" if refused == 1 else f"{refused} lines were"
        sys.stderr.write(f"{how_many} refused; each says why. The rest is done.\n")
    return SOME_REFUSED if refused else DONE


def _source(file: str | None) -> str:
    """A terminal that waits without a word looks like a program that hangs."""
    if file is None and sys.stdin.isatty():
        raise UsedWrongly(
            "Name a file of answers, such as `imparts score answers.csv`, or pipe answers in. "
            "`imparts score --help` says how they look. To type them here: imparts score -"
        )
    return file or STANDARD


def _kind_of(source: str) -> str:
    """What the name says. Nothing is guessed: a CSV file read as lines is only a heap of errors."""
    if source == STANDARD:
        return "jsonl"
    _check_readable(source)
    kind = format_of(source)
    if kind is None:
        raise UsedWrongly(
            f"{source} does not say by its name what format it has (.jsonl, .csv or .parquet). "
            f"Say it with --format {'|'.join(FORMATS)}."
        )
    return kind


def _check(source: str, target: str, kind: str) -> None:
    """Refuse what cannot be meant, before anything is read."""
    if source != STANDARD:
        _check_readable(source)
    if target == STANDARD:
        if kind == "parquet" and sys.stdout.isatty():
            raise UsedWrongly("A terminal cannot show Parquet. Name a file with --out.")
        return
    if source != STANDARD and Path(target).resolve() == Path(source).resolve():
        raise UsedWrongly("--out names the input file. Name another file.")
    if format_of(target) not in (None, kind):
        raise UsedWrongly(f"The scores are written as {kind}, as the answers are; {target} is not.")
    folder = Path(target).resolve().parent
    if not folder.is_dir():
        raise UsedWrongly(f"{target} cannot be opened: there is no folder {folder}.")


def _check_readable(source: str) -> None:
    try:
        Path(source).open("rb").close()
    except OSError as error:
        raise UsedWrongly(f"{source} cannot be opened: {error.strerror}.") from error


def _named(source: str) -> str:
    return "The input" if source == STANDARD else source


def _not_written(target: str, problem: OSError) -> Exception:
    """polars passes on what the system said as a text without a number."""
    if isinstance(problem, BrokenPipeError) or "Broken pipe" in str(problem):
        return BrokenPipeError()  # whoever read the scores has enough
    where = "The standard output" if target == STANDARD else target
    return CannotGoOn(f"{where} cannot be written: {problem.strerror or problem}.")


def _stopped(target: str) -> str:
    if target == STANDARD:
        return "Stopped before the end: some lines are out already, the rest is not.\n"
    return f"Stopped before the end: {target} was not written.\n"


class _Bar:
    """Rows done and rows a second, on a terminal."""

    def __init__(self, *, shown: bool) -> None:
        self._bar = tqdm(disable=not shown, file=sys.stderr, unit=" rows", unit_scale=True)
        self._size: int | None = None

    def begin(self, *, rows: int | None = None, size: int | None = None) -> None:
        """How much there is to do; from a size in bytes the rows are guessed as it goes on."""
        self._bar.total, self._size = rows, size

    def advance(self, rows: int, *, read: int | None = None) -> None:
        """Some rows more are done."""
        if self._size and read:
            self._bar.total = round((self._bar.n + rows) * max(self._size / read, 1))
        self._bar.update(rows)

    def close(self) -> None:
        """Leave the last state on its line."""
        self._bar.close()
