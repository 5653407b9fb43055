"""Line files: JSON lines, scored one by one; each line in is one line out."""

from io import BufferedIOBase
from typing import BinaryIO

from imparts.bulk.blocks import BLOCK, Blocks
from imparts.bulk.watching import Watcher
from imparts.rules.scoring.lines import LineScorer


def score_lines(
    source: BufferedIOBase, out: BinaryIO, scorer: LineScorer, watcher: Watcher
) -> None:
    """Score every line of a file."""
    blocks = Blocks(source)
    done = 0
    for block in blocks:
        if block is None:
            scored = [scorer.refusal(None, too_long(done + 1))]
        else:
            scored = _scored(block, scorer, first=done + 1)
        out.write("".join(f"{line}\n" for line in scored).encode())
        out.flush()
        watcher.advance(blocks.lines - done, read=blocks.bytes)
        done = blocks.lines


def too_long(number: int) -> str:
    """The sentence about a line that was not read."""
    return f"line {number} is longer than {BLOCK} bytes"


def not_text(number: int) -> str:
    """The sentence about bytes that are no text."""
    return f"line {number} is not UTF-8 text"


def _scored(block: bytes, scorer: LineScorer, *, first: int) -> list[str]:
    lines = block.removesuffix(b"\n").split(b"\n")
    return [_one(line, scorer, number) for number, line in enumerate(lines, start=first)]


def _one(line: bytes, scorer: LineScorer, number: int) -> str:
    try:
        text = line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        return scorer.refusal(None, not_text(number))
    return scorer.score(text, number=number)
