"""Choosing: every instrument of the library, whether a pack may ask it, and if not, why."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.definition import Ask, Part
from imparts.rules.packs.draft import Draft, Made, as_pack

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Choice:
    """One instrument as it may be chosen for a pack."""

    instrument: Instrument
    content_id: int
    why_not: str = ""


@dataclass(frozen=True)
class Shelf:
    """All instruments of the library on a day, each in the version that patients would be asked."""

    choices: tuple[Choice, ...]

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """Every instrument by its id."""
        return {choice.instrument.id: choice.instrument for choice in self.choices}

    @cached_property
    def by_key(self) -> dict[str, Choice]:
        """Every choice by its instrument's id."""
        return {choice.instrument.id: choice for choice in self.choices}


def shelf(*, on: date) -> Shelf:
    """Everything that there is, in the order of what it measures."""
    newest = library.newest_versions(ContentVersion.Kind.INSTRUMENT)
    asked = tuple(Ask(key) for key in newest)
    everything = as_pack(
        Draft(parts=(Part("everything", asked),)), Made("everything", "", "", on, on), {}
    )
    offered = library.instruments_for(everything, language=ENGLISH, on=on)
    why_not = dict(library.left_out_for(everything, language=ENGLISH, on=on))
    found = [
        Choice(
            instrument=library.instrument_of(offered.get(key, content).pk),
            content_id=offered.get(key, content).pk,
            why_not=why_not.get(key, ""),
        )
        for key, content in newest.items()
    ]
    found.sort(key=lambda one: (one.instrument.measures.lower(), one.instrument.short_title))
    return Shelf(tuple(found))


def matching(choices: tuple[Choice, ...], looked_for: str) -> tuple[Choice, ...]:
    """The choices whose names hold every word that was typed."""
    words = looked_for.lower().split()
    return tuple(one for one in choices if all(word in _said(one.instrument) for word in words))


def _said(instrument: Instrument) -> str:
    return " ".join(
        (instrument.id, instrument.title, instrument.short_title, instrument.measures,
         instrument.part)
    ).lower()  # fmt: skip
