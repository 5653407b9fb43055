"""Lines: a file that is only ever added to, one JSON value a line.

A line that a kill cut off says nothing whole, so it is dropped when the file is opened again.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Lines:
    """One such file, made where there is none."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._drop_a_cut_line()
        self._file = path.open("a", encoding="utf-8")

    def every(self) -> Iterator[Any]:
        """What the file holds, from its beginning."""
        with self._path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    def add(self, value: object) -> None:
        """Write one more down, at once."""
        self._file.write(json.dumps(value, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _drop_a_cut_line(self) -> None:
        data = self._path.read_bytes() if self._path.exists() else b""
        if data and not data.endswith(b"\n"):
            self._path.write_bytes(data[: data.rfind(b"\n") + 1])
