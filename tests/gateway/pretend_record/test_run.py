"""The pretend record as a process: small, without Django, up at once and gone when told."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from imparts.commands.ports import free_port
from tests.gateway.inbound.listening_site import resident_megabytes
from tests.waiting import until

PROGRAM = """
import sys
from pathlib import Path
from imparts.gateway.pretend_record.run import Where, main
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "psycopg")]
main(where=Where(int(sys.argv[1]), int(sys.argv[2])), folder=Path(sys.argv[3]))
"""


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_it_starts_without_django_and_stops_when_told(tmp_path: Path) -> None:
    ports = [free_port(), free_port()]
    running = subprocess.Popen([sys.executable, "-c", PROGRAM, *map(str, ports), str(tmp_path)])
    try:
        until(lambda: all(answers(port) for port in ports), seconds=10)
        assert resident_megabytes(running.pid) * 1024 < 60_000
        os.kill(running.pid, signal.SIGTERM)
        assert running.wait(timeout=10) == 0
    finally:
        running.kill()
        running.wait()
