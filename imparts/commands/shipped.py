"""The shipped instruments, read from their files: for commands that need no database."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import imparts
from imparts.commands.exit_codes import CannotGoOn, UsedWrongly
from imparts.rules.content import ContentRefused
from imparts.rules.content_lines import line_of
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument

FOLDER = Path(imparts.__file__).parent / "content" / "instruments"


def instrument_files() -> list[Path]:
    """Every shipped instrument file, in order."""
    return sorted(FOLDER.rglob("*.toml"))


def shipped_instruments() -> dict[str, Instrument]:
    """Every shipped instrument by its id, with wording or without, in the order of their ids."""
    read = [_read(file) for file in instrument_files()]
    return {instrument.id: instrument for instrument in sorted(read, key=lambda one: one.id)}


def one_of_them(instruments: Mapping[str, Instrument], wanted: str) -> Instrument:
    """The instrument that was asked for; a slip in its id is answered with what may be meant."""
    if wanted in instruments:
        return instruments[wanted]
    plain = {name.replace("_", ""): name for name in instruments}
    meant = get_close_matches("".join(filter(str.isalnum, wanted.lower())), plain, n=3)
    said = (
        f"Is it {' or '.join(plain[one] for one in meant)}? `imparts instruments list` shows all."
        if meant
        else f"There are: {', '.join(sorted(instruments))}."
    )
    raise UsedWrongly(f"There is no questionnaire {wanted[:60]}. {said}")


def _read(file: Path) -> Instrument:
    """One file; whoever is writing one learns where its mistake is, and what says more."""
    text = file.read_text(encoding="utf-8")
    try:
        return read_instrument(text)
    except ContentRefused as refused:
        line = line_of(text, refused)
        raise CannotGoOn(
            f"{file}{f':{line}' if line else ''}: {refused}\n"
            "Until it is mended no questionnaire can be used; `imparts instruments check` shows "
            "every mistake."
        ) from None
