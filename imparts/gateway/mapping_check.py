"""Checking a mapping before it is used: it can be read, and it names nothing that is not there."""

from dataclasses import dataclass
from typing import Any

from imparts.library import queries as library
from imparts.rules.instruments.definition import Instrument
from imparts.rules.record.mapping import DestinationMapping
from imparts.rules.record.mapping_known import check_known
from imparts.rules.record.mapping_reading import read_mapping


@dataclass(frozen=True, slots=True)
class _Named:
    """What may be named of one instrument."""

    items: frozenset[str]
    bands: frozenset[str]
    parts: frozenset[str]

    @classmethod
    def of(cls, instrument: Instrument) -> "_Named":
        """Its questions, its bands with those of its parts, and its parts."""
        parts = instrument.scoring.subscales
        bands = {one.code for one in instrument.bands}
        bands |= {one.code for one in instrument.categories}
        bands |= {one.code for part in parts for one in part.bands}
        return cls(
            frozenset(item.id for item in instrument.items),
            frozenset(bands),
            frozenset(part.name for part in parts),
        )


def checked_mapping(given: Any) -> DestinationMapping:
    """A mapping that was typed; MappingRefused says which place is wrong and what may stand there.

    What is stored is read without this: a questionnaire that is gone must not stop what waits.
    """
    mapping = read_mapping(given)
    if mapping.codes:
        known = {key: _Named.of(one) for key, one in library.newest_instruments().items()}
        check_known(mapping, known, library.form_keys())
    return mapping
