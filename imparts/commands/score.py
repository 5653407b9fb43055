"""`imparts score`: scores answers in bulk, line by line, with no framework and no database."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.commands.shipped import shipped_instruments
from imparts.rules.scoring.lines import LineScorer


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to read and where to write."""
    parser.add_argument("file", nargs="?", default="-", help="file of answers, or - for input (-)")
    parser.add_argument("--format", choices=["jsonl"], default="jsonl", help="JSON lines (jsonl)")
    parser.add_argument("--out", default="-", help="file to write the scores to (output)")


def run(options: argparse.Namespace) -> int:
    """One line out for each line in; 1 when any was refused."""
    scorer = LineScorer(shipped_instruments())
    with ExitStack() as opened:
        lines = _open(opened, options.file, "rb", sys.stdin.buffer)
        if options.out not in ("-", "") and options.out == options.file:
            raise UsedWrongly("--out names the input file. Name another file.")
        out = _open(opened, options.out, "wb", sys.stdout.buffer)
        try:
            return _score(lines, out, scorer)
        except BrokenPipeError:  # whoever read the scores has enough
            sys.stderr.close()
            return DONE


def _score(lines: Iterable[bytes], out: BinaryIO, scorer: LineScorer) -> int:
    for scored in _scored(lines, scorer):
        out.write(scored.encode() + b"\n")
    out.flush()
    if scorer.refused:
        sys.stderr.write(f"{scorer.refused} lines were refused; each says why. The rest is done.\n")
    return SOME_REFUSED if scorer.refused else DONE


def _scored(lines: Iterable[bytes], scorer: LineScorer) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield scorer.refusal(None, f"line {number} is not UTF-8 text")
        else:
            yield scorer.score(text, number=number)


def _open(opened: ExitStack, name: str, mode: str, standard: BinaryIO) -> BinaryIO:
    if name in ("-", ""):
        return standard
    try:
        return cast(BinaryIO, opened.enter_context(Path(name).open(mode)))
    except OSError as error:
        raise UsedWrongly(f"{name} cannot be opened: {error.strerror}.") from error
