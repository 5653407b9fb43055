"""Bulk scoring: one JSON object a line in, one line out for each line in, whatever it holds.

A line that cannot be scored becomes {"id": ..., "error": "..."} with a sentence. Nothing is
guessed: "2" and true are not answers, NaN is not a number, and a key that stands twice is refused,
because one of the two would be lost in silence.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.score import score

Instruments = Mapping[str, Instrument]
Id = str | int | None


class LineRefused(ValueError):
    """A line that cannot be scored; the message is one sentence."""


def score_lines(lines: Iterable[str], instruments: Instruments) -> Iterator[str]:
    """Score many lines, in their order."""
    for number, line in enumerate(lines, start=1):
        yield score_line(line, instruments, number=number)


def score_line(line: str, instruments: Instruments, *, number: int = 1) -> str:
    """Score one line; the number is named when the line cannot even be read."""
    name: Id = None
    try:
        asked = _read(line, number)
        name = _id_of(asked)
        return json.dumps({"id": name, **score_request(asked, instruments)})
    except (LineRefused, AnswerRefused) as refused:
        return json.dumps({"id": name, "error": str(refused)})


def score_request(asked: Mapping[str, Any], instruments: Instruments) -> dict[str, Any]:
    """Score one request that has been read already; raises LineRefused or AnswerRefused."""
    instrument = _instrument_of(asked, instruments)
    answers = _answers_of(asked)
    context = _context_of(asked)
    numbers = {name: _whole(instrument, name, value) for name, value in answers.items()}
    return score(instrument, numbers, context).as_json()


def is_refusal(line: str) -> bool:
    """Whether a line that score_line gave back says that its input was refused."""
    return '"error": ' in line  # inside a text the quotes would be escaped


def _read(line: str, number: int) -> dict[str, Any]:
    if not line.strip():
        raise LineRefused(f"line {number} is empty")
    try:
        found = json.loads(line, object_pairs_hook=_each_key_once, parse_constant=_refuse_constant)
    except LineRefused as refused:
        raise LineRefused(f"line {number}: {refused}") from None
    except json.JSONDecodeError as problem:
        raise LineRefused(
            f"line {number} is not JSON: {problem.msg} at character {problem.pos + 1}"
        ) from None
    except (ValueError, RecursionError):
        raise LineRefused(f"line {number} is not JSON that can be read") from None
    if not isinstance(found, dict):
        raise LineRefused(f"line {number} is not a JSON object")
    return found


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise LineRefused(f"the key {key[:30]} stands there twice")
        found[key] = value
    return found


def _refuse_constant(name: str) -> None:
    raise LineRefused(f"{name} is not a number; an answer that was not given is null")


def _id_of(asked: Mapping[str, Any]) -> Id:
    name = asked.get("id")
    if isinstance(name, str) or type(name) is int:
        return name
    raise LineRefused("id must be text or a whole number" if "id" in asked else "id is missing")


def _instrument_of(asked: Mapping[str, Any], instruments: Instruments) -> Instrument:
    name = asked.get("instrument")
    if not isinstance(name, str):
        raise LineRefused("instrument must be the id of an instrument, such as phq9")
    if name not in instruments:
        known = ", ".join(sorted(instruments))
        raise LineRefused(f"{name[:30]} is not an instrument that is known here; known are {known}")
    return instruments[name]


def _answers_of(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    answers = asked.get("answers")
    if not isinstance(answers, dict):
        raise LineRefused('answers must be an object such as {"q1": 2, "q2": null}')
    return answers


def _context_of(asked: Mapping[str, Any]) -> Mapping[str, bool]:
    """Facts about the person. One that the instrument does not know changes nothing."""
    context = asked.get("context")
    if context is None:
        return {}
    if not isinstance(context, dict):
        raise LineRefused('context must be an object such as {"periods_not_applicable": true}')
    for name, value in context.items():
        if not isinstance(value, bool):
            raise LineRefused(f"context {name[:30]} must be true or false")
    return context


def _whole(instrument: Instrument, name: str, value: Any) -> Any:
    """2.0 is the same JSON number as 2; free text is no part of a score."""
    item = instrument.by_id.get(name)
    if item is not None and item.free_text and isinstance(value, str):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
