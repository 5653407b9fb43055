"""Sending desk: one message, a day or any text, sent to imparts; what was answered is kept."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from imparts.gateway.hl7v2.address import Address
from imparts.gateway.pretend_record.cast import Cast, Person
from imparts.gateway.pretend_record.day.script import KINDS, Step, day, one
from imparts.gateway.pretend_record.day.sending import Numbers, Sent, play, send_text
from imparts.gateway.pretend_record.http import Request, Response
from imparts.gateway.pretend_record.ledger import Ledger, Way
from imparts.gateway.pretend_record.pages import frame, sent

_REFRESH = (("Refresh", "1"),)
_TO_PAGE = Response(303, headers=(("Location", "/play"),))


class SendingDesk:
    """Sends, one thing at a time."""

    def __init__(
        self,
        ledger: Ledger,
        cast: Cast,
        *,
        to: Address,
        now: Callable[[], datetime],
        pause: float = 0.5,
    ) -> None:
        self.to = to
        self._ledger = ledger
        self._cast = cast
        self._now = now
        self.pause = pause
        self._numbers = Numbers(now)
        self._playing: asyncio.Task[None] | None = None
        self._left = 0

    async def answer(self, request: Request, base: str) -> Response:
        """The page, or one of its buttons."""
        if request.path == "/play" and request.method == "GET":
            return self._page()
        if request.method != "POST":
            return Response(404, frame.not_found())
        if request.path == "/play/day":
            return await self._day()
        if request.path == "/play/one":
            return await self._one(request)
        if request.path == "/play/text":
            return await self._text(request)
        return Response(404, frame.not_found())

    async def stop(self) -> None:
        """Break off the day."""
        if self._playing is not None:
            self._playing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._playing

    async def send_steps(self, steps: list[Step], *, pause: float = 0.0) -> None:
        """Send them in order, and write each down with its answer."""
        self._left = len(steps)
        async for told in play(steps, self.to, self._numbers, pause=pause):
            self._left -= 1
            self._write_down(told)

    async def _day(self) -> Response:
        if self._is_playing:
            return self._page(wrong="The day is being played already.", status=409)
        steps = day(self._cast, at=self._now())
        self._left = len(steps)
        self._playing = asyncio.create_task(self.send_steps(steps, pause=self.pause))
        return _TO_PAGE

    async def _one(self, request: Request) -> Response:
        kind, person = request.form.get("kind", ""), self._person(request.form.get("person", ""))
        if kind not in KINDS or person is None:
            return self._page(wrong="Choose what is to be sent, and about whom.", status=422)
        await self.send_steps([one(kind, person, self._cast, at=self._now())])
        return _TO_PAGE

    async def _text(self, request: Request) -> Response:
        text = request.form.get("text", "")
        if not text.strip():
            return self._page(wrong="There is no text to send.", status=422)
        try:
            self._write_down(await send_text(text, self.to))
        except ValueError as wrong:
            return self._page(wrong=f"It cannot be sent: {wrong}.", status=422, typed=text)
        return _TO_PAGE

    def _write_down(self, told: Sent) -> None:
        self._ledger.add_sent(
            at=self._now().isoformat(), control_id=told.control_id, title=told.title,
            text=told.text, said=told.code, words=told.words, answer=told.answer,
        )  # fmt: skip

    def _person(self, written: str) -> Person | None:
        organisation, _, number = written.partition(" ")
        named = (organisation, number)
        everyone = self._cast.everyone
        return next((p for p in everyone if (p.organisation, p.number) == named), None)

    @property
    def _is_playing(self) -> bool:
        return self._playing is not None and not self._playing.done()

    def _page(self, *, wrong: str = "", status: int = 200, typed: str = "") -> Response:
        playing = f"The day is being played: {self._left} to go." if self._is_playing else ""
        content = sent.page(
            self._cast, self._ledger.newest(Way.HL7_OUT), to=str(self.to), playing=playing,
            wrong=wrong, typed=typed,
        )  # fmt: skip
        return Response(status, content, headers=_REFRESH if playing and not wrong else ())
