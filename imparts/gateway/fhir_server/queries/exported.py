"""Rows of an export as lines of a file: a server-side cursor, a few thousand rows at a time.

Scores and their parts, which are most of an export, go by templates (export/templates.py): read as
plain values, with no object for each. Everything else is rendered as every read renders it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from imparts.gateway.fhir_server.export.templates import line_of
from imparts.gateway.fhir_server.queries import scored
from imparts.gateway.fhir_server.queries.exported_scores import READ, Parts, Wholes, as_values
from imparts.gateway.fhir_server.registry import Kind, Reader, rows_for

AT_ONCE = 4_000
Rows = QuerySet[Any]


def lines(kind: Kind, reader: Reader, *, since: datetime | None) -> Iterator[list[str]]:
    """The resources of one kind that a reader may see, each as a line, some thousand at a time."""
    writer = _WRITERS.get(kind.rows, _rendered)
    return writer(kind, reader, since)


def _rendered(kind: Kind, reader: Reader, since: datetime | None) -> Iterator[list[str]]:
    rows = _later(rows_for(kind, reader), kind, since)
    for some in _some(rows):
        yield [line_of(resource) for resource in kind.render(some, reader)]


def _wholes(kind: Kind, reader: Reader, since: datetime | None) -> Iterator[list[str]]:
    rows = _later(rows_for(kind, reader), kind, since)
    sorts = Wholes(lambda pks: kind.render(list(rows.filter(pk__in=pks)), reader))
    for some in _some(as_values(rows).values_list(*READ)):
        yield sorts.lines(some)


def _parts(kind: Kind, reader: Reader, since: datetime | None) -> Iterator[list[str]]:
    """Parts by their whole: the view of parts, joined with its own table, is read for ever."""
    is_form = kind.rows is scored.number_rows
    rows = _later(scored.with_parts(reader, is_form=is_form), kind, since)
    sorts = Parts(lambda found: kind.render(found, reader), rows, is_form=is_form)
    for some in _some(as_values(rows).values_list(*READ)):
        yield sorts.lines(some)


def _later(rows: Rows, kind: Kind, since: datetime | None) -> Rows:
    if since is None or not kind.stored:
        return rows
    return rows.filter(**{f"{kind.stored}__gt": since})


def _some(rows: Rows) -> Iterator[list[Any]]:
    found = rows.order_by().iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield some


_WRITERS: dict[Any, Callable[[Kind, Reader, datetime | None], Iterator[list[str]]]] = {
    scored.rows: _wholes,
    scored.part_rows: _parts,
    scored.number_rows: _parts,
}
