"""Categories and profiles: results that are a word or a row of digits, not a number."""

from collections.abc import Mapping

from imparts.rules.instruments.definition import Category, Instrument


def category_of(instrument: Instrument, answers: Mapping[str, int | None]) -> Category | None:
    """The category that the answers lead to; None while an open answer could change it."""
    if instrument.scoring.method == "decision_table":
        return _named(instrument, _decided(instrument, answers))
    if instrument.scoring.method != "category":
        return None
    item = instrument.scored_items[0]
    value = answers.get(item.id)
    option = item.option(value) if value is not None else None
    return _named(instrument, option.category) if option else None


def _decided(instrument: Instrument, answers: Mapping[str, int | None]) -> str | None:
    """The first row of the table that surely holds, once every row above it surely does not."""
    for row in instrument.scoring.decisions:
        met = [condition.is_met(answers) for condition in row.when]
        if False in met:
            continue
        return None if None in met else row.category
    return None


def _named(instrument: Instrument, code: str | None) -> Category | None:
    return next((one for one in instrument.categories if one.code == code), None)


def profile_of(instrument: Instrument, answers: Mapping[str, int | None]) -> str | None:
    """The answers in order as one text, such as 11223; None while any is missing."""
    if instrument.scoring.method != "profile":
        return None
    values = [answers.get(item.id) for item in instrument.scored_items]
    return None if None in values else "".join(str(value) for value in values)
