"""`imparts bench`: the benchmarks, each beside its peer or its limit in the same run."""

import argparse

from imparts.benchmarks import run as benchmarks


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which of them, and on how big a trust."""
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(benchmarks.NAMES))
    parser.add_argument("--people", type=int, default=15000, help="invented patients (15000)")


def run(options: argparse.Namespace) -> int:
    """Measure and print; 2 when a name is unknown."""
    unknown = [name for name in options.names if name not in benchmarks.NAMES]
    if unknown:
        from imparts.commands.exit_codes import UsedWrongly

        raise UsedWrongly(
            f"There is no benchmark {unknown[0]}. There are: {', '.join(benchmarks.NAMES)}."
        )
    return benchmarks.main(options.names, people=options.people)
