"""Receiver: the MLLP side. Every message is judged, written down, and answered as the mood is."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from imparts.gateway.hl7v2.acknowledgement import write_acknowledgement
from imparts.gateway.hl7v2.frames import FrameReader, FrameTooLong, frame
from imparts.gateway.pretend_record.answering import UNANSWERED, utter
from imparts.gateway.pretend_record.judgement import Judgement, judge
from imparts.gateway.pretend_record.ledger import Ledger
from imparts.gateway.pretend_record.moods import KEEPS_NOTHING, Mood, Pauses, Temper

_PIECE = 65536
_SAID_INSTEAD = {
    Mood.NOT_NOW: ("AE", "The record is busy. Try again later."),
    Mood.REFUSES: ("AR", "This record does not know the patient."),
    Mood.ACCEPT_ERROR: ("CE", "The message could not be stored now."),
    Mood.ACCEPT_REJECT: ("CR", "Messages of this kind are not accepted."),
    Mood.UNKNOWN_CODE: ("OK", ""),
}


class Receiver:
    """Listens on one port for as long as it is not told to be down."""

    def __init__(
        self, ledger: Ledger, *, port: int, now: Callable[[], datetime], pauses: Pauses
    ) -> None:
        self.ledger = ledger
        self.temper = Temper(Mood.NORMAL, Mood.NORMAL)
        self.port = port
        self._now = now
        self._pauses = pauses
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}
        self._answered_before = "0"  # a control id that nobody uses
        self._is_second = False

    async def listen(self) -> None:
        """Begin to listen; port 0 becomes a free one, and is kept from then on."""
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def hang_up(self) -> None:
        """Stop listening and drop every connection, as a record that went down does."""
        if self._server is not None:
            self._server.close()
            self._server = None
        tasks = [task for task in self._open.values() if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def become(self, mood: Mood, *, times: int | None = None) -> None:
        """Take on a mood, for some messages or until told otherwise."""
        self.temper.take_on(mood, times=times)
        if mood is Mood.DOWN:
            await self.hang_up()
        elif self._server is None:
            await self.listen()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.current_task()
        try:
            await self._converse(reader, writer)
        except (ConnectionError, FrameTooLong, asyncio.CancelledError):
            pass  # the peer went away, sent without end, or we were told to hang up
        finally:
            del self._open[writer]
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.temper.mood is Mood.DEAF:
            self.temper.for_next_message()
            await asyncio.sleep(self._pauses.late)
            return
        frames = FrameReader()
        while piece := await reader.read(_PIECE):
            for data in frames.feed(piece):
                if not await self._answer(data, writer):
                    return

    async def _answer(self, data: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer one message; False when the connection is to be closed."""
        mood = self._mood_of_this()
        judged = judge(data, self.ledger)
        code, words = _SAID_INSTEAD.get(mood, (judged.code, judged.words))
        self._write_down(judged, code, words, mood)
        about = judged.control_id
        another = "0" if self._answered_before == about else self._answered_before
        self._answered_before = about
        answer = self._worded(judged, code, words, "" if mood is Mood.NO_ID else about)
        other = self._worded(judged, code, words, another)
        return await utter(writer, answer, other, mood, self._pauses)

    def _mood_of_this(self) -> Mood:
        mood = self.temper.for_next_message()
        if mood is not Mood.EVERY_SECOND:
            return mood
        self._is_second = not self._is_second
        return Mood.NORMAL if self._is_second else Mood.NOT_NOW

    def _worded(self, judged: Judgement, code: str, words: str, about: str) -> bytes:
        said = write_acknowledgement(
            judged.header, code=code, control_id=about, at=self._now(), words=words
        )
        return frame(said.encode())

    def _write_down(self, judged: Judgement, code: str, words: str, mood: Mood) -> None:
        self.ledger.add(
            at=self._now().isoformat(),
            control_id=judged.control_id,
            text=judged.text,
            said="" if mood in UNANSWERED else code,
            mood=mood.value,
            keeps=judged.code == "AA" and mood not in KEEPS_NOTHING,
            words=words,
        )
