"""Scorer: one form at a time, a hundred thousand and more a second, as score(...).as_json() says.

Each answer is looked up once: what it adds to the form's number. Two forms with the same number
have the same result, so a result is worked out by score() the first time and remembered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.quick.deciding import as_item, contexts_of
from imparts.rules.scoring.quick.depends import Part, parts_of
from imparts.rules.scoring.quick.fields import Row, Value
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.score import score

Json = dict[str, Any]
Answers = Mapping[str, Any]
Context = Mapping[str, bool]
Obvious = Callable[[Instrument, Answers, Context], Score]

# So that memory stays small where nearly every form has a number of its own.
REMEMBERED = 20_000

NO_CONTEXT: Context = {}


@dataclass(frozen=True, slots=True)
class Settled:
    """What one part of a result says, for one setting of its fields."""

    head: Json
    flags: tuple[str, ...]
    subscales: Json


class QuickScorer:
    """Scores forms of one instrument; raises what score() raises, for the same forms."""

    def __init__(self, instrument: Instrument, obvious: Obvious = score) -> None:
        self.instrument = instrument
        self.contexts = contexts_of(instrument)
        self._obvious = obvious
        row = Row()
        self._parts = [(part, _bits(row, part)) for part in parts_of(instrument)]
        self.words = row.words
        self.adds = _adds(instrument, row)
        # What a form adds on which nothing is answered and no fact is known.
        self.nothing = sum(amounts[None] for amounts in self.adds.values())
        self._differs = {
            item: {value: amount - amounts[None] for value, amount in amounts.items()}
            for item, amounts in self.adds.items()
        }
        self.fact_adds = {name: row.amounts(as_item(name), (0, 1))[1] for name in self.contexts}
        self._remembered: dict[int, Json] = {}
        self._settled: dict[tuple[int, int], Settled] = {}

    def __call__(self, answers: Answers, context: Context = NO_CONTEXT) -> Json:
        """The result of one form, as score(instrument, answers, context).as_json() gives it."""
        number = self.number_of(answers, context)
        if number is None:
            return self._obvious(self.instrument, answers, context).as_json()
        return _copy(self.result(number, answers, context))

    def number_of(self, answers: Answers, context: Context = NO_CONTEXT) -> int | None:
        """The form's number; None when an answer is not one that can be looked up."""
        number, differs = self.nothing, self._differs
        try:
            for item, value in answers.items():
                if value.__class__ is not int and value is not None:
                    return None  # true and 2.0 would be found as 1 and 2
                number += differs[item][value]
        except KeyError:
            return None
        for name, amount in self.fact_adds.items():
            if context.get(name) is True:
                number += amount
        return number

    def result(self, number: int, answers: Answers, context: Context = NO_CONTEXT) -> Json:
        """The result of the forms with this number, of which one is given; not to be changed."""
        found = self._remembered.get(number)
        if found is None:
            found = self._put_together(number, answers, context)
            _remember(self._remembered, number, found)
        return found

    def _put_together(self, number: int, answers: Answers, context: Context) -> Json:
        head: Json = {}
        flags: list[str] = []
        subscales: Json = {}
        said: Json | None = None
        for place, (part, bits) in enumerate(self._parts):
            settled = self._settled.get((place, number & bits))
            if settled is None:
                said = said or self._obvious(self.instrument, answers, context).as_json()
                settled = _settled(part, said)
                _remember(self._settled, (place, number & bits), settled)
            head = settled.head or head
            flags += settled.flags
            subscales |= settled.subscales
        found = {**head, "flags": sorted(flags)}
        return {**found, "subscales": subscales} if "subscales" in head else found


def _bits(row: Row, part: Part) -> int:
    bits = 0
    for field in part.fields:
        bits |= row.place(field)
    return bits


def _adds(instrument: Instrument, row: Row) -> dict[str, dict[Value, int]]:
    """By item and value; a free text has no values, so a form with one is not looked up."""
    return {
        item.id: row.amounts(item.id, [None, *(option.value for option in item.options)])
        for item in instrument.items
    }


def _settled(part: Part, said: Json) -> Settled:
    return Settled(
        head=said if part.is_head else {},
        flags=tuple(code for code in said["flags"] if code in part.flags),
        subscales={name: said["subscales"][name] for name in part.subscales},
    )


def _remember(memory: dict[Any, Any], key: Any, found: Any) -> None:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = found


def _copy(said: Json) -> Json:
    """A copy that a caller may change without changing what is remembered."""
    made = said.copy()
    made["flags"] = said["flags"][:]
    if "subscales" in said:
        made["subscales"] = {name: one.copy() for name, one in said["subscales"].items()}
    return made
