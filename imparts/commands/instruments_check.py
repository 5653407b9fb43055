"""`imparts instruments check`: read the files, work out their examples, say what is wrong."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from imparts.commands.exit_codes import DONE, SOME_REFUSED
from imparts.commands.shipped import instrument_files
from imparts.rules.content import LONGEST_FILE, ContentRefused
from imparts.rules.content_lines import line_of
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.examples import read_proven


def check(paths: Sequence[Path]) -> int:
    """Check some files or folders, or every shipped file; one line for each, then the counts."""
    good: dict[str, Instrument] = {}
    refused = 0
    for file in _files(paths):
        problem = _problem(file, good)
        refused += problem is not None
        sys.stdout.write(f"{problem or f'{file.name}: good'}\n")
    sys.stdout.write(f"{_counts(good, refused)}\n")
    return SOME_REFUSED if refused else DONE


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    if not paths:
        yield from instrument_files()
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.toml"))
        else:
            yield path


def _problem(file: Path, good: dict[str, Instrument]) -> str | None:
    """What is wrong with a file, with its line; None when it is good, and then it is counted."""
    try:
        text = text_of(file)
    except (OSError, ValueError) as problem:
        return f"{file}: {why_unreadable(problem)}"
    try:
        instrument = read_proven(text)
    except ContentRefused as refused:
        line = line_of(text, refused)
        return f"{file}{f':{line}' if line else ''}: {refused}"
    if instrument.id in good:
        return f"{file}: another file is {instrument.id} already; each id stands in one file"
    good[instrument.id] = instrument
    return None


def text_of(file: Path) -> str:
    """The text of a content file; raises OSError or ValueError when there is none to read."""
    if file.stat().st_size > 4 * LONGEST_FILE:  # no letter takes more than four bytes
        raise ValueError(f"it is longer than {LONGEST_FILE} characters")
    return file.read_text(encoding="utf-8")


def why_unreadable(problem: OSError | ValueError) -> str:
    """Why there is none, in words."""
    if isinstance(problem, UnicodeDecodeError):
        return "it is not text in UTF-8; save it as plain text"
    if isinstance(problem, OSError):
        return f"it cannot be read ({problem.strerror or problem})"
    return str(problem)


def _counts(good: dict[str, Instrument], refused: int) -> str:
    with_wording = sum(one.has_wording for one in good.values())
    structures = len(good) - with_wording
    said = f"{with_wording} with wording, {structures} structure{'' if structures == 1 else 's'}"
    return f"{said}: all good" if not refused else f"{said} good; {refused} refused"
