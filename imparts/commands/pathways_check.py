"""`imparts pathways check`: read the files, say everything that is wrong, with the line."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from imparts.commands.exit_codes import DONE, SOME_REFUSED
from imparts.commands.instruments_check import text_of, why_unreadable
from imparts.commands.shipped import FOLDER, shipped_instruments
from imparts.rules.content import ContentRefused
from imparts.rules.content_lines import line_of
from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.checks import problems_of
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.options import Option, read_options
from imparts.rules.pathways.reader import read_pathway

PATHWAYS = FOLDER.parent / "pathways"
OPTIONS_FILE = "options.toml"


def check(paths: Sequence[Path]) -> int:
    """Check some files or folders, or every shipped file; then the counts."""
    instruments, options = shipped_instruments(), shipped_options()
    good = refused = 0
    for file in _files(paths):
        found = list(problems_in(file, instruments, options))
        for line in found or [f"{file.name}: good"]:
            sys.stdout.write(f"{line}\n")
        good, refused = good + (not found), refused + bool(found)
    sys.stdout.write(f"{_counts(good, refused)}\n")
    return SOME_REFUSED if refused else DONE


def problems_in(
    file: Path, instruments: Mapping[str, Instrument], options: Mapping[str, Option]
) -> Iterator[str]:
    """Each thing that is wrong with a file, with its line; none when it is good."""
    try:
        text = text_of(file)
    except (OSError, ValueError) as problem:
        yield f"{file}: {why_unreadable(problem)}"
        return
    try:
        pathway: Pathway = read_pathway(text)
    except ContentRefused as refused:
        yield _with_line(file, text, refused)
        return
    for sentence, place in problems_of(pathway, instruments, options):
        yield _with_line(file, text, ContentRefused(f"{pathway.id}: {sentence}", at=place))


def shipped_options() -> Mapping[str, Option]:
    """What pathways can send people to, as it is shipped."""
    return read_options((PATHWAYS / OPTIONS_FILE).read_text(encoding="utf-8"))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths or (PATHWAYS,):
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*.toml")) if one.name != OPTIONS_FILE)
        else:
            yield path


def _with_line(file: Path, text: str, refused: ContentRefused) -> str:
    line = line_of(text, refused)
    return f"{file}{f':{line}' if line else ''}: {refused}"


def _counts(good: int, refused: int) -> str:
    said = f"{good} pathway{'' if good == 1 else 's'}"
    return f"{said}: all good" if not refused else f"{said} good; {refused} refused"
