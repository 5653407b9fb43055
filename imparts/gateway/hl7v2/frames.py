"""Frames: the bytes that MLLP puts around a message on a socket, and a patient reader of them.

A frame is VT (0x0b), the message, FS (0x1c), CR (0x0d). Peers send frames in pieces, several at
once, and with stray bytes between them; the reader takes all of that and counts what it dropped. It
holds at most `limit` bytes, so that no peer can fill the memory.
"""

START = b"\x0b"
END = b"\x1c\x0d"
LIMIT = 1_000_000


_LOST_KEPT = 65536  # of what is dropped: enough to find a header in it


class FrameTooLong(ValueError):
    """More bytes than a frame may have; the connection cannot be trusted any further.

    `whole` are the messages that were complete before it.
    """

    whole: tuple[bytes, ...] = ()


def frame(payload: bytes) -> bytes:
    """A message ready for a socket."""
    if START in payload or END in payload:
        raise ValueError("a message with framing bytes inside cannot be framed")
    return START + payload + END


class FrameReader:
    """Bytes in, whole messages out."""

    def __init__(self, *, limit: int = LIMIT) -> None:
        self.dropped = 0  # bytes outside frames, and of frames that were begun again
        self.lost = b""  # the beginning of what was dropped since the last whole message
        self._limit = limit
        self._held = bytearray()
        self._searched = 0  # how much of what is held was looked through
        self._is_inside = False

    @property
    def is_empty(self) -> bool:
        """Is nothing half-read?"""
        return not self._is_inside

    @property
    def begun(self) -> bytes:
        """The beginning of a message that is half-read."""
        return bytes(self._held[:_LOST_KEPT])

    @property
    def lacks_only_cr(self) -> bool:
        """Did a message end with FS, and the CR never came?"""
        return self._is_inside and self._held.endswith(END[:1])

    def take_without_cr(self) -> bytes:
        """The message that lacks only its last byte."""
        return self._taken_out(len(self._held) - 1)

    def feed(self, data: bytes) -> list[bytes]:
        """Every message that these bytes complete."""
        whole: list[bytes] = []
        self._held += data
        try:
            while (message := self._next()) is not None:
                whole.append(message)
            if len(self._held) > self._limit:
                raise FrameTooLong(f"a message of more than {self._limit} bytes")
        except FrameTooLong as wrong:
            wrong.whole = tuple(whole)
            raise
        return whole

    def forget_lost(self) -> bytes:
        """Hand over the beginning of what was dropped, and begin to count anew."""
        lost, self.lost = self.lost, b""
        return lost

    def _next(self) -> bytes | None:
        if not self._is_inside and not self._found_a_start():
            return None
        # Only what is new is searched: a peer that drips single bytes must not cost ever more.
        unseen = max(0, self._searched - 1)
        end = self._held.find(END, unseen)
        again = self._held.rfind(START, unseen, end if end >= 0 else len(self._held))
        if again >= 0:
            end = self._begin_again_at(again, end)
        if end < 0:
            self._searched = len(self._held)
            return None
        return self._taken_out(end)

    def _begin_again_at(self, start: int, end: int) -> int:
        """A start inside a frame: the sender gave up the first one, so what was held is dropped."""
        self._drop(start)
        del self._held[:1]
        return end - start - 1 if end >= 0 else -1

    def _taken_out(self, end: int) -> bytes:
        if end > self._limit:
            raise FrameTooLong(f"a message of more than {self._limit} bytes")
        message = bytes(self._held[:end])
        del self._held[: end + len(END)]
        self._is_inside = False
        self._searched = 0
        return message

    def _found_a_start(self) -> bool:
        start = self._held.find(START)
        stray = len(self._held) if start < 0 else start
        self._drop(stray)
        del self._held[: start >= 0]
        self._is_inside = start >= 0
        return self._is_inside

    def _drop(self, count: int) -> None:
        """Forget bytes that belong to no message, and keep the beginning of them."""
        self.dropped += count
        if count and len(self.lost) < _LOST_KEPT:
            self.lost += bytes(self._held[: min(count, _LOST_KEPT - len(self.lost))])
        del self._held[:count]
