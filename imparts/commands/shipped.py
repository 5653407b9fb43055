"""The shipped instruments, read from their files: for commands that need no database."""

from pathlib import Path

import imparts
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument

FOLDER = Path(imparts.__file__).parent / "content" / "instruments"


def instrument_files() -> list[Path]:
    """Every shipped instrument file, in order."""
    return sorted(FOLDER.rglob("*.toml"))


def shipped_instruments() -> dict[str, Instrument]:
    """Every shipped instrument by its id, with wording or without, in the order of their ids."""
    read = [read_instrument(file.read_text(encoding="utf-8")) for file in instrument_files()]
    return {instrument.id: instrument for instrument in sorted(read, key=lambda one: one.id)}
