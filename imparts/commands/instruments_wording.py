"""`imparts instruments load-wording`: words that a site brings come to the library.

A licensed wording or a translation of an instrument is JSON. The words of the tablet's own pages in
another language, and what a nation's patients are told, are TOML like the shipped ones.

It is asked of nobody before a clinician other than whoever loaded it has signed it.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from imparts.commands import database
from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.rules.content import LONGEST_FILE, ContentRefused, read_toml

_BYTES_A_CHARACTER = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and who brings it."""
    parser.add_argument("file", type=Path, help="words, as in docs/guides/content-packs.md")
    parser.add_argument(
        "--by", required=True, metavar="USERNAME", help="who brings it; someone else must sign it"
    )


def run(options: argparse.Namespace) -> int:
    """Read the file first: a slip in it is said without a database."""
    text = _text(options.file)
    with database.with_apps() as now:
        return load(text, by=options.by, at=now, name=options.file.name)


def load(text: str, *, by: str, at: datetime, name: str) -> int:
    """Bring one text into the library, and say what became of it."""
    from django.utils import timezone

    from imparts.access.queries import asking_as
    from imparts.library import actions, queries

    today = timezone.localdate(at)
    if asking_as(by, on=today) is None:
        raise UsedWrongly(f"There is nobody here with the user name {by}.")
    try:
        kind = _kind_of(text)
        made = actions.load_file(kind=kind, text=text, at=at, is_shipped=False, by=by)
    except ContentRefused as refused:
        _say(f"{name}: {refused}")
        return SOME_REFUSED
    if made is None:
        _say(f"{name}: this very file is in the library already.")
        return DONE
    _say(f"{made.key}, version {made.version}, is in the library.{_languages(made.pk, kind)}")
    if kind == "wording":
        _say(queries.licence_line(made.pk, on=today))
    why = queries.why_not_offered(made, on=today)
    _say(f"Not offered yet. {why} Someone other than {by} signs it." if why else "It is offered.")
    return DONE


def _kind_of(text: str) -> str:
    """JSON is a wording pack; of TOML, what names a nation is what its patients are told."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return "wording"
    return "patient_text" if read_toml(text, "words").has("nation") else "page_words"


def _languages(content_id: int, kind: str) -> str:
    from imparts.library import queries

    if kind != "wording":
        return ""
    tags = queries.wording_of(content_id).languages
    return f" Languages: {', '.join(queries.language_name(tag) for tag in tags)}."


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LONGEST_FILE * _BYTES_A_CHARACTER:
            raise UsedWrongly(f"{file.name} is too large for a wording pack.")
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsedWrongly(f"{file.name} is not text in UTF-8; save it as such.") from None
    except OSError as problem:
        raise UsedWrongly(f"{file.name} cannot be read: {problem.strerror}.") from None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
