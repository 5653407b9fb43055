"""Answers by their place on the form, and every way in which a form may still be completed."""

from collections.abc import Iterator, Mapping
from itertools import product

from imparts.rules.instruments.definition import Instrument

Answers = Mapping[str, int | None]


def answered(*values: int | None) -> dict[str, int | None]:
    """The answers to q1, q2 and so on."""
    return {f"q{number}": value for number, value in enumerate(values, start=1)}


def completions(instrument: Instrument, answers: Answers) -> Iterator[dict[str, int | None]]:
    """Every way to answer what counts and is missing: the slow and certain oracle."""
    gaps = [item for item in instrument.scored_items if answers.get(item.id) is None]
    for values in product(*[[option.value for option in item.options] for item in gaps]):
        yield {**answers, **{item.id: v for item, v in zip(gaps, values, strict=True)}}
