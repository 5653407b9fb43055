"""Known: what packs and pathways may speak of, asked once for all files that are read together."""

from functools import cached_property

from imparts.library.queries.reading import form_keys, newest_instruments
from imparts.rules.instruments.definition import Instrument


class Known:
    """The library as it stands when the first of these is asked for."""

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """The newest version of every instrument, by its id."""
        return newest_instruments()

    @cached_property
    def forms(self) -> frozenset[str]:
        """The key of every questionnaire that was imported."""
        return form_keys()
