"""One visit in one sentence: what it says, and what it must never say (hazard H6)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.parts import Part, parts_of
from imparts.rules.scoring.score import score
from imparts.rules.summary.caution import somatic_caution
from imparts.rules.summary.gist import gist
from imparts.rules.summary.item9 import item9_words
from tests.rules.gist_words import WORDS
from tests.rules.reference_instruments import every

TODAY, JUNE = date(2026, 11, 17), date(2026, 6, 16)


@dataclass(frozen=True)
class Answer:
    item: Item
    value: int | None
    declined: bool = False


@dataclass(frozen=True)
class Earlier:
    on: date
    score: Decimal


@dataclass(frozen=True)
class MeasuredPart:
    part: Part
    before: Earlier | None = None


@dataclass(frozen=True)
class Measure:
    instrument: Instrument
    answers: tuple[Answer, ...]
    status: str
    score: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    answered: int
    asked: int
    before: Earlier | None = None
    is_first: bool = False
    flags: tuple[str, ...] = ()
    parts: tuple[MeasuredPart, ...] = ()


def measure(
    name: str, *values: int | None, before: int | None = None, declined: str = ""
) -> Measure:
    """A measure of today; None was not reached, or declined where named."""
    return measured(every()[name], *values, before=before, declined=declined)


def measured(
    instrument: Instrument, *values: int | None, before: int | None = None, declined: str = ""
) -> Measure:
    """The same, of any instrument; of one with parts the time before is that of each part."""
    answers: Mapping[str, int | None] = {f"q{n}": v for n, v in enumerate(values, start=1)}
    found = score(instrument, answers)
    return Measure(
        instrument=instrument,
        answers=tuple(
            Answer(instrument.by_id[name], value, declined=name == declined)
            for name, value in answers.items()
        ),
        status=found.status,
        score=found.score,
        lower=found.lower,
        upper=found.upper,
        answered=found.answered,
        asked=found.asked,
        before=None if before is None else Earlier(JUNE, Decimal(before)),
        flags=found.flags,
        parts=tuple(
            MeasuredPart(part, None if before is None else Earlier(JUNE, Decimal(before)))
            for part in parts_of([one.as_json() for one in found.subscales], instrument)
        ),
    )


def said(*measures: Measure) -> str:
    return "".join(phrase.text for phrase in gist(measures, on=TODAY, words=WORDS))


AMARA = (
    measure("pain_nrs", 7, before=4),
    measure("smoking_core", 3, 2),
    measure("hsi", 1, 0),
    measure("phq9", 2, 1, 3, 3, 1, 1, 1, 1, 1, before=6),
    measure("gad7", 2, 2, 2, 2, 1, 1, 1, before=8),
    measure("auditc", 2, 1, 0, before=3),
)


def test_the_gist_of_a_whole_visit() -> None:
    assert said(*AMARA) == (
        "Low mood is moderate and worse than in June. Worry is moderate, about the same. "
        "Item 9 (better off dead, or hurting oneself): several days. "
        "Pain is severe and worse. Smokes 10 or fewer a day, would like help to stop."
    )


def test_mood_worry_and_item_9_are_strong_and_the_rest_is_not() -> None:
    strong = [phrase.text for phrase in gist(AMARA, on=TODAY, words=WORDS) if phrase.strong]
    assert [text.split(" ")[0] for text in strong] == ["Low", "Worry", "Item"]


def test_item_9_is_quoted_and_absence_is_never_stated() -> None:
    not_at_all = said(measure("phq9", *[0] * 9))
    assert not_at_all == (
        "Low mood is minimal. Item 9 (better off dead, or hurting oneself): not at all."
    )
    assert "no thoughts" not in not_at_all


@pytest.mark.parametrize(
    ("measures", "words"),
    [
        ((measure("phq9", 0, 0, 0, 0, 0, 0, 0, 0, 3),), "nearly every day"),
        ((measure("phq9", 0, 0, 0, 0, 0, 0, 0, 0, None, declined="q9"),), "chose not to answer"),
        ((measure("phq9", 0, 0, 0, 0, 0, 0, 0, 0, None),), "not reached"),
        ((measure("phq8", *[0] * 8),), "not asked"),
        ((), "not asked"),
    ],
)
def test_not_answering_item_9_has_three_forms(measures: tuple[Measure, ...], words: str) -> None:
    assert item9_words(measures, WORDS) == words
    assert f": {words}." in said(*measures)


def test_an_estimate_says_what_it_could_be_and_is_compared_with_nothing() -> None:
    estimate = measure("phq9", 1, 1, 1, 1, 1, 1, 1, None, None, before=27)
    assert said(estimate).startswith(
        "Low mood is mild or moderate (estimated 9, could be 7 to 13). Item 9"
    )


def test_a_form_without_a_score_says_how_much_was_answered() -> None:
    partly = measure("phq9", 3, 3, 3, 1, None, None, None, None, None, before=1)
    assert said(partly).startswith(
        "Low mood has no score: 4 of 9 answered, could be 10 to 25. Item 9"
    )
    assert said(measure("gad7", *[None] * 7)).startswith("Worry: not answered. ")


def test_better_is_said_only_beyond_chance() -> None:
    assert "better than in June" in said(measure("gad7", *[0] * 7, before=4))
    assert "about the same" in said(measure("gad7", *[0] * 7, before=3))


def test_other_measures_are_said_when_they_stand_out() -> None:
    assert "Pain" not in said(measure("pain_nrs", 5, before=4))
    assert "Pain is moderate and better than in June." in said(measure("pain_nrs", 4, before=7))
    assert "Alcohol" not in said(measure("auditc", 2, 1, 0))
    assert "Alcohol: increasing risk." in said(measure("auditc", 3, 2, 2))
    assert "Heaviness of smoking is high." in said(measure("hsi", 3, 3))
    assert "Pain in daily life is severe." in said(measure("peg", 8, 9, 9))


def test_a_measure_with_parts_and_no_total_is_said_by_their_bands() -> None:
    normal, case = [1, 0] * 7, [2, 1] * 7  # anxiety 7 and 14, depression 0 and 7
    assert said(measure("hads", *normal)).endswith(" HADS: anxiety normal; depression normal.")
    assert said(measure("hads", *case)).endswith(" HADS: anxiety probable case; depression normal.")


def test_a_part_with_an_answer_missing_is_an_estimate_and_without_a_score_says_so() -> None:
    values = [None, *[1] * 12, None]  # one of each part is missing
    assert said(measure("hads", *values)).endswith(
        " HADS: anxiety normal or borderline (estimated 7, could be 6 to 9); "
        "depression normal or borderline (estimated 7, could be 6 to 9)."
    )
    few = said(measure("hads", *[1, 1, 1, 1], *[None] * 10))
    assert few.endswith(" HADS: anxiety has no score; depression has no score.")
    assert said(measure("hads", *[None] * 14)).endswith(" Anxiety and low mood: not answered.")


def test_a_part_is_worse_or_better_only_where_the_file_knows_how_much_is_chance() -> None:
    unknown = measure("hads", *[3] * 14, before=2)
    assert "worse" not in said(unknown)
    known = replace(every()["hads"], reliable_change=4)
    assert said(measured(known, *[3] * 14, before=2)).endswith(
        " HADS: anxiety probable case, worse than in June; "
        "depression probable case, worse than in June."
    )


def test_a_half_that_reaches_its_cut_is_named_beside_the_total() -> None:
    assert said(measure("phq4", 1, 1, 1, 2)).endswith(
        " Low mood and worry: mild (depression at or above the cut)."
    )
    assert "Low mood and worry" not in said(measure("phq4", 1, 1, 1, 1))


def test_parts_without_bands_and_a_profile_are_left_to_the_table() -> None:
    assert "DIALOG" not in said(measure("dialog", *[4] * 11))
    assert "EQ-5D" not in said(measure("eq5d5l", *[3] * 5))


def test_a_measure_without_bands_is_said_by_its_number() -> None:
    scored = replace(every()["bipq"], leads_gist=True)
    assert said(measured(scored, *[5] * 8)).startswith("Views of the illness: 40 of 80. ")


def test_smoking_is_said_in_the_words_of_its_file() -> None:
    assert said(measure("smoking_core", 0)).endswith("Has never smoked.")
    assert said(measure("smoking_core", 3, 1)).endswith(
        "Smokes every day, said not now to help to stop."
    )
    assert said(measure("smoking_core", None)).endswith("Smoking: not answered.")


def test_every_other_question_about_harm_is_said_beside_item_9() -> None:
    words = said(measure("core10", 0, 4, 4, 0, 0, 3, 0, 0, 0, 0))
    assert "CORE-10 item 6 (plans to end one's life): often." in words
    declined = said(measure("core10", 0, 4, 4, 0, 0, None, 0, 0, 0, 0, declined="q6"))
    assert "CORE-10 item 6 (plans to end one's life): chose not to answer." in declined
    assert "item 6" not in said(measure("gad7", 0, 0, 0, 0, 0, 0, 0))


def test_no_gist_ever_grades_a_risk_of_self_harm() -> None:
    for value in range(4):
        words = said(measure("phq9", *[3] * 8, value)).lower()
        assert "risk" not in words
        assert "suicid" not in words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (date(2026, 11, 3), "on 3 November"),
        (date(2026, 6, 16), "in June"),
        (date(2025, 12, 20), "in December 2025"),
        (date(2025, 11, 17), "in November 2025"),
    ],
)
def test_when_the_time_before_was(before: date, words: str) -> None:
    assert WORDS.when(before, TODAY) == words


def test_the_caution_counts_what_the_body_may_explain() -> None:
    found = somatic_caution(AMARA[3], "joint disease")
    assert [phrase.strong for phrase in found] == [True, False]
    assert "".join(phrase.text for phrase in found) == (
        "7 of the 14 low mood points are sleep, tiredness and appetite, "
        "which joint disease can also cause."
    )


def test_the_caution_of_an_estimate_counts_what_was_given() -> None:
    found = somatic_caution(measure("phq9", 1, 1, 1, 0, 0, 0, 0, 0), "heart failure")
    assert "".join(phrase.text for phrase in found) == (
        "1 of the 3 low mood points that were given is for sleep, tiredness or appetite, "
        "which heart failure can also cause."
    )


def test_there_is_no_caution_without_such_points_or_such_questions() -> None:
    assert somatic_caution(measure("phq9", 3, 3, 0, 0, 0, 3, 3, 3, 3), "asthma") == ()
    assert somatic_caution(measure("gad7", *[3] * 7), "asthma") == ()
