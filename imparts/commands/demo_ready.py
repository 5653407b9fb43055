"""Says when the demo can be used, and who to sign in as."""

import http.client
import json
import os
import sys
import time

_WHO = """
Open http://127.0.0.1:{port}/demo/ and pick a person. Everyone and everything here is invented.

  reception.rheum    the desk of the rheumatology clinic: who is due today
  tablet.rheum       the clinic's tablet: hand it over, answer as the patient would
  consultant.rheum   the rheumatologist: results, alerts and next steps, as they come in
  nurse.rheum        the clinic nurse            liaison    liaison psychiatry
  consultant.derm    another trust's dermatology manager    the service manager

The pretend hospital record, what it received, sends and opens: {record}/
Messages of HL7 v2 are taken on {listener} from the sender PRETEND.
Commands in another window work on this demo after: set -a; . {data}/demo.env; set +a
Two windows show it best: the tablet in one, the consultant's clinic list in the other.
Ctrl-C stops everything; the data stays in {data}.
"""


class Announcer:
    """Asks the site whether it is ready until it is, then says so once."""

    def __init__(self, port: int, *, record: str, data: str, began: float) -> None:
        self._port = port
        self._record = record
        self._data = data
        self._began = began
        self._ask_again = 0.0
        self._done = False

    def look(self) -> None:
        """Called in each round of the supervisor; returns at once."""
        if self._done or time.monotonic() < self._ask_again:
            return
        self._ask_again = time.monotonic() + 0.2
        if not self._is_ready():
            return
        self._done = True
        took = time.monotonic() - self._began
        sys.stdout.write(f"ready http://127.0.0.1:{self._port}\n")
        who = _WHO.format(
            port=self._port,
            record=self._record,
            data=self._data,
            listener=os.environ.get("IMPARTS_LISTEN_MLLP", ""),
        )
        sys.stdout.write(f"(after {took:.0f} s)\n{who}")
        sys.stdout.flush()

    def _is_ready(self) -> bool:
        """Pages are served, what is owed to the record would be sent, and messages are taken."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            said = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()
        return answer.status == 200 and bool(said["worker_seen"] and said["listener_seen"])
