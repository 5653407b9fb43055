"""Run the pretend record: both of its sides as one process, until it is told to stop."""

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from imparts.gateway.pretend_record.door import Door
from imparts.gateway.pretend_record.ledger import Ledger
from imparts.gateway.pretend_record.moods import Pauses
from imparts.gateway.pretend_record.receiver import Receiver

_FOLDER = "pretend-record"


def main(*, mllp_port: int, http_port: int, ledger_folder: Path | None = None) -> int:
    """Receive until SIGTERM or Ctrl-C. The ledger stands under IMPARTS_DATA unless told."""
    folder = ledger_folder or Path(os.environ.get("IMPARTS_DATA", "var")) / _FOLDER
    asyncio.run(_until_told_to_stop(PretendRecord(folder, mllp_port, http_port)))
    return 0


class PretendRecord:
    """Both sides and the ledger, started and stopped together."""

    def __init__(
        self,
        folder: Path,
        mllp_port: int = 0,
        http_port: int = 0,
        *,
        pauses: Pauses | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.ledger = Ledger(folder)
        self.receiver = Receiver(
            self.ledger, port=mllp_port, now=now or _now, pauses=pauses or Pauses()
        )
        self.door = Door(self.receiver, port=http_port)

    async def start(self) -> None:
        """Listen on both sides; OSError when a port is taken."""
        await self.receiver.listen()
        await self.door.open()

    async def stop(self) -> None:
        """Drop every connection."""
        self.door.close()
        await self.receiver.hang_up()
        self.ledger.close()


async def _until_told_to_stop(record: PretendRecord) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await record.start()
    await told.wait()
    await record.stop()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 this process is its own clock: another system's
