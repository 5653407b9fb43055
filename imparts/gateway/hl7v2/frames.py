"""Frames: the bytes that MLLP puts around a message on a socket, and a patient reader of them.

A frame is VT (0x0b), the message, FS (0x1c), CR (0x0d). Peers send frames in pieces, several at
once, and with stray bytes between them; the reader takes all of that and counts what it dropped. It
holds at most `limit` bytes, so that no peer can fill the memory.
"""

START = b"\x0b"
END = b"\x1c\x0d"
LIMIT = 1_000_000


class FrameTooLong(ValueError):
    """More bytes than a frame may have; the connection cannot be trusted any further."""


def frame(payload: bytes) -> bytes:
    """A message ready for a socket."""
    if START in payload or END in payload:
        raise ValueError("a message with framing bytes inside cannot be framed")
    return START + payload + END


class FrameReader:
    """Bytes in, whole messages out."""

    def __init__(self, *, limit: int = LIMIT) -> None:
        self.dropped = 0  # bytes outside frames, and of frames that were begun again
        self._limit = limit
        self._held = bytearray()
        self._searched = 0  # how much of what is held was looked through
        self._is_inside = False

    @property
    def is_empty(self) -> bool:
        """Is nothing half-read?"""
        return not self._is_inside

    def feed(self, data: bytes) -> list[bytes]:
        """Every message that these bytes complete."""
        whole = []
        self._held += data
        while (message := self._next()) is not None:
            whole.append(message)
        if len(self._held) > self._limit:
            raise FrameTooLong(f"a message of more than {self._limit} bytes")
        return whole

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
        self.dropped += start
        del self._held[: start + 1]
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
        self.dropped += stray
        del self._held[: stray + (start >= 0)]
        self._is_inside = start >= 0
        return self._is_inside
