"""Sending: a message handed over by MLLP on one connection, and what was answered, in words."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.acknowledgement import read_acknowledgement
from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.charsets import decode_message
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.frames import FrameReader, FrameTooLong, frame
from imparts.gateway.hl7v2.listening import HERE
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.pretend_record.day.messages import write
from imparts.gateway.pretend_record.day.script import Step

SECONDS = 15.0
_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Sent:
    """One message, and its answer."""

    title: str
    control_id: str
    text: str
    code: str  # "" when there was no answer
    words: str
    answer: str = ""

    @property
    def in_words(self) -> str:
        """One line for a terminal."""
        said = f"{self.code or 'no answer'}{': ' + self.words if self.words else ''}"
        return f"{self.control_id}  {self.title}  ->  {said}"


def address_of_listener(text: str) -> Address:
    """Where imparts listens; ValueError says how it should look."""
    return Address.named(text, wrong=f"The address must look like {HERE}.")


class Numbers:
    """Control ids that no other run has used: the millisecond of the start, and a count."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        began = now()
        self._start = f"P{began:%y%m%d%H%M%S}{began.microsecond // 1000:03}"
        self._count = 0

    def next(self) -> str:
        """The next one."""
        self._count += 1
        return f"{self._start}{self._count:04}"


async def play(
    steps: Sequence[Step], to: Address, numbers: Numbers, *, pause: float = 0.0
) -> AsyncIterator[Sent]:
    """Send one after another on one connection, each once the one before was answered."""
    held: tuple[str, str] = ("", "")
    async with _Line(to) as line:
        for step in steps:
            if not step.is_repeat or not held[0]:
                control_id = numbers.next()
                held = (control_id, write(step.said, control_id=control_id))
            control_id, text = held
            yield await line.say(f"{step.kind} {step.words}", control_id, text)
            await asyncio.sleep(pause)


async def send_text(text: str, to: Address) -> Sent:
    """Send any text just as it is; ends of lines become those of segments."""
    text = text.replace("\r\n", "\r").replace("\n", "\r").strip("\r") + "\r"
    try:
        header = read_message(text).header
        control_id, kind = header.text(10), f"{header.text(9)}^{header.text(9, component=2)}"
    except MessageRefused:
        control_id, kind = "", "Not a message"
    async with _Line(to) as line:
        return await line.say(f"{kind} As typed", control_id, text)


class _Line:
    """One connection, opened when first needed and again after it broke."""

    def __init__(self, to: Address) -> None:
        self._to = to
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> "_Line":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._hang_up()

    async def say(self, title: str, control_id: str, text: str) -> Sent:
        """Send, and wait for the answer; ValueError when it holds bytes of the frame itself."""
        framed = frame(text.encode("utf-8", errors="replace"))
        try:
            answer = await asyncio.wait_for(self._asked(framed), SECONDS)
        except (OSError, TimeoutError, FrameTooLong) as wrong:
            await self._hang_up()
            words = f"{self._to} did not answer ({_kind(wrong)})."
            return Sent(title, control_id, text, "", words)
        return _understood(Sent(title, control_id, text, "", ""), answer)

    async def _asked(self, framed: bytes) -> bytes:
        if self._open is None:
            self._open = await asyncio.open_connection(self._to.host, self._to.port)
        reader, writer = self._open
        writer.write(framed)
        await writer.drain()
        frames = FrameReader()
        while piece := await reader.read(_PIECE):
            answers = frames.feed(piece)
            if answers:
                return answers[-1]
        raise ConnectionResetError(0, "the connection was closed")

    async def _hang_up(self) -> None:
        if self._open is not None:
            self._open[1].close()
            with contextlib.suppress(OSError):
                await self._open[1].wait_closed()
            self._open = None


def _understood(sent: Sent, answer: bytes) -> Sent:
    text = answer.decode("utf-8", errors="replace")
    try:
        said = read_acknowledgement(read_message(decode_message(answer)))
    except MessageRefused as wrong:
        words = f"The answer cannot be read: {wrong}."
        return Sent(sent.title, sent.control_id, sent.text, "", words, text)
    words = said.words
    if said.control_id != sent.control_id:
        words = f"Answered for another message ({said.control_id}). {words}".strip()
    return Sent(sent.title, sent.control_id, sent.text, said.code, words, text)


def _kind(wrong: Exception) -> str:
    if isinstance(wrong, TimeoutError):
        return f"waited {SECONDS:g} seconds"
    return getattr(wrong, "strerror", None) or type(wrong).__name__
