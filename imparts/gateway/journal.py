"""Journal: what was taken by a destination, in files outside the database.

A database that was restored to an earlier moment has forgotten what was sent since. The journal has
not: it is written before the database is told, it is only ever added to, and it names no patient.
After a restore it says what must not be sent again (restoring.py).

One file a day, one line a message. A line that a crash cut off is passed over, and every write
begins on a line of its own, so that it spoils no other.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from imparts.outbox.sent import Sent

FOLDER = "sent"


class Journal:
    """The files of one site's folder; several workers may write at once."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def add(self, sent: Sequence[Sent]) -> None:
        """Write down what was taken, and be sure of it before returning."""
        if not sent:
            return
        is_new = not (path := self._file_of(sent[-1].sent_at)).exists()
        if is_new:
            self._folder.mkdir(parents=True, exist_ok=True)
        opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # One write, so that two workers' lines never mix.
            os.write(opened, ("\n" + "".join(map(_line, sent))).encode())
            os.fsync(opened)
        finally:
            os.close(opened)
        if is_new:
            self._keep_the_name()

    def since(self, day: date | None) -> Iterator[Sent]:
        """What was written on this day and after it, the oldest day first; None for all."""
        first = f"{day.isoformat()}.jsonl" if day else ""
        with suppress(FileNotFoundError):
            for path in sorted(self._folder.iterdir()):
                if path.suffix == ".jsonl" and path.name >= first:
                    yield from _read(path)

    def _file_of(self, at: datetime) -> Path:
        return self._folder / f"{at.date().isoformat()}.jsonl"

    def _keep_the_name(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _line(one: Sent) -> str:
    said = {
        "control_id": one.control_id, "destination": one.destination, "about": str(one.about),
        "sent_at": one.sent_at.isoformat(),
    }  # fmt: skip
    return json.dumps(said) + "\n"


def _read(path: Path) -> Iterator[Sent]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, KeyError, TypeError):
                said = json.loads(line)
                yield Sent(
                    said["control_id"], said["destination"], UUID(said["about"]),
                    datetime.fromisoformat(said["sent_at"]),
                )  # fmt: skip
