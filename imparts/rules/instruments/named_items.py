"""Refusing a rule that names an item which is not there, or which has no answers to count."""

from collections.abc import Iterable

from imparts.rules.content import ContentRefused, Place
from imparts.rules.instruments.definition import Instrument


def refuse_unknown(
    instrument: Instrument, named: Iterable[str], at: Place = (), *, or_free_text: bool = True
) -> None:
    """Refuse names without an item, and (unless it only matters whether it was answered) text."""
    for name in named:
        item = instrument.by_id.get(name)
        if item is None:
            raise refusal(instrument, f"a rule names {name[:40]}, but there is no such item", at)
        if or_free_text and item.free_text:
            raise refusal(instrument, f"a rule counts {name}, but its answer is free text", at)


def refusal(instrument: Instrument, sentence: str, at: Place = ()) -> ContentRefused:
    """The error to raise about a whole instrument, with the place in its file."""
    return ContentRefused(f"{instrument.id}: {sentence}", at=at)
