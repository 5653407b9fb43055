"""Refusing to score: where a number would have to be invented, there is a sentence instead."""

from imparts.rules.instruments.definition import Instrument

NOT_PART = "is not part of imparts"
FROM_LICENSOR = "Its licensor works the score out."
FROM_PACK = "It comes with the wording that a site loads with its licence."

# What is missing, by what the file says it needs, and who has it.
WHAT = {
    "formula": ("is scored by its licensor's formula, which", FROM_LICENSOR),
    "table": ("is scored with a published table, which", FROM_PACK),
    "subscales": ("is scored in parts; which question belongs to which part", FROM_PACK),
    "categories": ("is scored by categories; which question belongs to which", FROM_PACK),
    "decision_table": ("is scored with a decision table, which", FROM_PACK),
    "reversed_items": ("has questions that count from the other end; which they are", FROM_PACK),
}


class ScoringRefused(ValueError):
    """This instrument cannot be scored here; the message says what is missing and who has it."""


def check_can_be_scored(instrument: Instrument) -> None:
    """Refuse an instrument whose way of scoring did not come with its file."""
    needs = instrument.scoring.needs
    if needs:
        what, who_has_it = WHAT[needs]
        raise ScoringRefused(f"{instrument.id} {what} {NOT_PART}. {who_has_it}")
