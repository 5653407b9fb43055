"""The shipped instrument files, and what the clinical reference says of each, for tests only."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument

REFERENCE = Path(__file__).parent / "reference"
SHIPPED = Path(__file__).parents[2] / "imparts" / "content" / "instruments"


@cache
def every() -> dict[str, Instrument]:
    """Every instrument of the library by its id, with wording or without."""
    found = [read_instrument(path.read_text("utf-8")) for path in SHIPPED.rglob("*.toml")]
    return {instrument.id: instrument for instrument in found}


@cache
def shipped() -> dict[str, Instrument]:
    """Every instrument that ships with its wording, by its id."""
    return {name: one for name, one in every().items() if one.has_wording}


@cache
def structures() -> dict[str, Instrument]:
    """Every instrument that ships as a structure without wording, by its id."""
    return {name: one for name, one in every().items() if not one.has_wording}


@cache
def reference() -> dict[str, dict[str, Any]]:
    """Every instrument of the reference, as JSON."""
    whole = json.loads((REFERENCE / "instruments.json").read_text("utf-8"))
    return {one["id"]: one for one in whole["instruments"]}


@cache
def with_cases() -> tuple[str, ...]:
    """The ids of the instruments that have worked cases."""
    return tuple(name for name, one in reference().items() if one["worked_cases"])
