"""Where the files of exports lie: in the data folder, readable by this program alone.

They hold what was answered, in clear: the data folder has to lie on an encrypted disk. Several
machines that serve one site share it, or the files are found on one of them only.
"""

import re
import shutil
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

_NAME = re.compile(r"[A-Za-z]{1,40}\.[0-9]{1,6}\.ndjson")


def folder_of(job: UUID) -> Path:
    """The folder of one export."""
    return Path(settings.IMPARTS_DATA) / "exports" / str(job)


def empty_folder(job: UUID) -> Path:
    """The folder, new and empty: what a worker that died has begun is written anew."""
    remove(job)
    made = folder_of(job)
    made.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made.mkdir(mode=0o700)
    return made


def new_file(folder: Path, name: str) -> BinaryIO:
    """A file to write to, which nobody else may read."""
    path = folder / name
    path.touch(mode=0o600)
    return path.open("wb", buffering=1024 * 1024)


def path_of(job: UUID, name: str) -> Path | None:
    """A file of an export; None for what cannot be one's name, or is not there."""
    path = folder_of(job) / name
    return path if _NAME.fullmatch(name) and path.is_file() else None


def remove(job: UUID) -> None:
    """Its files, if there are any."""
    shutil.rmtree(folder_of(job), ignore_errors=True)
