"""`imparts pretend-record`: a pretend hospital record that receives results by MLLP."""

import argparse

from imparts.commands.exit_codes import DONE, CannotGoOn
from imparts.commands.ports import refuse_taken


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens."""
    parser.add_argument("--mllp", type=int, default=2576, help="port for HL7 messages (2576)")
    parser.add_argument("--http", type=int, default=8081, help="port for its pages (8081)")


def run(options: argparse.Namespace) -> int:
    """Receive until SIGTERM."""
    from imparts.gateway.pretend_record.run import main

    for port in (options.mllp, options.http):
        refuse_taken("127.0.0.1", port)
    try:
        return int(main(mllp_port=options.mllp, http_port=options.http) or DONE)
    except OSError as error:
        raise CannotGoOn(f"The pretend record could not listen: {error.strerror}.") from error
