"""The pretend record as a process: small, without Django, up at once and gone when told."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from imparts.gateway.pretend_record.run import Where, main
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "psycopg")]
main(where=Where(int(sys.argv[1]), int(sys.argv[2])), folder=Path(sys.argv[3]))
"""


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_it_starts_without_django_and_stops_when_told(tmp_path: Path) -> None:
    ports = [a_free_port(), a_free_port()]
    running = subprocess.Popen([sys.executable, "-c", PROGRAM, *map(str, ports), str(tmp_path)])
    try:
        for _ in range(200):
            if all(answers(port) for port in ports):
                break
            assert running.poll() is None
            time.sleep(0.05)
        assert all(answers(port) for port in ports)
        memory = Path(f"/proc/{running.pid}/status").read_text()
        resident = next(line for line in memory.splitlines() if line.startswith("VmRSS"))
        assert int(resident.split()[1]) < 60_000, "kilobytes"
        os.kill(running.pid, signal.SIGTERM)
        assert running.wait(timeout=10) == 0
    finally:
        running.kill()
        running.wait()
