"""Whether two instruments say the same to patients: the validated wording is not edited."""

from collections.abc import Iterator
from itertools import zip_longest

from imparts.rules.instruments.definition import Instrument

CANNOT_BE_EDITED = "An instrument's wording cannot be edited; it ships with its own"


def words_for_patients(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Everything that a patient reads of an instrument, each text by its place."""
    yield "title", instrument.title
    yield "part", instrument.part
    yield "stem", instrument.stem
    yield "recall", instrument.recall
    yield "notice", instrument.rights.notice
    for item in instrument.items:
        yield item.id, item.text
        for option in item.options:
            yield f"{item.id}, answer {option.value}", option.label
        for value, said in sorted(item.anchors):
            yield f"{item.id}, anchor {value}", said


def first_difference(shipped: Instrument, other: Instrument) -> str:
    """The first place at which two instruments do not say the same; empty when they do."""
    for one, two in zip_longest(words_for_patients(shipped), words_for_patients(other)):
        if one != two:
            return str((one or two)[0])
    return ""
