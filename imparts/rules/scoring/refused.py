"""Refusing to score: where a number would have to be invented, there is a sentence instead."""

from imparts.rules.instruments.definition import Instrument

# What is missing, by what the file says it needs; each completes the sentence below.
WHAT = {
    "formula": "is scored by its licensor's formula",
    "table": "is scored with its licensor's table",
    "subscales": "is scored by parts, and which question belongs to which part",
    "categories": "is scored by categories, and which question belongs to which category",
    "decision_table": "is scored with a decision table",
    "reversed_items": "has questions that count the other way round, and which ones they are",
}


class ScoringRefused(ValueError):
    """This instrument cannot be scored here; the message says what is missing and who has it."""


def check_can_be_scored(instrument: Instrument) -> None:
    """Refuse an instrument whose way of scoring did not come with its file."""
    needs = instrument.scoring.needs
    if needs:
        raise ScoringRefused(
            f"{instrument.id} {WHAT[needs]}, which is not part of imparts. "
            "It comes with the wording that a site loads with its licence."
        )
