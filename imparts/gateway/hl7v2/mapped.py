"""Mapped: what a destination wants otherwise in the segments themselves: codes and fields.

Codes by instrument are chosen where a segment is written; here is what holds for every message:
one code in place of another, and what is left out.
"""

from dataclasses import replace

from imparts.gateway.hl7v2.message import Component, Field, Message, Repetition, Segment
from imparts.rules.record.mapping import DestinationMapping, Substitution


def mapped(message: Message, mapping: DestinationMapping) -> Message:
    """The message as the destination wants it."""
    if not mapping.substitute and not mapping.leave_out:
        return message
    kept = (each for each in message.segments if not mapping.leaves_out(each.name))
    return Message(tuple(_segment(each, mapping) for each in kept))


def _segment(each: Segment, mapping: DestinationMapping) -> Segment:
    fields = [
        _field(f"{each.name}-{number}", field, mapping)
        for number, field in enumerate(each.fields, start=1)
    ]
    while fields and not fields[-1]:
        fields.pop()
    return replace(each, fields=tuple(fields))


def _field(place: str, field: Field, mapping: DestinationMapping) -> Field:
    if mapping.leaves_out(place):
        return ()
    for one in mapping.substitute:
        if one.field == place:
            field = tuple(_replaced(each, one) for each in field)
    return field


def _replaced(given: Repetition, one: Substitution) -> Repetition:
    """The code and its alternative, each replaced where it is the one that is meant."""
    triplets = [given[at : at + 3] for at in range(0, len(given), 3)]
    return tuple(part for triplet in triplets for part in _triplet(triplet, one))


def _triplet(triplet: Repetition, one: Substitution) -> Repetition:
    code, words, system = (*triplet, (), (), ())[:3]
    if (code, system) != ((one.code,), (one.system,)):
        return triplet
    said: Component = (one.to.text,) if one.to.text else words
    return ((one.to.code,), said, (one.to.system,))
