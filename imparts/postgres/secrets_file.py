"""The passwords of one cluster: random, made once, readable by the user who starts it only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from imparts.postgres.refused import PostgresRefused

NAME = "passwords.json"


@dataclass(frozen=True, slots=True)
class Passwords:
    """One password for each way in."""

    admin: str
    owner: str
    web: str


def passwords_of(folder: Path, *, may_make: bool) -> Passwords:
    """Read the passwords, or make them for a cluster that is about to be made."""
    kept = folder / NAME
    try:
        return Passwords(**json.loads(kept.read_text()))
    except FileNotFoundError:
        if not may_make:
            raise PostgresRefused(
                f"{kept} is missing, so the database beside it cannot be opened. Put the file back "
                "from a backup, or choose an empty folder with IMPARTS_DATA (--data for the demo)."
            ) from None
    made = Passwords(*(secrets.token_urlsafe(24) for _ in range(3)))
    keep_private(kept, json.dumps(asdict(made)))
    return made


def keep_private(file: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
    unfinished.replace(file)
