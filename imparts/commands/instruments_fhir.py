"""`imparts instruments export`: shipped questionnaires as FHIR R4, to the terminal or to files."""

import argparse
import json
import sys
from pathlib import Path

from imparts.commands.exit_codes import DONE, CannotGoOn, UsedWrongly
from imparts.commands.shipped import one_of_them, shipped_instruments
from imparts.gateway.fhir.addresses import SHIPPED_BASE, Addresses
from imparts.gateway.fhir.questionnaire import questionnaire_of
from imparts.rules.instruments.definition import Instrument


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which questionnaires, where to, and under which base address."""
    parser.add_argument("id", nargs="?", help="for example phq9")
    parser.add_argument("--all", action="store_true", help="every one; needs --out FOLDER")
    parser.add_argument(
        "--out", type=Path, help="file, or folder with --all (the terminal)", metavar="FILE"
    )
    parser.add_argument(
        "--base", default=SHIPPED_BASE, metavar="URL",
        help=f"where this site's own addresses begin ({SHIPPED_BASE})",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write one, or all of them."""
    addresses = _addresses(options.base)
    instruments = shipped_instruments()
    if options.all:
        return _write_all(instruments, options, addresses)
    if options.id is None:
        raise UsedWrongly("Say which questionnaire, for example phq9, or --all --out FOLDER.")
    text = _as_json(one_of_them(instruments, options.id), addresses)
    if options.out is None:
        sys.stdout.write(text)
    else:
        _write(options.out, text)
    return DONE


def _write_all(
    instruments: dict[str, Instrument], options: argparse.Namespace, addresses: Addresses
) -> int:
    if options.out is None or options.id is not None:
        raise UsedWrongly("--all writes one file each: say --all --out FOLDER, and no id.")
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotGoOn(f"{options.out} cannot be made a folder: {problem.strerror}.") from None
    for instrument in instruments.values():
        _write(options.out / f"{instrument.id}.json", _as_json(instrument, addresses))
    sys.stdout.write(f"{len(instruments)} questionnaires are in {options.out}\n")
    return DONE


def _addresses(base: str) -> Addresses:
    try:
        return Addresses(base)
    except ValueError as problem:
        raise UsedWrongly(str(problem)) from None


def _as_json(instrument: Instrument, addresses: Addresses) -> str:
    # A shipped file holds no licence, so there is none that could have ended on any day.
    resource = questionnaire_of(instrument, on=instrument.reviewed_on, addresses=addresses)
    return json.dumps(resource, ensure_ascii=False, indent=2) + "\n"


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise CannotGoOn(f"{file} cannot be written: {problem.strerror}.") from None
