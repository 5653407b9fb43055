"""Ledger: what came and what was sent, in order, and whether the same had been received before."""

from collections import deque
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from imparts.gateway.pretend_record.lines import Lines

_FILE = "ledger.jsonl"
_SHOWN = 500


class Way(StrEnum):
    """How one entry came here, or left."""

    HL7_IN = "hl7 in"
    HL7_OUT = "hl7 out"
    FHIR_IN = "fhir in"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as it came, and what was said to it; or one that was sent, and its answer."""

    number: int
    received_at: str
    control_id: str
    text: str
    said: str  # the acknowledgement's code; "" when none was meant to be sent
    mood: str
    is_kept: bool  # did the record take it into the patient's notes?
    is_repeat: bool  # the same control id and the same text as one that was kept before
    words: str = ""
    way: str = Way.HL7_IN
    title: str = ""  # of what came by FHIR, or was sent: what it is, in a few words
    about: str = ""  # of what came by FHIR: the patient, where one is named
    answer: str = ""  # as it was given to us, or by us where it says more than a code


class Ledger:
    """The newest entries in memory, all of them in a file that is only ever added to."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self.received = 0
        self.kept = 0
        self._newest: deque[Entry] = deque(maxlen=_SHOWN)
        self._kept_texts: dict[str, bytes] = {}
        self._lines = Lines(folder / _FILE)
        for held in self._lines.every():
            self._take_in(Entry(**held))

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()

    def newest(self, way: Way | None = None) -> list[Entry]:
        """The newest entries, the newest first; of one way, or of all."""
        return [each for each in reversed(self._newest) if way in (None, each.way)]

    def entry(self, number: int) -> Entry | None:
        """One of the newest, by its number."""
        return next((each for each in self._newest if each.number == number), None)

    def was_kept_before(self, control_id: str, text: str) -> bool | None:
        """True: this very message; False: its control id with another text; None: a new one."""
        known = self._kept_texts.get(control_id)
        return None if known is None else known == _digest(text)

    def add(
        self, *, at: str, control_id: str, text: str, said: str, mood: str, keeps: bool, words: str
    ) -> Entry:
        """Write down one message that came by HL7 v2."""
        return self._write(Entry(
            number=self.count + 1, received_at=at, control_id=control_id, text=text, said=said,
            mood=mood, is_kept=keeps, words=words,
            is_repeat=self.was_kept_before(control_id, text) is True,
        ))  # fmt: skip

    def add_request(
        self,
        *,
        at: str,
        title: str,
        about: str,
        text: str,
        said: str,
        mood: str,
        keeps: bool,
        answer: str,
    ) -> Entry:
        """Write down one request that came by FHIR."""
        return self._write(Entry(
            number=self.count + 1, received_at=at, control_id=f"fhir-{self.count + 1}", text=text,
            said=said, mood=mood, is_kept=keeps, is_repeat=False, way=Way.FHIR_IN, title=title,
            about=about, answer=answer,
        ))  # fmt: skip

    def add_sent(
        self, *, at: str, control_id: str, title: str, text: str, said: str, words: str, answer: str
    ) -> Entry:
        """Write down one message that we sent, and what was answered."""
        return self._write(Entry(
            number=self.count + 1, received_at=at, control_id=control_id, text=text, said=said,
            mood="normal", is_kept=False, is_repeat=False, words=words, way=Way.HL7_OUT,
            title=title, answer=answer,
        ))  # fmt: skip

    def _write(self, entry: Entry) -> Entry:
        self._take_in(entry)
        self._lines.add(asdict(entry))
        return entry

    def _take_in(self, entry: Entry) -> None:
        self.count += 1
        self._newest.append(entry)
        if entry.way != Way.HL7_OUT:
            self.received += 1
        if entry.is_kept and not entry.is_repeat:
            self.kept += 1
            self._kept_texts[entry.control_id] = _digest(entry.text)


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()[:16]
