"""Paging: which rows come next, after the last row of the page before, of all kinds of a type.

A page goes on where the last one ended: after its last sorted values and its last row. So what is
added or taken away meanwhile moves nothing from one page to another. Rows that came after the first
page was asked for are left out where a kind knows when its rows came.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from imparts.gateway.fhir_server.parameters import NOBODY
from imparts.gateway.fhir_server.registry import Kind

Value = str | int | None


@dataclass(frozen=True, slots=True)
class After:
    """Where the page before ended, and as of which moment the first one was asked."""

    values: tuple[Value, ...]
    kind: int
    pk: Value
    as_of: datetime


class Hit(NamedTuple):
    """One row of a page, with the kind that it is of."""

    kind: int
    row: Any
    values: tuple[Any, ...]


def paths(kind: Kind, sort: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The paths by which a kind is sorted, each with whether it goes down."""
    known = {"_id": "pk", "_lastUpdated": kind.stored, **kind.sort}
    return [(known[name], is_down) for name, is_down in sort]


def page(
    kinds: Sequence[tuple[Kind, QuerySet[Any]]],
    sort: Sequence[tuple[str, bool]],
    *,
    count: int,
    after: After | None,
    as_of: datetime,
) -> list[Hit]:
    """The next rows, and one more where there are more."""
    each = [
        _of_kind(place, kind, rows, sort, count=count + 1, after=after, as_of=as_of)
        for place, (kind, rows) in enumerate(kinds)
    ]
    downs = [is_down for _, is_down in sort]
    merged = heapq.merge(*each, key=lambda hit: _order(hit, downs))
    return [hit for hit, _ in zip(merged, range(count + 1), strict=False)]


def of_hit(hit: Hit, as_of: datetime) -> dict[str, Any]:
    """Where a page ended, for its cursor."""
    values = [_written(value) for value in hit.values]
    return {"v": values, "k": hit.kind, "p": _written(hit.row.pk), "m": as_of.isoformat()}


def after_of(said: dict[str, Any]) -> After:
    """Where a page ended, from its cursor."""
    return After(tuple(said["v"]), said["k"], said["p"], datetime.fromisoformat(said["m"]))


def _of_kind(
    place: int,
    kind: Kind,
    rows: QuerySet[Any],
    sort: Sequence[tuple[str, bool]],
    *,
    count: int,
    after: After | None,
    as_of: datetime,
) -> Iterator[Hit]:
    keys = paths(kind, sort)
    order = [
        F(path).desc(nulls_last=True) if is_down else F(path).asc(nulls_last=True)
        for path, is_down in keys
    ]
    if kind.made:
        rows = rows.filter(**{f"{kind.made}__lte": as_of})
    if after is not None:
        rows = rows.filter(_beyond(keys, after, place))
    annotated = {f"_sort{number}": F(path) for number, (path, _) in enumerate(keys)}
    for row in rows.annotate(**annotated).order_by(*order, "pk")[:count]:
        yield Hit(place, row, tuple(getattr(row, name) for name in annotated))


def _beyond(keys: Sequence[tuple[str, bool]], after: After, place: int) -> Q:
    """Rows after the last one; rows of equal values are told apart by kind, then by key."""
    found, same = NOBODY, Q()
    for (path, is_down), value in zip(keys, after.values, strict=True):
        if value is not None:
            way = "lt" if is_down else "gt"
            further = Q(**{f"{path}__{way}": value}) | Q(**{f"{path}__isnull": True})
            found |= same & further
            same &= Q(**{path: value})
        else:
            same &= Q(**{f"{path}__isnull": True})
    if place == after.kind:
        found |= same & Q(pk__gt=after.pk)
    elif place > after.kind:
        found |= same
    return found


@dataclass(frozen=True, slots=True, order=False)
class _Down:
    value: Any = field(default=None)

    def __lt__(self, other: "_Down") -> bool:
        return bool(other.value < self.value)


def _order(hit: Hit, downs: Sequence[bool]) -> tuple[Any, ...]:
    parts: list[Any] = []
    for value, is_down in zip(hit.values, downs, strict=True):
        parts.append(value is None)
        if value is None:
            parts.append(0)
        else:
            parts.append(_Down(value) if is_down else value)
    return (*parts, hit.kind)


def _written(value: Any) -> Value:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value
