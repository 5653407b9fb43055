"""Masking: a message as trust IT may see it, its shape whole and nobody's facts in it.

Whoever looks after a connection needs to see which fields are filled and how, and sees no patients.
What says how a message is built (types, codes, ids of messages, authorities of numbers) stays as it
is. Everything else keeps its length and its marks only: letters become x and X, digits 9. A field
that is not named here is masked, so that what is new or odd is never shown by mistake.
"""

from imparts.gateway.hl7v2.escapes import DELETE, MessageRefused
from imparts.gateway.hl7v2.message import (
    Component,
    Field,
    Message,
    Repetition,
    Segment,
    read_message,
    write_message,
)

_ALL = frozenset(range(1, 200))
# Fields that are shown as they are, by the numbers of the standard.
_SHOWN: dict[str, frozenset[int]] = {
    "MSH": _ALL - {8},
    "EVN": frozenset({1, 2, 4, 6}),
    "MSA": frozenset({1, 2}),
    "ERR": frozenset({2, 3, 4}),
    "PID": frozenset({1}),
    "PV1": frozenset({1, 2, 10}),
    "ORC": frozenset({1, 2, 3, 5}),
    "OBR": frozenset({1, 2, 3, 4, 25}),
    "OBX": frozenset({1, 2, 3, 4, 6, 8, 11, 17}),
    "TXA": frozenset({1, 2, 3, 12, 13, 17}),
    "SCH": frozenset({1, 2, 6, 7, 8, 25}),
    "RGS": frozenset({1, 2, 3}),
    "AIS": frozenset({1, 2, 3}),
    "DG1": frozenset({1, 2, 6}),
}
# Components that say what a masked value is: who issues a number, and of which kind it is.
_SHOWN_COMPONENTS: dict[tuple[str, int], frozenset[int]] = {
    ("PID", 3): frozenset({4, 5}),
    ("PID", 5): frozenset({7}),
    ("PID", 11): frozenset({7}),
    ("MRG", 1): frozenset({4, 5}),
    ("PV1", 19): frozenset({4, 5}),
}


def masked(text: str) -> str:
    """One message with nobody in it, a segment a line; a message that cannot be read, wholly so."""
    try:
        message = read_message(text)
    except MessageRefused:
        return "\n".join(_masked(line) for line in text.replace("\r", "\n").splitlines())
    shown = Message(tuple(_segment(each) for each in message.segments))
    return write_message(shown).replace("\r", "\n").rstrip("\n")


def _segment(segment: Segment) -> Segment:
    fields = tuple(
        _field(segment.name, number, field) for number, field in enumerate(segment.fields, start=1)
    )
    return Segment(segment.name, fields)


def _field(name: str, number: int, field: Field) -> Field:
    if number in _SHOWN.get(name, frozenset()):
        return field
    kept = _SHOWN_COMPONENTS.get((name, number), frozenset())
    return tuple(_repetition(each, kept) for each in field)


def _repetition(repetition: Repetition, kept: frozenset[int]) -> Repetition:
    return tuple(
        component if number in kept else _component(component)
        for number, component in enumerate(repetition, start=1)
    )


def _component(component: Component) -> Component:
    return tuple(part if part == DELETE else _masked(part) for part in component)


def _masked(value: str) -> str:
    return "".join(_mark(char) for char in value)


def _mark(char: str) -> str:
    if char.isdigit():
        return "9"
    if char.isalpha():
        return "X" if char.isupper() else "x"
    return char if char.isascii() else "x"
