"""The `imparts` program, also `python -m imparts`: finds the verb, runs it, ends with its code."""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence

from imparts.commands.exit_codes import SERVICE_MISSING, WRONG_USE, CannotGoOn
from imparts.commands.verbs import VERBS, Verb
from imparts.postgres.refused import PostgresRefused


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; whoever reads what it says may stop reading at any moment."""
    try:
        code = _main(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        return _has_enough()
    return code


def _main(argv: Sequence[str] | None) -> int:
    """Only the verb's own module is loaded, so that `score` needs no framework."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(_all_verbs())
        return 0
    verb = next((verb for verb in VERBS if verb.name == arguments[0]), None)
    if verb is None:
        return _stop(f"There is no `imparts {arguments[0]}`. `imparts --help` lists the verbs.", 2)
    return _run(verb, arguments[1:])


def _run(verb: Verb, arguments: list[str]) -> int:
    module = importlib.import_module(f"imparts.commands.{verb.module}")
    parser = argparse.ArgumentParser(
        prog=f"imparts {verb.name}",
        description=verb.sentence,
        epilog=f"Example:  {verb.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(parser)
    signal.signal(signal.SIGTERM, _interrupt)  # so that what was started is stopped as well
    try:
        return int(module.run(parser.parse_args(arguments)))
    except CannotGoOn as stopped:
        return _stop(str(stopped), stopped.code)
    except PostgresRefused as refused:
        return _stop(str(refused), SERVICE_MISSING)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        raise
    except Exception as error:
        return _stop_on_known(error)


def _has_enough() -> int:
    """Whoever reads us, such as `head`, wants no more: that is no fault of either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python complains at its end
    return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stop_on_known(error: Exception) -> int:
    """Settings that are missing and a database that is away are not faults of the program."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "ImproperlyConfigured" in kinds:
        return _stop(str(error), WRONG_USE)
    if "OperationalError" in kinds:
        return _stop(
            "The database does not answer. See that PostgreSQL runs and DATABASE_URL is right.",
            SERVICE_MISSING,
        )
    raise error


def _stop(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _all_verbs() -> str:
    lines = "\n".join(f"  {verb.name:<16}{verb.sentence}" for verb in VERBS)
    return (
        "imparts: mental and physical health care, asked about and acted on in one place.\n\n"
        f"usage: imparts VERB ...\n\n{lines}\n\n"
        "`imparts VERB --help` says more, with an example.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
