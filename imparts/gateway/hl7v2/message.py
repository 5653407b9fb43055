"""Messages: HL7 v2 text to segments, fields, repetitions and components, and back.

Fields are counted as the standard counts them (MSH-1 is the field separator itself), so that code
can be read beside the standard:

    obx = segment("OBX", {1: "1", 2: "NM", 3: ("44261-6", "PHQ-9 total", "LN"), 5: "12", 11: "F"})
    obx.text(3, component=2)  ->  "PHQ-9 total"

Values are held as they were meant, without escapes; writing escapes them (escapes.py). What is
written always uses the usual delimiters; what is read may declare others.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from imparts.gateway.hl7v2.escapes import DELETE, MessageRefused, escaped, unescaped

Component = tuple[str, ...]  # its subcomponents
Repetition = tuple[Component, ...]
Field = tuple[Repetition, ...]

# What may be given for a field: a text, components, or a list of repetitions of either.
Composite = tuple["str | Component", ...]
Given = str | Composite | list[str | Composite]

_USUAL = "|^~\\&"
_HEADER = "MSH"
_ENDS = ("\r\n", "\n")  # of a segment, besides CR: not allowed by the standard, and common
_T = TypeVar("_T", bound=Sequence[object])


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its name and its fields, the first at fields[0]."""

    name: str
    fields: tuple[Field, ...]

    def field(self, number: int) -> Field:
        """A field by its number in the standard; empty when it is not there."""
        return self.fields[number - 1] if number <= len(self.fields) else ()

    def text(self, number: int, *, component: int = 1, repetition: int = 1, part: int = 1) -> str:
        """One value, or "" when it is not there or is an instruction to delete."""
        repetitions = self.field(number)
        components = _nth(repetitions, repetition)
        parts = _nth(components, component)
        value = parts[part - 1] if part <= len(parts) else ""
        return "" if value == DELETE else value

    def count(self, number: int) -> int:
        """How many repetitions a field has."""
        return len(self.field(number))

    def is_deleted(self, number: int) -> bool:
        """Does the sender ask to delete what is held of this field?"""
        return self.field(number) == (((DELETE,),),)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its segments in order, the header first."""

    segments: tuple[Segment, ...]

    @property
    def header(self) -> Segment:
        """MSH."""
        return self.segments[0]

    def first(self, name: str) -> Segment | None:
        """The first segment of this name."""
        return next(iter(self.every(name)), None)

    def every(self, name: str) -> tuple[Segment, ...]:
        """Every segment of this name, in order."""
        return tuple(each for each in self.segments if each.name == name)


def segment(name: str, given: Mapping[int, Given]) -> Segment:
    """A segment from its fields by number; what is not given is empty."""
    last = max(given, default=0)
    fields = [_field(given[number]) if number in given else () for number in range(1, last + 1)]
    return _segment(name, fields)


def header(given: Mapping[int, Given]) -> Segment:
    """MSH from field 3 on; the first two say which delimiters are used, and are always the same."""
    usual = {1: _USUAL[0], 2: _USUAL[1:]}
    return segment(_HEADER, {**given, **usual})


def write_message(message: Message) -> str:
    """The text of a message, each segment ended by CR."""
    return "".join(_written(each) + "\r" for each in message.segments)


def read_message(text: str) -> Message:
    """Read a text; MessageRefused says which segment is wrong, by number and never by content."""
    if "\0" in text:
        raise MessageRefused("the message holds a NUL character")
    for end in _ENDS:
        text = text.replace(end, "\r")
    lines = [line for line in text.split("\r") if line]
    if not lines or not lines[0].startswith(_HEADER):
        raise MessageRefused("the message does not begin with MSH")
    delimiters = _Delimiters.declared_by(lines[0])
    return Message(
        tuple(delimiters.segment(line, number) for number, line in enumerate(lines, start=1))
    )


class _Delimiters:
    """The characters by which one message is divided."""

    def __init__(self, declared: str) -> None:
        self.field, self.component, self.repetition, _, self.part = tuple(declared)
        self._letters = dict(zip("FSRET", (*declared[:3], "\\", declared[4]), strict=True))
        # Most fields hold one plain value, most components too: to see that is half the work.
        self._has_more = re.compile(f'[{re.escape(declared[1:])}"]').search
        self._has_parts = re.compile(f'[{re.escape(declared[3:])}"]').search

    @classmethod
    def declared_by(cls, line: str) -> "_Delimiters":
        """Read MSH-1 and MSH-2."""
        declared = line[3:4] + line[4:].split(line[3:4] or "|", 1)[0][:4]
        if len(declared) < 5 or len(set(declared)) < 5 or not all(map(_may_divide, declared)):
            raise MessageRefused("MSH-1 and MSH-2 do not name five different delimiters")
        if declared[3] != "\\":
            raise MessageRefused("MSH-2 names another escape character than the backslash")
        return _delimiters(declared)

    def segment(self, line: str, number: int) -> Segment:
        """One line as a segment."""
        name, *fields = line.split(self.field)
        if len(name) != 3 or not (name.isascii() and name.isalnum() and name.isupper()):
            raise MessageRefused(f"segment {number} does not begin with a segment name")
        if name == _HEADER:
            if number > 1:
                raise MessageRefused(f"segment {number} is a second MSH")
            declared: list[Field] = [(((self.field,),),), (((fields[0],),),)]
            return _segment(name, [*declared, *map(self._field, fields[1:])])
        return _segment(name, [self._field(each) for each in fields])

    def _field(self, written: str) -> Field:
        if not written:
            return ()
        if not self._has_more(written):
            return (((written,),),)
        return _trimmed(
            [
                _trimmed([self._component(each) for each in repetition.split(self.component)])
                for repetition in written.split(self.repetition)
            ]
        )

    def _component(self, written: str) -> Component:
        if not self._has_parts(written):
            return (written,) if written else ()
        return _trimmed([unescaped(each, self._letters) for each in written.split(self.part)])


@lru_cache(maxsize=32)
def _delimiters(declared: str) -> _Delimiters:
    return _Delimiters(declared)


def _may_divide(char: str) -> bool:
    return char.isascii() and char.isprintable() and not char.isalnum() and char not in ' "'


def _written(each: Segment) -> str:
    if each.name == _HEADER:
        return "|".join([_HEADER, _USUAL[1:], *(_written_field(f) for f in each.fields[2:])])
    return "|".join([each.name, *(_written_field(field) for field in each.fields)])


def _written_field(field: Field) -> str:
    if not field:
        return ""
    return "~".join(
        ["^".join([_written_component(each) for each in repetition]) for repetition in field]
    )


def _written_component(component: Component) -> str:
    if len(component) == 1:  # as nearly all have; a result has hundreds
        return escaped(component[0])
    return "&".join([escaped(part) for part in component])


def _segment(name: str, fields: Iterable[Field]) -> Segment:
    return Segment(name, _trimmed(fields))


def _field(given: Given) -> Field:
    if isinstance(given, str):
        return (((given,),),) if given else ()
    repetitions = given if isinstance(given, list) else [given]
    return _trimmed([_repetition(each) for each in repetitions])


def _repetition(given: str | Composite) -> Repetition:
    if isinstance(given, str):
        return _trimmed([_component(given)])
    return _trimmed([_component(each) for each in given])


def _component(given: str | Component) -> Component:
    if isinstance(given, str):
        return (given,) if given else ()
    return _trimmed(given)


def _trimmed(values: Iterable[_T]) -> tuple[_T, ...]:
    """Without the empty ones at the end, so that one meaning has one form."""
    kept = list(values)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _nth(values: Sequence[tuple[_T, ...]], number: int) -> tuple[_T, ...]:
    return values[number - 1] if number <= len(values) else ()
