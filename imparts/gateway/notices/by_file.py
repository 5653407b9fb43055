"""By file: a pretend way for SMS, for the demonstration and tests; each becomes a file."""

import re
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from imparts.gateway.notices.servers import SmsFolder
from imparts.gateway.notices.words import Notice
from imparts.gateway.outcomes import Outcome, Told

_NUMBER = re.compile(r"\+[1-9]\d{7,14}")


class ByFile:
    """It refuses what GOV.UK Notify refuses, and keeps one file however often it is asked."""

    name = "SMS"

    def __init__(self, pretend: SmsFolder) -> None:
        self._folder = pretend.folder

    def send(self, to: str, notice: Notice, *, reference: str, is_again: bool) -> Told:
        """Write the whole file or none."""
        if not _NUMBER.fullmatch(to):
            return Told(Outcome.REFUSED, "This is not a telephone number.")
        written = self._folder / f".{uuid4().hex}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            written.write_text(f"To: {to}\n\n{notice.text}\n")
            _keep_once(written, self._folder / f"{reference}.txt")
        except OSError as full:
            why = f"The folder for pretend SMS cannot be written ({type(full).__name__})."
            return Told(Outcome.NO_ANSWER, why)
        return Told(Outcome.TAKEN)


def _keep_once(written: Path, kept: Path) -> None:
    try:
        with suppress(FileExistsError):
            kept.hardlink_to(written)
    finally:
        written.unlink()
