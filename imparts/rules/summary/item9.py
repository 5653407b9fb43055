"""Item 9 of PHQ-9, and other questions about harm, in words: the answer and nothing beyond it.

"Not at all" is an answer, not safety, so it is quoted. Not answering has three forms that a
clinician must be able to tell apart: chose not to answer, not reached, not asked.
"""

from collections.abc import Sequence

from imparts.rules.summary.measured import Answered, Measured

ITEM9 = "Item 9 (better off dead, or hurting oneself)"
HAS_ITEM9, ITEM9_ID = "phq9", "q9"

CHOSE_NOT = "chose not to answer"
NOT_REACHED = "not reached"
NOT_ASKED = "not asked"


def item9_words(measures: Sequence[Measured]) -> str:
    """What became of item 9 at one visit."""
    asked = [
        answer
        for measured in measures
        if measured.instrument.id == HAS_ITEM9
        for answer in measured.answers
        if answer.item.id == ITEM9_ID
    ]
    return answer_words(asked[0]) if asked else NOT_ASKED


def other_harm_words(measured: Measured) -> tuple[str, ...]:
    """What became of every other question about harm: "CORE-10 item 6 (...): often."."""
    instrument = measured.instrument
    answers = {answer.item.id: answer for answer in measured.answers}
    return tuple(
        f"{instrument.short_title} item {one.item.lstrip('q')} ({one.about}): "
        f"{answer_words(answers[one.item]) if one.item in answers else NOT_ASKED}."
        for one in instrument.harm_items
        if (instrument.id, one.item) != (HAS_ITEM9, ITEM9_ID)
    )


def answer_words(answer: Answered) -> str:
    """One answer in the words that were chosen."""
    if answer.value is not None:
        return answer.item.label(answer.value).lower()
    return CHOSE_NOT if answer.declined else NOT_REACHED
