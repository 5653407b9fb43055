"""Licences of wordings, in words: whose, and for how long yet."""

from datetime import date

from imparts.design.dates import day
from imparts.design.words import counted
from imparts.library.queries.reading import wording_of
from imparts.rules.instruments.definition import Licence


def licence_line(content_id: int, *, on: date) -> str:
    """A wording's licence in a sentence; the day that it names is the last that it holds on."""
    licence = wording_of(content_id).licence
    number = f", number {licence.number}" if licence.number else ""
    return f"Licence from {licence.holder}{number}: {_how_long(licence, on=on)}."


def _how_long(licence: Licence, *, on: date) -> str:
    if licence.expires is None:
        return "without an end"
    left = (licence.expires - on).days
    if left < 0:
        return f"ended on {day(licence.expires)}"
    if left == 0:
        return "ends today; today it still holds"
    return f"ends on {day(licence.expires)}, in {counted(left, 'day')}"
