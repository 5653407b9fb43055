"""Lines: one JSON object a line in, one line out for each line in, whatever it holds.

A line that cannot be scored becomes {"id": ..., "error": "..."} with a sentence. NaN is not a
number, and a key that stands twice is refused, because one of the two would be lost in silence.
"""

import json
from collections.abc import Mapping
from typing import Any

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.quick.scorer import REMEMBERED
from imparts.rules.scoring.requests import REFUSALS, Form, Id, RequestRefused, RequestScorer, id_of


class LineScorer:
    """Scores lines one by one; counts those that it refuses."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self.refused = 0
        self._requests = RequestScorer(instruments)
        self._texts: dict[tuple[str, int], str] = {}

    def score(self, line: str, *, number: int = 1) -> str:
        """Score one line; its number is named when it cannot even be read."""
        name: Id = None
        try:
            asked = _read(line, number)
            name = id_of(asked)
            return f'{{"id": {json.dumps(name)}, {self._text(self._requests.form(asked))}'
        except REFUSALS as refused:
            return self.refusal(name, str(refused))

    def refusal(self, name: Id, sentence: str) -> str:
        """The line that says why nothing was scored."""
        self.refused += 1
        return json.dumps({"id": name, "error": sentence})

    def _text(self, form: Form) -> str:
        """The result as text, from its first key to the closing bracket."""
        if form.number is None:
            return json.dumps(form.result())[1:]
        key = (form.scorer.instrument.id, form.number)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= REMEMBERED:
                self._texts.clear()
            text = self._texts[key] = json.dumps(form.result())[1:]
        return text


def _read(line: str, number: int) -> dict[str, Any]:
    if not line.strip():
        raise RequestRefused(f"line {number} is empty")
    try:
        found = _decode(line)
    except RequestRefused as refused:
        raise RequestRefused(f"line {number}: {refused}") from None
    except json.JSONDecodeError as problem:
        raise RequestRefused(
            f"line {number} is not JSON: {problem.msg} at character {problem.pos + 1}"
        ) from None
    except (ValueError, RecursionError):
        raise RequestRefused(f"line {number} is not JSON that can be read") from None
    if not isinstance(found, dict):
        raise RequestRefused(f"line {number} is not a JSON object")
    return found


def _decode(line: str) -> Any:
    """As many keys as colons: then none stands twice. Else every object is looked at, slowly."""
    found = _AS_IT_IS.decode(line)
    if isinstance(found, dict):
        keys = len(found)
        for inner in found.values():
            if inner.__class__ is dict:
                keys += len(inner)
        if keys == line.count(":"):
            return found
    return _EACH_KEY_ONCE.decode(line)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RequestRefused(f"the key {key[:30]} stands there twice")
        found[key] = value
    return found


def _refuse_constant(name: str) -> None:
    raise RequestRefused(f"{name} is not a number; an answer that was not given is null")


_AS_IT_IS = json.JSONDecoder(parse_constant=_refuse_constant)
_EACH_KEY_ONCE = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_each_key_once)
