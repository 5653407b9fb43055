"""Oddities: forms of a table that the columns cannot say everything about, one by one.

Each becomes the request that it would be as a line of JSON, so that what is wrong with it is said
in the same words. A CSV cell is read as JSON reads a number; anything else in it is text.
"""

import json
from collections.abc import Mapping
from typing import Any

from imparts.bulk.columns import (
    CONTEXT,
    ID,
    INSTRUMENT,
    Layout,
    Result,
    context_columns,
    item_columns,
    refusal,
)
from imparts.bulk.places import FACT_WORDS
from imparts.rules.scoring.requests import REFUSALS, RequestRefused, RequestScorer, id_of

LONGEST_SHOWN = 100


class Oddities:
    """Scores or refuses single forms."""

    def __init__(self, requests: RequestScorer, layout: Layout, *, cells: bool) -> None:
        self._requests = requests
        self._layout = layout
        self._request = _request_of_cells if cells else _request

    def result(self, form: Mapping[str, Any]) -> Result:
        """The row that belongs to one form."""
        try:
            asked = self._request(self._requests, form)
            id_of(asked)
            return self._layout.of_result(self._requests.form(asked).result())
        except REFUSALS as refused:
            return refusal(str(refused))


def _request(requests: RequestScorer, form: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a typed table as a request; null is not answered, and not said."""
    asked: dict[str, Any] = {name: form[name] for name in (ID, INSTRUMENT) if name in form}
    asked["answers"] = {n: _plain(form[n]) for n in item_columns(form) if form[n] is not None}
    asked["context"] = {
        n.removeprefix(CONTEXT): form[n] for n in context_columns(form) if form[n] is not None
    }
    return asked


def _plain(value: Any) -> Any:
    """A value as JSON could hold it: a date or bytes are shown as text."""
    if isinstance(value, float) and value != value:
        raise RequestRefused("NaN is not a number; an answer that was not given is null")
    if isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)[:LONGEST_SHOWN]


def _request_of_cells(requests: RequestScorer, form: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a CSV as a request; an empty cell says nothing."""
    given = {name: cell for name, cell in form.items() if cell != ""}
    asked: dict[str, Any] = {name: given[name] for name in (ID, INSTRUMENT) if name in given}
    texts = _free_texts(requests, asked.get(INSTRUMENT))
    asked["answers"] = {
        name: given[name] if name in texts else _number(given[name]) for name in item_columns(given)
    }
    asked["context"] = {
        name.removeprefix(CONTEXT): bool(FACT_WORDS[cell]) if cell in FACT_WORDS else cell
        for name, cell in given.items()
        if name.startswith(CONTEXT)
    }
    return asked


def _free_texts(requests: RequestScorer, instrument: str | None) -> set[str]:
    found = requests.instruments.get(instrument or "")
    return {item.id for item in found.items if item.free_text} if found else set()


def _number(cell: str) -> Any:
    """2, 2.5, true and false as JSON reads them; any other cell as text."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return found if isinstance(found, int | float) and found == found else cell
