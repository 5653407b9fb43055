"""`imparts instruments`: the shipped questionnaires: list them, show one, check all files."""

import argparse
import sys
from pathlib import Path

from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.commands.shipped import instrument_files, shipped_instruments
from imparts.rules.content import ContentRefused
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which."""
    what = parser.add_subparsers(dest="what", required=True, metavar="list|show|check")
    what.add_parser("list", help="one line for each questionnaire")
    show = what.add_parser("show", help="every question and band of one")
    show.add_argument("id", help="for example phq9")
    check = what.add_parser("check", help="read files and say what is wrong with them")
    check.add_argument("files", nargs="*", type=Path, help="files (every shipped one)")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    if options.what == "check":
        return _check(options.files or instrument_files())
    instruments = shipped_instruments()
    if options.what == "list":
        for instrument in instruments.values():
            _say(f"{instrument.id:<16}{instrument.short_title:<16}{instrument.measures}")
        return DONE
    if options.id not in instruments:
        known = ", ".join(sorted(instruments))
        raise UsedWrongly(f"There is no questionnaire {options.id}. There are: {known}.")
    _show(instruments[options.id])
    return DONE


def _show(instrument: Instrument) -> None:
    _say(f"{instrument.title} ({instrument.id}, version {instrument.version})")
    _say(f"Measures: {instrument.measures}. Checked by: {instrument.checked_by}.")
    _say(f"Rights: {instrument.rights.statement}\n")
    for item in instrument.items:
        _say(f"{item.id}: {item.text}")
        for option in item.options:
            _say(f"    {option.value}  {option.label}")
    for band in instrument.bands:
        _say(f"{band.lowest} to {band.highest}: {band.label}")


def _check(files: list[Path]) -> int:
    refused = 0
    for file in files:
        try:
            read_instrument(file.read_text(encoding="utf-8"))
        except (ContentRefused, OSError, UnicodeDecodeError) as problem:
            refused += 1
            _say(f"{file.name}: {problem}")
        else:
            _say(f"{file.name}: good")
    return SOME_REFUSED if refused else DONE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
