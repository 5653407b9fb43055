"""The caution for people with a physical illness: how much of a mood score the body may explain.

Sleep, tiredness and appetite are three of the nine questions of PHQ-9. They count, and they can
also come from the illness itself; so the clinician is told how many of the points they are.
"""

from imparts.rules.scoring.totals import COMPLETE, contribution
from imparts.rules.summary.measured import Measured, Phrase

MANY, ONE = "are sleep, tiredness and appetite", "is for sleep, tiredness or appetite"


def somatic_caution(measured: Measured, illness_words: str) -> tuple[Phrase, ...]:
    """Such as "7 of the 14 low mood points are sleep, ..."; nothing without such points."""
    instrument = measured.instrument
    points = {
        answer.item.id: contribution(answer.item, answer.value)
        for answer in measured.answers
        if answer.item.scored and answer.value is not None
    }
    somatic = sum(points.get(name, 0) for name in instrument.somatic_items)
    if not somatic:
        return ()
    given = "" if measured.status == COMPLETE else " that were given"
    return (
        Phrase(f"{somatic} of the {sum(points.values())}", strong=True),
        Phrase(
            f" {instrument.measures.lower()} points{given} {ONE if somatic == 1 else MANY}, "
            f"which {illness_words} can also cause."
        ),
    )
