"""Run the pretend record: all of its sides as one process, until it is told to stop."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from imparts.gateway.hl7v2.listening import HERE
from imparts.gateway.pretend_record.cast import FOLDER, read_cast, resources
from imparts.gateway.pretend_record.day.sending import address_of_listener
from imparts.gateway.pretend_record.door import Door
from imparts.gateway.pretend_record.fhir.server import FhirServer
from imparts.gateway.pretend_record.fhir.store import Store
from imparts.gateway.pretend_record.launcher import Launcher
from imparts.gateway.pretend_record.ledger import Ledger
from imparts.gateway.pretend_record.moods import Pauses
from imparts.gateway.pretend_record.reading_room import ReadingRoom
from imparts.gateway.pretend_record.receiver import Receiver
from imparts.gateway.pretend_record.sending_desk import SendingDesk


@dataclass(frozen=True, slots=True)
class Where:
    """The ports of this record (0: a free one), and where imparts is."""

    mllp_port: int = 0
    http_port: int = 0
    listener: str = HERE  # where imparts listens for HL7 v2
    app: str = "http://127.0.0.1:8000"  # where imparts' pages are
    machine_secret: str = ""  # of imparts as a machine; one is made up when none is given


def folder_here() -> Path:
    """Where everything is kept, unless told otherwise."""
    return Path(os.environ.get("IMPARTS_DATA", "var")) / FOLDER


def main(*, where: Where, folder: Path | None = None) -> int:
    """Receive until SIGTERM or Ctrl-C."""
    asyncio.run(_until_told_to_stop(PretendRecord(folder or folder_here(), where)))
    return 0


class PretendRecord:
    """All sides, started and stopped together."""

    def __init__(
        self,
        folder: Path,
        where: Where | None = None,
        *,
        pauses: Pauses | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        where, pauses, now = where or Where(), pauses or Pauses(), now or clock
        self.cast = read_cast(folder)
        self.ledger = Ledger(folder)
        self.store = Store(folder, begins_with=resources(self.cast, at=now()), at=now().isoformat())
        self.receiver = Receiver(self.ledger, port=where.mllp_port, now=now, pauses=pauses)
        self.launcher = Launcher(
            folder, self.cast, app=where.app.rstrip("/"), now=now,
            machine_secret=where.machine_secret,
        )  # fmt: skip
        self.fhir = FhirServer(
            self.store, self.ledger, allows=self.launcher.allows, now=now, pauses=pauses
        )
        to = address_of_listener(where.listener)
        self.desk = SendingDesk(self.ledger, self.cast, to=to, now=now)
        room = ReadingRoom(self.receiver, self.fhir)
        self.door = Door(room, self.desk, self.launcher, self.fhir, port=where.http_port)

    async def start(self) -> None:
        """Listen on both sides; OSError when a port is taken."""
        await self.receiver.listen()
        await self.door.open()

    async def stop(self) -> None:
        """Drop every connection."""
        await self.desk.stop()
        await self.door.close()
        await self.receiver.hang_up()
        self.ledger.close()
        self.store.close()


async def _until_told_to_stop(record: PretendRecord) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await record.start()
    await told.wait()
    await record.stop()


def clock() -> datetime:
    """What time it is."""
    return datetime.now(UTC)  # noqa: TID251 this process is its own clock: another system's
