"""Worked examples as a table: answers in, result out; the tests run the very same ones."""

from imparts.rules.instruments.definition import Example, Instrument
from imparts.rules.passport.definition import Grid, Section, Words
from imparts.rules.passport.phrases import DASH, named, number

NOT_ANSWERED = DASH
STATUS = {"complete": "complete", "prorated": "estimated", "incomplete": "no score"}


def examples(instrument: Instrument) -> Section:
    """Every worked example of the file."""
    if not instrument.examples:
        said = (
            "There are none: without the wording nobody can answer it. A licensed wording brings "
            "its own examples, and is refused if they do not come out."
        )
        return Section("examples", "Worked examples", (Words(said),))
    scored = [item.id for item in instrument.scored_items]
    intro = (
        f"The answers stand in the order of the questions that count, {named(scored)}; "
        f"{NOT_ANSWERED} was not answered. The tests run these examples, so this table is true."
    )
    heads = ("Answers", "Form", "Result", "Could be", "Marks", "Note")
    rows = tuple(_row(instrument, example) for example in instrument.examples)
    return Section(
        "examples", "Worked examples", (Words(intro), Grid("Worked examples", heads, rows))
    )


def _row(instrument: Instrument, example: Example) -> tuple[str, ...]:
    return (
        _answers(instrument, example),
        STATUS[example.status],
        _result(instrument, example),
        _could_be(example),
        ", ".join(example.flags) or "none",
        example.note,
    )


def _answers(instrument: Instrument, example: Example) -> str:
    given = dict(example.answers)
    row = " ".join(str(given.get(item.id, NOT_ANSWERED)) for item in instrument.scored_items)
    others = [
        f"{item.id} = {given[item.id]}"
        for item in instrument.items
        if not item.scored and item.id in given
    ]
    known = [
        f"{name.replace('_', ' ')}: {'yes' if is_so else 'no'}" for name, is_so in example.context
    ]
    return "; ".join([row, *others, *known])


def _result(instrument: Instrument, example: Example) -> str:
    band = instrument.band(example.band)
    word = next((c.label for c in instrument.categories if c.code == example.band), None)
    label = band.label if band else word or example.band
    said = [part for part in (_number(example), label) if part]
    return ", ".join(said) or NOT_ANSWERED


def _number(example: Example) -> str | None:
    return None if example.score is None else number(example.score)


def _could_be(example: Example) -> str:
    if example.lower is None or example.upper is None:
        return NOT_ANSWERED
    if example.lower == example.upper:
        return number(example.lower)
    return f"{number(example.lower)} to {number(example.upper)}"
