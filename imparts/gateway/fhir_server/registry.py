"""The registry: every type of resource that the server knows, and all that may be asked of it.

A file in `kinds` describes one type and registers it. The engine (search, reading, history,
transactions, `$everything`, export) and the CapabilityStatement are made from what is registered,
and from nothing else. A type may have several kinds: Observation has scores and physical measures.

    register(Kind(
        type="Flag",
        rows=queries.flags.rows,          # which rows this reader may see: the only door
        render=queries.flags.render,      # rows to resources, a page at a time
        person="patient_id",              # whose they are, for the audit and for launches
        stored="raised_at",               # when we stored it: _lastUpdated
        search={
            "subject": PatientReference(path="patient_id", element="subject"),
            "status": Token(finds=one_of({...})),
        },
    ))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from imparts.gateway.fhir_server.parameters import Param, number_key, uuid_key
from imparts.gateway.fhir_server.queries.named import records_of

if TYPE_CHECKING:
    from imparts.gateway.smart.principal import Principal

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and when: every query of the server takes one."""

    principal: "Principal"
    at: datetime
    named: frozenset[UUID] | None = None
    """Every record of the people that a search names; then it is asked once which may be seen."""
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was asked already for this one search."""

    @property
    def on(self) -> date:
        """The day on which it is asked, where the site is."""
        return timezone.localdate(self.at)

    def about(self, people: frozenset[UUID], known: dict[Any, Any]) -> "Reader":
        """The same reader, for a search that names some people by their records."""
        return replace(self, named=people, known=known)

    def once(self, key: Any, ask: Callable[[], Any]) -> Any:
        """An answer that stays the same for as long as one search takes."""
        if self.named is None:
            return ask()
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]

    @property
    def asking(self) -> Any:
        """The roles held today."""
        return self.principal.asking


class Version(NamedTuple):
    """One version of one resource: its number, when we stored it, by which verb, and what it was.

    `resource` is None for a version whose content is not kept.
    """

    number: str
    at: datetime
    method: str  # POST for the first, PUT afterwards
    resource: Json | None


@dataclass(frozen=True, slots=True)
class Story:
    """Rows of an append-only table, each of which made one version of a resource."""

    rows: Callable[[Reader], QuerySet[Any]]
    """Every row of the story; which of them this reader may see is decided by the kind's rows."""
    subject: str
    """The path from a row to the primary key of what it is about."""
    at: str
    """The path to when the row was stored."""
    render: Callable[[Sequence[Any], Reader], list[Version]]


class Written(NamedTuple):
    """What came of a create or an update: the id, and whether it is new.

    Where version 1 was stored at the reader's moment, `is_first` says so: it need not be read again
    for a client that prefers a minimal answer.
    """

    id: str
    is_new: bool
    is_first: bool = False


def uuid_or_nothing(written: str) -> Q | None:
    """The usual logical id: the row's own UUID; None for what cannot be one."""
    key = uuid_key(written)
    return Q(pk=key) if key is not None and str(key) == written.lower() else None


def number_or_nothing(written: str) -> Q | None:
    """A logical id that is a row's number."""
    key = number_key(written)
    return None if key is None else Q(pk=key)


def number_after(start: str) -> Callable[[str], Q | None]:
    """A logical id that is a row's number after a word: body-17."""

    def named(written: str) -> Q | None:
        word, _, number = written.partition("-")
        return number_or_nothing(number) if word == start else None

    return named


@dataclass(frozen=True)
class Kind:
    """One type of resource from one table, with all that may be asked of it."""

    type: str
    rows: Callable[[Reader], QuerySet[Any]]
    """Which rows this reader may see. Every read path passes it and nothing else."""
    render: Callable[[Sequence[Any], Reader], list[Json]]
    """One resource for each row, in order, each with its `id` and `meta`."""
    search: Mapping[str, Param] = field(default_factory=dict)
    person: str = ""
    """The path from a row to the patient's primary key; empty where it is about nobody."""
    ids: Callable[[str], Q | None] = uuid_or_nothing
    """Which row a logical id names; None when it cannot name one here."""
    stored: str = ""
    """The path to when we stored what stands there now: _lastUpdated; empty where nobody knows."""
    made: str = ""
    """The path to when the row came, where it never changes: later pages leave out newer rows."""
    sort: Mapping[str, str] = field(default_factory=dict)
    """Search parameters by which results may be sorted, with the path to the value."""
    story: Story | None = None
    is_settled: bool = False
    """Its rows are added and never changed: version 1 is the only one."""
    create: Callable[[Json, Reader], Written] | None = None
    update: Callable[[str, Json, Reader], Written] | None = None
    profiles: tuple[str, ...] = ()
    documentation: str = ""

    @property
    def has_versions(self) -> bool:
        """Whether vread and history are answered."""
        return self.story is not None or self.is_settled


_kinds: dict[str, list[Kind]] = {}


def register(kind: Kind) -> None:
    """Serve this kind from now on."""
    _kinds.setdefault(kind.type, []).append(kind)


@cache
def load_kinds() -> None:
    """Register every kind and operation that is served: each when its file is imported."""
    import_module("imparts.gateway.fhir_server.kinds.served")


def types() -> tuple[str, ...]:
    """Every type that is served, by name."""
    load_kinds()
    return tuple(sorted(_kinds))


def kinds_of(type_name: str) -> tuple[Kind, ...]:
    """The kinds of one type; empty for a type that is not served."""
    load_kinds()
    return tuple(_kinds.get(type_name, ()))


def parameters_of(type_name: str) -> dict[str, Param]:
    """The search parameters of one type, of all its kinds."""
    return {name: param for kind in kinds_of(type_name) for name, param in kind.search.items()}


def rows_for(kind: Kind, reader: Reader) -> QuerySet[Any]:
    """The rows of a kind that a reader may see: theirs, and only of the patient in context.

    This is the only place where `kind.rows` is called.
    """
    found = kind.rows(reader)
    if kind.person:
        found = found.annotate(_person=F(kind.person))
        if reader.principal.patient is not None:
            found = found.filter(_person__in=records_of([reader.principal.patient]))
    return found


def story_rows_for(kind: Kind, reader: Reader) -> QuerySet[Any]:
    """The rows of a kind's story that a reader may see: of what `rows_for` lets them see."""
    assert kind.story is not None
    subjects = rows_for(kind, reader).values("pk")
    return kind.story.rows(reader).filter(**{f"{kind.story.subject}__in": subjects})


def person_of(row: Any) -> UUID | None:
    """Whose a row is."""
    return getattr(row, "_person", None)
