"""Said: one field of a message as a value, as an order to delete, or as nothing said at all.

A field that is left out says nothing: what is held stays. A field of two double quotes says that
what is held is to go. The two are never mistaken for each other: the first is None, the second is
DELETED, and a type checker asks whoever reads a field what is to be done about each.
"""

from enum import Enum
from typing import TypeAlias, TypeVar

from imparts.gateway.hl7v2.escapes import DELETE, MessageRefused
from imparts.gateway.hl7v2.message import Component, Repetition, Segment

_T = TypeVar("_T")


class Deleted(Enum):
    """The order to delete what is held."""

    DELETED = '""'


DELETED = Deleted.DELETED
Said: TypeAlias = _T | Deleted | None


class Unreadable(MessageRefused):
    """A field that cannot be read: a sentence that quotes none of it, and its place (PID-7)."""

    def __init__(self, words: str, *, where: str) -> None:
        super().__init__(words)
        self.where = where


def trimmed(segment: Segment, number: int, *, component: int = 1) -> str:
    """A field as text, without spaces around it; "" when it is not there, or is to be deleted."""
    return segment.text(number, component=component).strip(" ")


def words_of(segment: Segment, number: int, *, component: int = 1) -> Said[str]:
    """A field as text without spaces around it, the order to delete it, or nothing."""
    if segment.is_deleted(number):
        return DELETED
    return trimmed(segment, number, component=component) or None


def part(repetition: Repetition, number: int, *, subcomponent: int = 1) -> str:
    """One component of a repetition as text; "" when it is not there, or is to be deleted."""
    found: Component = repetition[number - 1] if number <= len(repetition) else ()
    value = found[subcomponent - 1] if subcomponent <= len(found) else ""
    return "" if value == DELETE else value.strip(" ")


def is_order_to_delete(repetition: Repetition) -> bool:
    """Is this repetition two double quotes and nothing else?"""
    return repetition == ((DELETE,),)


def at_most(text: str, length: int, *, where: str, what: str) -> str:
    """The text when it can be kept as it is; a longer one, or one with line breaks, is refused."""
    if len(text) > length:
        raise Unreadable(f"{what} is longer than {length} characters.", where=where)
    if any(char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029" for char in text):
        raise Unreadable(f"{what} holds a line break or a control character.", where=where)
    return text
