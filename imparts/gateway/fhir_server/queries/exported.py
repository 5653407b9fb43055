"""Rows of an export as lines of a file: a server-side cursor, a few thousand rows at a time.

Scores, which are most of an export, go by templates (export/templates.py): read as plain values,
with no object for each. Everything else is rendered as every read renders it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from imparts.design.dates import local
from imparts.gateway.fhir.patient import meta
from imparts.gateway.fhir_server.export.templates import Template, line_of
from imparts.gateway.fhir_server.queries import scored
from imparts.gateway.fhir_server.queries.encounters import encounters_of
from imparts.gateway.fhir_server.registry import Kind, Reader, rows_for
from imparts.informatics.questionnaires.models import Answer, Invitation
from imparts.library import queries as library

AT_ONCE = 4_000
_MOST_TEMPLATES = 20_000
_OWN = ("pk", "response", "sitting", "patient_id", "completed_at", "_stored")
_SORT = (
    "content_id", "status", "band", "profile", "answered", "asked", "is_withdrawn", "_corrects",
    "_score", "_out_of", "_lower", "_upper", "_flags", "_subscales",
)  # fmt: skip
_AS_TEXT = ("score", "out_of", "lower", "upper", "flags", "subscales")


def lines(kind: Kind, reader: Reader, *, since: datetime | None) -> Iterator[list[str]]:
    """The resources of one kind that a reader may see, each as a line, some thousand at a time."""
    rows = rows_for(kind, reader)
    if since is not None and kind.stored:
        rows = rows.filter(**{f"{kind.stored}__gt": since})
    writer = _WRITERS.get(kind.rows, _rendered)
    return writer(kind, rows, reader)


def _rendered(kind: Kind, rows: QuerySet[Any], reader: Reader) -> Iterator[list[str]]:
    found = rows.order_by().iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield [line_of(resource) for resource in kind.render(some, reader)]


def _scores(kind: Kind, rows: QuerySet[Any], reader: Reader) -> Iterator[list[str]]:
    """Whole scores: each sort is rendered once, and all others of it are filled in."""
    sorts = Sorts(lambda pks: kind.render(list(rows.filter(pk__in=pks)), reader))
    as_text = {f"_{name}": Cast(name, TextField()) for name in _AS_TEXT}
    # Added by `rows`; `corrects_id` is only asked whether it is there.
    read = rows.annotate(**as_text, _corrects=F("corrects_id")).order_by()
    found = read.values_list(*_OWN, *_SORT).iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield sorts.lines(some)


class Sorts:
    """The templates of scores, made when the first of a sort comes."""

    def __init__(self, render: Callable[[list[int]], list[dict[str, Any]]]) -> None:
        self._render = render
        self._known: OrderedDict[tuple[Any, ...], Template] = OrderedDict()

    def lines(self, rows: Sequence[tuple[Any, ...]]) -> list[str]:
        """Each row as a line."""
        where = _where({row[2] for row in rows})
        told = _answers_told(rows)
        sorted_ = [
            (_sort(row, told.get(row[1], ()), bool(where.get(row[2]))), _differing(row, where))
            for row in rows
        ]
        self._learn(rows, sorted_)
        return [self._known[sort].fill(differing) for sort, differing in sorted_]

    def _learn(
        self, rows: Sequence[tuple[Any, ...]], sorted_: Sequence[tuple[Any, tuple[str, ...]]]
    ) -> None:
        """Render the first of each sort that is new; sorts of long ago are forgotten."""
        if len(self._known) > _MOST_TEMPLATES:
            self._known.clear()
        new: dict[tuple[Any, ...], tuple[str, tuple[str, ...]]] = {}
        picked = []
        for row, (sort, differing) in zip(rows, sorted_, strict=True):
            if sort not in self._known and sort not in new:
                new[sort] = (f"{row[1]}-score", differing)
                picked.append(row[0])
        if not picked:
            return
        by_id = {resource["id"]: line_of(resource) for resource in self._render(picked)}
        for sort, (own, differing) in new.items():
            self._known[sort] = Template(by_id[own], differing)


def _sort(row: tuple[Any, ...], told: tuple[Any, ...], has_encounter: bool) -> tuple[Any, ...]:
    corrected = row[len(_OWN) + _SORT.index("_corrects")] is not None
    at = len(_OWN) + _SORT.index("_corrects")
    return (*row[len(_OWN) : at], corrected, *row[at + 1 :], told, has_encounter)


def _differing(row: tuple[Any, ...], where: dict[UUID, str]) -> tuple[str, ...]:
    """What another score of the sort has otherwise; names stand with moments, or two may be one."""
    authored = local(row[4]).isoformat(timespec="seconds")
    stored = meta("1", row[5])["lastUpdated"]
    return (
        str(row[1]), str(row[3]), where.get(row[2], ""),
        f'"effectiveDateTime":"{authored}"', f'"lastUpdated":"{stored}"',
    )  # fmt: skip


def _where(sittings: Iterable[UUID]) -> dict[UUID, str]:
    booked = dict(Invitation.objects.filter(pk__in=sittings).values_list("pk", "appointment_id"))
    encounters = encounters_of(booked.values())
    return {pk: encounters.get(appointment, "") for pk, appointment in booked.items()}


def _answers_told(rows: Sequence[tuple[Any, ...]]) -> dict[UUID, tuple[Any, ...]]:
    """The answers of scores of which the row does not say all: then they are part of the sort."""
    unsure = [row[1] for row in rows if not _says_all(row)]
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    answers = Answer.objects.filter(response__in=unsure).order_by("item")
    for response, *told in answers.values_list("response", "item", "value", "declined"):
        found.setdefault(response, []).append(tuple(told))
    return {response: tuple(told) for response, told in found.items()}


def _says_all(row: tuple[Any, ...]) -> bool:
    content, status, _, _, answered, asked = row[len(_OWN) : len(_OWN) + 6]
    if status != "complete" or answered != asked:
        return False
    instrument = library.instrument_of(content)
    return instrument.scoring.method != "category" and answered == len(instrument.items)


_WRITERS: dict[Any, Callable[[Kind, QuerySet[Any], Reader], Iterator[list[str]]]] = {
    scored.rows: _scores
}
