"""Search parameters: what each kind of parameter means, as a condition on rows.

token       system|code, |code, system|, code; with :not
string      begins like it, whatever the case; with :exact and :contains
reference   Type/id, id or our own address; with :identifier, and chained as name.identifier
date        eq ne gt lt ge le sa eb ap, on days, moments and periods, with partial dates
uri         exactly this address, with or without |version

What a token means for rows is said by a finder: the usual ones are in finders.py.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from imparts.gateway.fhir_server import moments
from imparts.gateway.fhir_server.queries import named

if TYPE_CHECKING:
    from imparts.gateway.fhir_server.registry import Reader

NOBODY = Q(pk__in=[])


class Code(NamedTuple):
    """A token as it was asked: `system` is None where none was said, "" where none is meant."""

    system: str | None
    code: str


def code_of(written: str) -> Code:
    """system|code, |code, system| or code."""
    system, bar, code = written.partition("|")
    return Code(system, code) if bar else Code(None, written)


Finds = Callable[[Code, "Reader"], Q]
"""What a code that was asked means for rows."""


@dataclass(frozen=True)
class Param(ABC):
    """One search parameter. Subclasses say what a value means."""

    type = "string"
    modifiers: frozenset[str] = frozenset()
    documentation: str = field(default="", kw_only=True)
    example: str = field(default="", kw_only=True)

    @abstractmethod
    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        """What one value asks of a row."""

    def any_of(self, values: Sequence[str], modifier: str, reader: "Reader") -> Q:
        """Values with commas between them: one of them is enough."""
        found = Q()
        for value in values:
            found |= self.condition(value, modifier, reader)
        return found


@dataclass(frozen=True)
class Token(Param):
    """A code; `finds` turns system and code into a condition."""

    type = "token"
    modifiers: frozenset[str] = frozenset({"not"})
    finds: Finds = field(kw_only=True)

    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        return self.finds(code_of(value), reader)

    def any_of(self, values: Sequence[str], modifier: str, reader: "Reader") -> Q:
        found = super().any_of(values, modifier, reader)
        return ~found if modifier == "not" else found


@dataclass(frozen=True)
class Text(Param):
    """A string in one of some columns."""

    type = "string"
    modifiers: frozenset[str] = frozenset({"exact", "contains"})
    paths: tuple[str, ...] = field(kw_only=True)

    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        way = {"exact": "exact", "contains": "icontains"}.get(modifier, "istartswith")
        found = Q()
        for path in self.paths:
            found |= Q(**{f"{path}__{way}": value})
        return found


@dataclass(frozen=True)
class Uri(Param):
    """An address; `finds` turns it into a condition."""

    type = "uri"
    finds: Callable[[str, "Reader"], Q] = field(kw_only=True)

    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        return self.finds(value, reader)


@dataclass(frozen=True)
class Date(Param):
    """When: a column of days (`of="day"`) or moments, or two columns, from and to."""

    type = "date"
    path: str = field(kw_only=True)
    of: str = field(default="moment", kw_only=True)
    until: str = field(default="", kw_only=True)
    """The path to the end of a period, where it is one; an empty end is still to come."""

    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        asked = moments.asked(value)
        ends = moments.as_days if self.of == "day" else moments.as_moments
        return moments.condition(self.path, self.until or self.path, asked, ends, at=reader.at)


@dataclass(frozen=True)
class Reference(Param):
    """Which other resource: by type and id. `element` is where it stands in the resource."""

    type = "reference"
    path: str = field(default="", kw_only=True)
    element: str = field(kw_only=True)
    """Where the resource holds the reference, for _include: "subject", "participant.actor"."""
    targets: tuple[str, ...] = field(kw_only=True)
    keys: Callable[[str], Any] = field(default=lambda written: written, kw_only=True)
    """A logical id as the column holds it; None when nothing there can have it."""
    finds: Callable[[str, str, "Reader"], Q] | None = field(default=None, kw_only=True)
    """In place of `path`: type and id to a condition."""

    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        kind, logical_id = self.named(value, modifier)
        if kind not in ("", *self.targets):
            return NOBODY
        return self.of_ids([logical_id], kind or self.targets[0], reader)

    def of_ids(self, ids: Sequence[str], kind: str, reader: "Reader") -> Q:
        """Rows that refer to one of some resources of one type."""
        if self.finds is not None:
            found = Q()
            for logical_id in ids:
                found |= self.finds(kind, logical_id, reader)
            return found if ids else NOBODY
        keys = [key for each in ids if (key := self.keys(each)) is not None]
        return Q(**{f"{self.path}__in": keys})

    def named(self, value: str, modifier: str) -> tuple[str, str]:
        """Type (perhaps empty) and id of a reference as it was asked."""
        parts = value.split("|")[0].rstrip("/").split("/")
        kind = parts[-2] if len(parts) > 1 else modifier
        if modifier and kind != modifier:
            return "-", ""
        return kind, parts[-1]


def uuid_key(written: str) -> UUID | None:
    """A logical id as a UUID."""
    try:
        return UUID(written)
    except ValueError:
        return None


def number_key(written: str) -> int | None:
    """A logical id as a number of a row."""
    is_number = written.isascii() and written.isdigit() and len(written) < 19
    return int(written) if is_number else None


@dataclass(frozen=True)
class PatientReference(Reference):
    """A reference to a person. Every record of one person counts, whichever of them is named."""

    targets: tuple[str, ...] = field(default=("Patient",), kw_only=True)
    modifiers: frozenset[str] = frozenset({"identifier", "Patient"})

    def condition(self, value: str, modifier: str, reader: "Reader") -> Q:
        if modifier == "identifier":
            system, code = code_of(value)
            return Q(**{f"{self.path}__in": named.with_number(system, code)})
        return super().condition(value, modifier, reader)

    def of_ids(self, ids: Sequence[str], kind: str, reader: "Reader") -> Q:
        return Q(**{f"{self.path}__in": self.records(ids, reader)})

    def records(self, ids: Sequence[str], reader: "Reader") -> list[UUID]:
        """Every record of the people whom some ids name."""
        found = _keys(ids)
        records: list[UUID] = reader.once(found, lambda: named.records_of(found))
        return records

    def naming(self, ids: Sequence[str], reader: "Reader") -> "Reader":
        """The reader, told that a search names these people."""
        records = self.records(ids, reader)
        return reader.about(frozenset(records), {_keys(ids): records})


def _keys(ids: Sequence[str]) -> tuple[UUID, ...]:
    return tuple(key for each in ids if (key := uuid_key(each)) is not None)


def of_person(path: str, element: str = "subject") -> dict[str, Param]:
    """`patient` and `subject`: whose a row is."""
    whose = PatientReference(path=path, element=element)
    return {"patient": whose, "subject": whose}


def to_number(target: str, path: str, element: str) -> Reference:
    """A reference to a type whose ids are numbers of rows."""
    return Reference(
        path=path, element=element, targets=(target,), keys=number_key, example=f"{target}/1"
    )


def to_uuid(target: str, path: str, element: str) -> Reference:
    """A reference to a type whose ids are UUIDs of rows."""
    return Reference(path=path, element=element, targets=(target,), keys=uuid_key)
