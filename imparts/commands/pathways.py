"""`imparts pathways`: check a pathway file, and run it over the past before it goes live."""

import argparse
from pathlib import Path

from imparts.commands import pathways_check, pathways_simulate
from imparts.commands.exit_codes import UsedWrongly

MORE = """
check     reads files and says what is wrong, with the line; without a file, every shipped one.
          It needs no database, and knows the instruments and options that are shipped.
simulate  runs a file over the past answers of a service beside what the service follows now, and
          prints the words of the page. It changes nothing. Example:
          imparts pathways simulate mood.toml --service rheumatology --months 12

The exit code is 1 when a file was refused.
"""
MOST_MONTHS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which files."""
    parser.epilog = f"{parser.epilog or ''}\n{MORE}"
    what = parser.add_subparsers(dest="what", required=True, metavar="check|simulate")
    checking = what.add_parser("check", help="read files and say what is wrong with them")
    checking.add_argument("files", nargs="*", type=Path, metavar="FILE")
    running = what.add_parser("simulate", help="what a file would have done over the past")
    running.add_argument("file", type=Path, metavar="FILE")
    running.add_argument("--service", help="code of a service (each that follows the pathway)")
    running.add_argument("--months", type=int, default=12, help="how far back (12)")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    if options.what == "check":
        return pathways_check.check(options.files)
    if not 1 <= options.months <= MOST_MONTHS:
        raise UsedWrongly(f"--months runs from 1 to {MOST_MONTHS}.")
    return pathways_simulate.simulate(options.file, options.service, options.months)
