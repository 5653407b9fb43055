"""`imparts serve`: the web processes, with pages and event streams on one address."""

import argparse
import os
import sys

from imparts.commands import database, static_files
from imparts.commands.exit_codes import DONE, CannotGoOn
from imparts.commands.ports import refuse_taken
from imparts.commands.safe_to_serve import refuse_unsafe
from imparts.commands.supervisor import Child, Supervisor, imparts
from imparts.config.with_parent import STARTED_BY

_SECONDS_TO_LET_GO = 3  # an open event stream never ends by itself
_MOST_STREAMS = 4096
_BEHIND = "IMPARTS_SERVE_BEHIND"  # set for the child of our own supervisor


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (IMPARTS_PORT, else 8000)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (2)")


def run(options: argparse.Namespace) -> int:
    """Serve until SIGTERM. With our own database, a supervisor keeps that alive as well."""
    port = options.port or int(os.environ.get("IMPARTS_PORT", "8000"))
    if not os.environ.get(_BEHIND):
        refuse_taken(options.host, port)
        _say_where(options.host, port)
    with database.database() as server:
        if server is None:
            return _serve(options.host, port, options.workers)
        command = imparts(
            "serve", "--host", options.host, "--port", str(port), "--workers", str(options.workers)
        )
        Supervisor([Child("The web server", command, {_BEHIND: "1"})], server=server).run()
    return DONE


def _say_where(host: str, port: int) -> None:
    """Once, for whoever started it by hand."""
    sys.stdout.write(f"Starting the pages on http://{host}:{port} - Ctrl-C stops them.\n")
    sys.stdout.flush()


def _serve(host: str, port: int, workers: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
    refuse_unsafe()
    static_files.collect()
    os.environ[STARTED_BY] = str(os.getpid())
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces

    web = Granian(
        "imparts.config.web:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        backpressure=_MOST_STREAMS,
        backlog=_MOST_STREAMS,
        workers_kill_timeout=_SECONDS_TO_LET_GO,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        log_level="warning",
    )
    try:
        web.serve()
    except OSError as error:
        raise CannotGoOn(f"The web server could not listen on {host}:{port}: {error}.") from error
    return DONE
