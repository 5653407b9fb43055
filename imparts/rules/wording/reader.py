"""From the text of a wording pack to a Wording, or a sentence that says why not.

A pack brings words, and what could not ship without them; what is asked and how it counts stays as
the instrument has it. Each language must be whole, named, dated and official, and the words of an
instrument that ships with words cannot be changed by loading others in the same language.
"""

from datetime import date
from typing import NamedTuple

from imparts.rules.content import Table
from imparts.rules.instruments.definition import Instrument, Licence
from imparts.rules.wording.addition_reader import read_additions
from imparts.rules.wording.definition import FORMAT, Wording
from imparts.rules.wording.json_text import read_day, read_json
from imparts.rules.wording.proving import check_whole
from imparts.rules.wording.words_reader import read_languages


class BelongsTo(NamedTuple):
    """The instrument that a pack brings words for, and in which version."""

    instrument: str
    version: str


def belongs_to(text: str) -> BelongsTo:
    """Which instrument a pack belongs to, before anything else of it is read."""
    table = _table(text)
    return BelongsTo(table.words("instrument"), table.words("structure"))


def read_wording(text: str, structure: Instrument) -> Wording:
    """Read one wording pack for an instrument; raises ContentRefused with a sentence."""
    table = _table(text)
    _refuse_another_instrument(table, structure)
    licence, statement = _read_licence(table.table("licence"), structure)
    wording = Wording(
        instrument=structure.id,
        structure=structure.version,
        version=table.words("version"),
        licence=licence,
        statement=statement,
        languages=read_languages(table.table("languages"), structure),
        additions=read_additions(table, structure),
        authored_by=table.words("authored_by"),
        checked_by=table.words("checked_by"),
    )
    table.end()
    check_whole(structure, wording)
    return wording


def _table(text: str) -> Table:
    table = read_json(text, "wording", named_by="instrument")
    found = table.words("format")
    if found != FORMAT:
        raise table.refuse(f"format is {found[:40]!r}; this reads {FORMAT!r}")
    return table


def _refuse_another_instrument(table: Table, structure: Instrument) -> None:
    instrument, version = table.words("instrument"), table.words("structure")
    if instrument != structure.id:
        raise table.refuse(f"this is a wording of {instrument[:60]}, not of {structure.id}")
    if version != structure.version:
        raise table.refuse(
            f"this was made for version {version[:60]!r} of {structure.id}, "
            f"and the version here is {structure.version!r}"
        )


def _read_licence(one: Table, structure: Instrument) -> tuple[Licence, str]:
    """Whose leave; "expires": null says in so many words that it does not end."""
    needs_number = structure.rights.ships == "no"
    licence = Licence(
        holder=one.words("holder"),
        number=one.words("number") if needs_number else one.words_or("number"),
        expires=_day_or_null(one, "expires"),
        source=one.words("source"),
    )
    statement = one.words("statement")
    one.end()
    return licence, statement


def _day_or_null(one: Table, key: str) -> date | None:
    if not one.has(key):
        raise one.refuse(f"{key} is missing; write null when the licence does not end")
    if one.holds(key, type(None)):
        one.take(key, type(None), "null")
        return None
    return read_day(one, key)
