"""Receiver: the MLLP side. Every message is judged, written down, and answered as the mood is."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from imparts.gateway.hl7v2.acknowledgement import write_acknowledgement
from imparts.gateway.hl7v2.frames import FrameReader, FrameTooLong, frame
from imparts.gateway.pretend_record.judgement import Judgement, judge
from imparts.gateway.pretend_record.ledger import Ledger
from imparts.gateway.pretend_record.moods import KEEPS_NOTHING, Mood, Pauses, Temper

_PIECE = 65536
_NO_ANSWER = (Mood.SILENT, Mood.CLOSES)
_SAID_INSTEAD = {
    Mood.NOT_NOW: ("AE", "The record is busy. Try again later."),
    Mood.REFUSES: ("AR", "This record does not know the patient."),
}


class Receiver:
    """Listens on one port for as long as it is not told to be down."""

    def __init__(
        self, ledger: Ledger, *, port: int, now: Callable[[], datetime], pauses: Pauses
    ) -> None:
        self.ledger = ledger
        self.temper = Temper()
        self.port = port
        self._now = now
        self._pauses = pauses
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}
        self._answered_before = "0"  # a control id that nobody uses

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
        self.temper.mood, self.temper.left = mood, times
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
        frames = FrameReader()
        while piece := await reader.read(_PIECE):
            for data in frames.feed(piece):
                if not await self._answer(data, writer):
                    return

    async def _answer(self, data: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer one message; False when the connection is to be closed."""
        mood = self.temper.for_next_message()
        judged = judge(data, self.ledger)
        code, words = _SAID_INSTEAD.get(mood, (judged.code, judged.words))
        self._write_down(judged, code, words, mood)
        answer = self._worded(judged, code, words, mood)
        if mood is Mood.SLOW:
            await asyncio.sleep(self._pauses.slow)
        if mood is Mood.LATE:
            await asyncio.sleep(self._pauses.late)
        self._answered_before = judged.control_id
        if mood is Mood.CLOSES:
            writer.write(answer[: len(answer) // 2])
        elif mood is Mood.TWICE:
            writer.write(answer + answer)
        elif mood is not Mood.SILENT:
            writer.write(answer)
        await writer.drain()
        return mood is not Mood.CLOSES

    def _worded(self, judged: Judgement, code: str, words: str, mood: Mood) -> bytes:
        about = judged.control_id
        if mood is Mood.WRONG_ID:
            about = "0" if self._answered_before == about else self._answered_before
        said = write_acknowledgement(
            judged.header, code=code, control_id=about, at=self._now(), words=words
        )
        return frame(said.encode())

    def _write_down(self, judged: Judgement, code: str, words: str, mood: Mood) -> None:
        self.ledger.add(
            at=self._now().isoformat(),
            control_id=judged.control_id,
            text=judged.text,
            said="" if mood in _NO_ANSWER else code,
            mood=mood.value,
            keeps=judged.code == "AA" and mood not in KEEPS_NOTHING,
            words=words,
        )
