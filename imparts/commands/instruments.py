"""`imparts instruments`: the shipped questionnaires: list, show, check, export and more."""

import argparse
import sys
from pathlib import Path

from imparts.commands import (
    instruments_fhir,
    instruments_import,
    instruments_withdraw,
    instruments_wording,
)
from imparts.commands.exit_codes import DONE
from imparts.commands.instruments_check import check
from imparts.commands.instruments_show import line_of_list, lines_of
from imparts.commands.shipped import one_of_them, shipped_instruments

_WITH_A_FILE_OF_THEIR_OWN = {
    "export": instruments_fhir,
    "import": instruments_import,
    "load-wording": instruments_wording,
    "withdraw": instruments_withdraw,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which."""
    what = parser.add_subparsers(
        dest="what", required=True, metavar="list|show|check|export|import|load-wording|withdraw"
    )
    what.add_parser("list", help="one line for each questionnaire")
    show = what.add_parser("show", help="every question and band of one")
    show.add_argument("id", help="for example phq9")
    instruments_fhir.arguments(what.add_parser("export", help="FHIR R4, for other systems"))
    instruments_import.arguments(what.add_parser("import", help="a FHIR R4 Questionnaire"))
    instruments_wording.arguments(what.add_parser("load-wording", help="licensed words, by a file"))
    instruments_withdraw.arguments(what.add_parser("withdraw", help="ask one version no more"))
    checking = what.add_parser("check", help="read files and say what is wrong with them")
    checking.add_argument(
        "files", nargs="*", type=Path, help="files or folders (every shipped one)"
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    if options.what == "check":
        return check(options.files)
    if options.what in _WITH_A_FILE_OF_THEIR_OWN:
        return _WITH_A_FILE_OF_THEIR_OWN[options.what].run(options)
    instruments = shipped_instruments()
    if options.what == "list":
        for instrument in instruments.values():
            _say(line_of_list(instrument))
        return DONE
    for line in lines_of(one_of_them(instruments, options.id)):
        _say(line)
    return DONE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
