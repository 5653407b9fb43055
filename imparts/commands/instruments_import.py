"""`imparts instruments import`: a questionnaire that someone else wrote comes to the library.

It is asked of nobody before a named person has decided about every question that may ask about
harm, and before a clinician other than whoever brought it has signed it.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imparts.commands import database
from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.rules.content import ContentRefused
from imparts.rules.forms.reader import read_form
from imparts.rules.forms.report_words import report_lines

if TYPE_CHECKING:
    from imparts.rules.forms.definition import Form

NOBODY = "imparts instruments import"
LARGEST_FILE = 40_000_000  # bytes


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, where the report goes, and who brings it."""
    parser.add_argument("file", type=Path, help="a FHIR R4 Questionnaire as JSON")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report there too")
    parser.add_argument("--check", action="store_true", help="only read it; no database is needed")
    parser.add_argument(
        "--by", default="", metavar="USERNAME", help="who brings it; someone else must sign it"
    )


def run(options: argparse.Namespace) -> int:
    """Read the file and say what becomes of it; then, unless told otherwise, bring it in."""
    text = _text(options.file)
    try:
        form, report = read_form(text)
    except ContentRefused as refused:
        _say(f"{options.file.name}: {refused}")
        return SOME_REFUSED
    lines = report_lines(form, report)
    for line in lines:
        _say(line)
    if options.report is not None:
        _write(options.report, "\n".join(lines) + "\n")
    return DONE if options.check else _bring(text, form, options)


def _bring(text: str, form: "Form", options: argparse.Namespace) -> int:
    with database.with_apps() as now:
        return load(text, form, by=options.by, at=now)


def load(text: str, form: "Form", *, by: str, at: datetime) -> int:
    """Bring one form into the library, and say what is still to be done."""
    from django.utils import timezone

    from imparts.access.queries import asking_as
    from imparts.library import actions, queries

    today = timezone.localdate(at)
    if by and asking_as(by, on=today) is None:
        raise UsedWrongly(f"There is nobody here with the user name {by}.")
    try:
        made = actions.load_file(kind="form", text=text, at=at, is_shipped=False, by=by or NOBODY)
    except ContentRefused as refused:
        _say(f"\nNot brought into the library: {refused}")
        return SOME_REFUSED
    if made is None:
        _say(f"\n{form.title} is in the library already, with this very text.")
        return DONE
    why = queries.why_not_offered(made, on=today)
    _say(f"\n{made.key}, version {made.version}, is in the library.")
    _say(f"Not offered yet. {why}" if why else "It is offered.")
    return DONE


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsedWrongly(f"{file.name} is too large for a questionnaire.")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsedWrongly(f"{file.name} is not text in UTF-8; save it as such.") from None
    except OSError as problem:
        raise UsedWrongly(f"{file.name} cannot be read: {problem.strerror}.") from None


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as problem:
        raise UsedWrongly(f"{file.name} cannot be written: {problem.strerror}.") from None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
