"""Whole files: an output file gets its name when it is finished, so that no half looks whole.

Until then it is called `.NAME.PID.part` and stands beside where it will be. When something goes
wrong it is removed, and a file that had the name before stays as it was.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import BinaryIO, cast

STANDARD = "-"


@contextmanager
def written(name: str) -> Iterator[BinaryIO]:
    """A file to write to; `-` is the standard output."""
    if name == STANDARD:
        yield sys.stdout.buffer
        return
    path = Path(name).resolve()
    if path.exists() and not path.is_file():  # a device or a pipe keeps its place
        with path.open("wb") as out:
            yield out
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def written_at_once(name: str) -> Iterator[BinaryIO]:
    """The same for a format whose beginning is only known at its end, such as Parquet."""
    if name != STANDARD and (not Path(name).exists() or Path(name).is_file()):
        with written(name) as out:
            yield out
        return
    with TemporaryFile() as held:
        yield held
        held.seek(0)
        with written(name) as out:
            shutil.copyfileobj(held, out)
            out.flush()


@contextmanager
def read(name: str) -> Iterator[BufferedIOBase]:
    """A file to read from; `-` is the standard input."""
    if name == STANDARD:
        yield cast(BufferedIOBase, sys.stdin.buffer)
        return
    with Path(name).open("rb") as source:
        yield cast(BufferedIOBase, source)


@contextmanager
def on_disk(name: str) -> Iterator[Path]:
    """A file that can be read from any place in it; the standard input is stored first."""
    path = Path(name)
    if name != STANDARD and path.is_file():
        yield path
        return
    with TemporaryDirectory(prefix="imparts-") as folder, read(name) as source:
        stored = Path(folder) / "input"
        with stored.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield stored


def size(name: str) -> int | None:
    """How many bytes a file has, if it is one."""
    with suppress(OSError):
        path = Path(name)
        return path.stat().st_size if path.is_file() else None
    return None
