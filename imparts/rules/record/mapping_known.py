"""Known: whether every questionnaire, question and band that a mapping names is there.

A slip in a name would not be refused when the mapping is read, and its code would never be sent.
"""

from collections.abc import Collection, Mapping
from typing import Protocol

from imparts.rules.record.mapping import CodesOfInstrument, DestinationMapping, MappingRefused

MOST_NAMED = 12


class Known(Protocol):
    """What a mapping may name of one questionnaire (the questions, bands and parts of its file)."""

    @property
    def items(self) -> Collection[str]:
        """The ids of its questions."""

    @property
    def bands(self) -> Collection[str]:
        """The codes of its bands, and of its results in words."""

    @property
    def parts(self) -> Collection[str]:
        """The names of its subscales."""


def check_known(
    mapping: DestinationMapping, known: Mapping[str, Known], forms: Collection[str] = ()
) -> None:
    """Refuse by its place what no file has. `forms` are those of others, whose questions vary."""
    for key, codes in mapping.codes.items():
        if key in known:
            _check(key, codes, known[key])
        elif key not in forms:
            raise _refused(f"codes.{key}", "a questionnaire that is here", known)


def _check(key: str, codes: CodesOfInstrument, known: Known) -> None:
    named = (
        ("items", codes.items, known.items, "one of its questions"),
        ("bands", codes.bands, known.bands, "one of its bands"),
        ("parts", codes.parts, known.parts, "one of its parts"),
    )
    for kind, given, there, words in named:
        for name in given:
            if name not in there:
                raise _refused(f"codes.{key}.{kind}.{name}", words, there)


def _refused(place: str, words: str, there: Collection[str]) -> MappingRefused:
    shown = ", ".join(sorted(there)[:MOST_NAMED])
    rest = " and others" if len(there) > MOST_NAMED else ""
    return MappingRefused(f"{place} is not {words}: {shown or 'it has none'}{rest}.")
