"""Item 9 of PHQ-9, and other questions about harm, in words: the answer and nothing beyond it.

"Not at all" is an answer, not safety, so it is quoted. Not answering has three forms that a
clinician must be able to tell apart: chose not to answer, not reached, not asked. The words stand
in imparts/content/gist.
"""

from collections.abc import Sequence

from imparts.rules.summary.measured import Answered, Measured
from imparts.rules.summary.words import GistWords

ITEM9 = "Item 9 (better off dead, or hurting oneself)"
HAS_ITEM9, ITEM9_ID = "phq9", "q9"


def item9_words(measures: Sequence[Measured], words: GistWords) -> str:
    """What became of item 9 at one visit."""
    asked = [
        answer
        for measured in measures
        if measured.instrument.id == HAS_ITEM9
        for answer in measured.answers
        if answer.item.id == ITEM9_ID
    ]
    return answer_words(asked[0], words) if asked else words.harm["not_asked"]


def other_harm_words(measured: Measured, words: GistWords) -> tuple[str, ...]:
    """What became of every other question about harm: "CORE-10 item 6 (...): often."."""
    instrument = measured.instrument
    answers = {answer.item.id: answer for answer in measured.answers}
    return tuple(
        words.harm["other"].format(
            short=instrument.short_title,
            item=one.item.lstrip("q"),
            about=one.about,
            answer=answer_words(answers[one.item], words)
            if one.item in answers
            else words.harm["not_asked"],
        )
        for one in instrument.harm_items
        if (instrument.id, one.item) != (HAS_ITEM9, ITEM9_ID)
    )


def answer_words(answer: Answered, words: GistWords) -> str:
    """One answer in the words that were chosen."""
    if answer.value is not None:
        return answer.item.label(answer.value).lower()
    return words.harm["chose_not" if answer.declined else "not_reached"]
