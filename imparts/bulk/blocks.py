"""Blocks: a text file as pieces of whole lines, each small, however long the file or a line is."""

from collections.abc import Callable, Iterator
from io import BufferedIOBase

BLOCK = 4 * 2**20  # bytes; also the longest line that is read

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Blocks:
    """Whole lines of a file, a block or a line at a time; a line that fits no block is left out."""

    def __init__(self, source: BufferedIOBase, *, block: int = BLOCK) -> None:
        self._source = source
        self._block = block
        self._rest = b""
        self._ended = False
        self.lines = 0  # read so far
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes | None]:
        while (found := self.block()) != b"":
            yield found

    def block(self) -> bytes | None:
        """The next whole lines; None for one line that is too long; nothing at the end."""
        return self._next(lambda rest: rest.rindex(b"\n") + 1)

    def line(self) -> bytes | None:
        """The next line alone, in the same way."""
        return self._next(lambda rest: rest.index(b"\n") + 1)

    def _next(self, end: Callable[[bytes], int]) -> bytes | None:
        while not self._ended and b"\n" not in self._rest and len(self._rest) < self._block:
            self._read()
        if b"\n" in self._rest:
            return self._take(end(self._rest))
        return self._take(len(self._rest)) if self._ended else self._pass_over()

    def _take(self, cut: int) -> bytes:
        found, self._rest = self._rest[:cut], self._rest[cut:]
        self.lines += found.count(b"\n") + (found != b"" and not found.endswith(b"\n"))
        if not self.bytes:
            found = found.removeprefix(BYTE_ORDER_MARK)
        self.bytes += cut
        return found

    def _read(self) -> None:
        """As much as is there: a line that comes down a pipe is answered at once."""
        read = self._source.read1(self._block)
        self._rest += read
        self._ended = not read

    def _pass_over(self) -> None:
        """Read to the end of a line that is too long, and forget it."""
        while not self._ended and b"\n" not in self._rest:
            self.bytes += len(self._rest)
            self._rest = b""
            self._read()
        cut = self._rest.find(b"\n") + 1
        self.bytes += cut
        self._rest = self._rest[cut:]
        self.lines += 1
