"""A score in words, so that nobody reads an estimate as a measurement."""

from decimal import Decimal

from imparts.rules.scoring.change import plain
from imparts.rules.scoring.result import Score


def score_in_words(score: Score) -> str:
    """Such as "14", "estimated 9, could be 7 to 13", or "no score, 3 of 9 not answered"."""
    if score.score is None:
        return _without_number(score)
    if not score.is_estimate or score.lower is None or score.upper is None:
        return plain(score.score)
    return f"estimated {plain(score.score)}, {could_be(score.lower, score.upper)}"


def could_be(lower: Decimal, upper: Decimal) -> str:
    """Such as "could be 7 to 13"."""
    return f"could be {plain(lower)} to {plain(upper)}"


def and_could_be(lower: Decimal | None, upper: Decimal | None) -> str:
    """The same after other words, ", could be 7 to 13"; nothing where it cannot be said."""
    if lower is None or upper is None:
        return ""
    return f", {could_be(lower, upper)}"


def answered_in_words(score: Score) -> str:
    """Such as "7 of 9 answered"."""
    return f"{score.answered} of {score.asked} answered"


def _without_number(score: Score) -> str:
    if score.category is not None:
        return score.category.label
    if score.profile is not None:
        return score.profile
    if score.is_complete:
        return "no total score"
    return f"no score, {len(score.missing)} of {score.asked} not answered"
