"""Categories and profiles: results that are a word or a row of digits, not a number."""

from collections.abc import Mapping

from imparts.rules.instruments.definition import Category, Instrument


def category_of(instrument: Instrument, answers: Mapping[str, int | None]) -> Category | None:
    """The category that the answer to the one scored item leads to."""
    item = instrument.scored_items[0]
    value = answers.get(item.id)
    option = item.option(value) if value is not None else None
    if option is None:
        return None
    return next((one for one in instrument.categories if one.code == option.category), None)


def profile_of(instrument: Instrument, answers: Mapping[str, int | None]) -> str | None:
    """The answers in order as one text, such as 11223; None while any is missing."""
    values = [answers.get(item.id) for item in instrument.scored_items]
    return None if None in values else "".join(str(value) for value in values)
