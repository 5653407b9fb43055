"""Every field of an instrument's file is in its passport, or is left out for a stated reason.

Each field of each shape is changed, one at a time, in an invented instrument that has something
everywhere. If no change of it changes the passport, nobody who reads the passport knows of it.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from imparts.rules.instruments import conditions, definition, scoring_definition
from imparts.rules.instruments.definition import Instrument
from imparts.rules.passport.left_out import NOT_FOR_READERS
from imparts.rules.passport.methods import IN_WORDS
from imparts.rules.passport.passport import passport_of
from tests.rules.passport.invented import kettles, scored_by

Field = tuple[str, str]
# A few fields take one of a list of words; anything else would be no file at all.
ONE_OF = {
    "direction": ("higher_is_better", "no_direction"),
    "method": ("mean", "sum"),
    "ships": ("yes", "with_notice"),
    "rule": ("if_zero", "if_sum_zero"),
    "type": ("item_missing", "score_gte"),
    "status": ("complete", "prorated", "incomplete", "source: elsewhere", "project rule"),
}


def shapes() -> list[type]:
    """Every frozen shape that a file of an instrument is read into."""
    found = [
        thing
        for module in (conditions, definition, scoring_definition)
        for thing in vars(module).values()
        if isinstance(thing, type) and is_dataclass(thing)
    ]
    return list(dict.fromkeys(found))


def every_field() -> list[Field]:
    """Every field by the name of its shape."""
    return [(shape.__name__, field.name) for shape in shapes() for field in fields(shape)]


def changed(thing: Any) -> Iterator[tuple[Field, Any]]:
    """The thing with one field changed, anywhere inside it: which field, and the whole thing."""
    if isinstance(thing, tuple):
        for place, part in enumerate(thing):
            for field, made in changed(part):
                yield field, (*thing[:place], made, *thing[place + 1 :])
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            if field.init:
                yield from _with_another(thing, field.name)


def _with_another(thing: Any, name: str) -> Iterator[tuple[Field, Any]]:
    value = getattr(thing, name)
    for other in _others(name, value):
        yield (type(thing).__name__, name), replace(thing, **{name: other})
    for field, made in changed(value):
        yield field, replace(thing, **{name: made})
        if is_dataclass(value):  # a field that holds a shape changes with any part of it
            yield (type(thing).__name__, name), replace(thing, **{name: made})


def _others(name: str, value: Any) -> tuple[Any, ...]:
    if name in ONE_OF and isinstance(value, str):
        return tuple(one for one in ONE_OF[name] if one != value)
    if isinstance(value, tuple):
        return (value[:-1],) if value else ()
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int | Decimal):
        return (value + 1,)
    if isinstance(value, date):
        return (value + timedelta(days=400),)
    return ("q2", "zebra") if isinstance(value, str) else ()


def shown(instrument: Instrument) -> tuple[str, ...]:
    """Everything that the passport says."""
    return tuple(passport_of(instrument).spoken())


@cache
def seen() -> frozenset[Field]:
    """The fields of which some change is seen in some passport."""
    samples = [scored_by(method) for method in IN_WORDS]
    plain = kettles()
    samples += [
        replace(plain, items=plain.items[:4]),
        replace(plain, reliable_change=None, bands=(), harm_items=(), licence=None),
        replace(plain, scoring=replace(plain.scoring, multiply_by=Decimal(1))),
        replace(plain, scoring=replace(plain.scoring, least_answered=3)),
        replace(plain, scoring=replace(plain.scoring, missing_counts_as_zero=1)),
    ]
    return frozenset(field for sample in samples for field in _seen_in(sample))


def _seen_in(sample: Instrument) -> Iterator[Field]:
    before = shown(sample)
    for field, made in changed(sample):
        # A change can name a question that is not there; the reader refuses such a file.
        with suppress(KeyError):
            if shown(made) != before:
                yield field


@pytest.mark.parametrize("field", every_field(), ids=".".join)
def test_a_field_is_shown_or_left_out_for_a_reason(field: Field) -> None:
    assert field in seen() or field in NOT_FOR_READERS, (
        f"The passport says nothing of {'.'.join(field)}. Show it in imparts/rules/passport, or "
        "say in left_out.py why readers do not need it."
    )


def test_what_is_left_out_exists_and_says_why() -> None:
    assert set(NOT_FOR_READERS) <= set(every_field())
    assert all(len(why.split()) >= 4 for why in NOT_FOR_READERS.values())


def test_nothing_stands_in_both_lists() -> None:
    assert seen() & set(NOT_FOR_READERS) == set()


def test_a_field_that_no_passport_shows_is_found() -> None:
    @dataclass(frozen=True)
    class Hidden:
        secret: str = "x"

    field, made = next(iter(changed(Hidden())))
    assert field == ("Hidden", "secret") and made.secret != "x"
    assert field not in seen()
