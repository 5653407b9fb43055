"""Scores and their parts as lines by templates: each sort is rendered once, the others filled in.

A sort is everything of which the resource is made but whose it is and when: the version of the
questionnaire, the numbers, the marks. Where the row does not say all (answers are missing, or the
result is a category), the answers belong to the sort too.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BigIntegerField, F, Func, QuerySet, TextField
from django.db.models.functions import Cast

from imparts.gateway.fhir_server.export.templates import Template, line_of
from imparts.gateway.fhir_server.queries.encounters import encounters_of_sittings
from imparts.gateway.fhir_server.registry import Json
from imparts.informatics.questionnaires.models import Answer
from imparts.informatics.results.models import ScorePart
from imparts.library import queries as library

Row = tuple[Any, ...]
_MOST_TEMPLATES = 20_000
_OWN = ("pk", "_response", "sitting", "_patient", "_completed", "_stored_at")
_SORT = (
    "content_id", "status", "answered", "asked", "is_withdrawn", "_is_correction", "band",
    "profile", "_score", "_out_of", "_lower", "_upper", "_flags", "_subscales",
)  # fmt: skip
READ = (*_OWN, *_SORT)
_FIRST = len(_OWN)
_AS_TEXT = ("response", "patient", "score", "out_of", "lower", "upper", "flags", "subscales")


def as_values(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What is read of each, mostly as text: making objects of it would cost more than the rest."""
    texts = {f"_{name}": Cast(name, TextField()) for name in _AS_TEXT}
    return rows.annotate(
        **texts,
        _is_correction=F("corrects_id"),
        _completed=_microseconds("completed_at"),
        _stored_at=_microseconds("_stored"),
    )


def _microseconds(path: str) -> Any:
    """A moment as a whole number, which costs little to read."""
    epoch = Func(F(path), template="extract(epoch from %(expressions)s) * 1000000")
    return Cast(epoch, BigIntegerField())


class _Sorts(ABC):
    """Templates by sort. What is rendered when a new sort comes, those below say."""

    def __init__(self) -> None:
        self._known: dict[Row, Template] = {}

    def lines(self, rows: Sequence[Row]) -> list[str]:
        """Each resource of the rows as a line."""
        if len(self._known) > _MOST_TEMPLATES:
            self._known.clear()
        where = encounters_of_sittings(row[2] for row in rows)
        told = _answers_told(rows)
        wanted: list[tuple[Row, tuple[str, ...]]] = []
        new: dict[Row, tuple[Row, str, tuple[str, ...]]] = {}
        for row in rows:
            encounter = where.get(row[2], "")
            differing = _differing(row, encounter)
            base = (*row[_FIRST:], told.get(row[1], ()), bool(encounter))
            for name in self._names(row):
                sort = (*base, name)
                wanted.append((sort, differing))
                if sort not in self._known and sort not in new:
                    new[sort] = (row, name, differing)
        if new:
            self._learn(new)
        known = self._known
        return [known[sort].fill(differing) for sort, differing in wanted]

    def _learn(self, new: Mapping[Row, tuple[Row, str, tuple[str, ...]]]) -> None:
        rendered = self._rendered([(row, name) for row, name, _ in new.values()])
        by_id = {resource["id"]: line_of(resource) for resource in rendered}
        for sort, (row, name, differing) in new.items():
            self._known[sort] = Template(by_id[f"{row[1]}-{name}"], differing)

    @abstractmethod
    def _names(self, row: Row) -> Iterable[str]:
        """What follows the response in the id of each resource of a row."""

    @abstractmethod
    def _rendered(self, firsts: Sequence[tuple[Row, str]]) -> list[Json]:
        """The first resource of each new sort."""


class Wholes(_Sorts):
    """Whole scores."""

    def __init__(self, render: Callable[[list[int]], list[Json]]) -> None:
        super().__init__()
        self._render = render

    def _names(self, row: Row) -> Iterable[str]:
        return ("score",)

    def _rendered(self, firsts: Sequence[tuple[Row, str]]) -> list[Json]:
        return self._render([row[0] for row, _ in firsts])


class Parts(_Sorts):
    """Parts of scores, and numbers of forms: each is known by the letters of its id."""

    def __init__(
        self,
        render: Callable[[list[ScorePart]], list[Json]],
        rows: QuerySet[Any],
        *,
        is_form: bool,
    ) -> None:
        super().__init__()
        self._render, self._rows, self._is_form = render, rows, is_form

    def _names(self, row: Row) -> Iterable[str]:
        return (slug for slug, _, _ in _parts(row[-1], self._is_form))

    def _rendered(self, firsts: Sequence[tuple[Row, str]]) -> list[Json]:
        wholes = {one.pk: one for one in self._rows.filter(pk__in={row[0] for row, _ in firsts})}
        found = []
        for row, wanted in firsts:
            for slug, place, name in _parts(row[-1], self._is_form):
                if slug == wanted:
                    part = ScorePart(score=wholes[row[0]], place=place, name=name, slug=slug)
                    part._stored = wholes[row[0]]._stored
                    found.append(part)
        return self._render(found)


@lru_cache(maxsize=50_000)
def _parts(subscales: str, is_form: bool) -> tuple[tuple[str, int, str], ...]:
    """Slug, place and name of each part, as the view of parts has them."""
    names = [str(one.get("name") or "") for one in json.loads(subscales)]
    return tuple(
        (f"number-{place}" if is_form else re.sub("[^A-Za-z0-9.-]", "-", name), place, name)
        for place, name in enumerate(names, 1)
    )


def _differing(row: Row, encounter: str) -> tuple[str, ...]:
    """What another score of the sort has otherwise. Moments stand with their names: two of them
    may be the same."""
    return (
        row[1], row[3], encounter,
        f'"effectiveDateTime":"{_authored(row[4])}"', f'"lastUpdated":"{_instant(row[5])}"',
    )  # fmt: skip


def _authored(microseconds: int) -> str:
    """As observation.py writes it: by the clock on the wall, to the second."""
    moment = datetime.fromtimestamp(microseconds // 1_000_000, tz=_here())
    return moment.isoformat(timespec="seconds")


def _instant(microseconds: int) -> str:
    """As every resource's meta writes it; made without a fraction, which could be rounded."""
    seconds, rest = divmod(microseconds, 1_000_000)
    moment = datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=rest)
    return moment.isoformat(timespec="milliseconds")


@lru_cache(maxsize=1)
def _here() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _answers_told(rows: Sequence[Row]) -> dict[str, Row]:
    """The answers of scores of which the row does not say all, by the text of the response."""
    unsure = {row[1] for row in rows if not _says_all(*row[_FIRST : _FIRST + 4])}
    found: dict[str, list[Row]] = {}
    answers = Answer.objects.filter(response__in=unsure).order_by("item")
    read = answers.annotate(_response=Cast("response", TextField()))
    for response, *told in read.values_list("_response", "item", "value", "declined"):
        found.setdefault(response, []).append(tuple(told))
    return {response: tuple(told) for response, told in found.items()}


@lru_cache(maxsize=10_000)
def _says_all(content: int, status: str, answered: int, asked: int) -> bool:
    if status != "complete" or answered != asked:
        return False
    instrument = library.instrument_of(content)
    return instrument.scoring.method != "category" and answered == len(instrument.items)
