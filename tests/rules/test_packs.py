"""What a clinic asks: the core that cannot go, the order, and what comes next (hazard H1)."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.instruments.branching import items_to_ask
from imparts.rules.instruments.conditions import Condition
from imparts.rules.packs.asking import (
    Given,
    Question,
    fewest_and_most,
    first_unanswered,
    left_out,
    question_after,
    question_before,
    questions,
)
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import read_pack
from tests.rules.reference_instruments import SHIPPED, shipped

PACKS = SHIPPED.parent / "packs"
TEXT = (PACKS / "rheumatology_outpatient.toml").read_text("utf-8")
SERVICES = (
    *("rheumatology", "dermatology", "chronic_pain", "limb_reconstruction", "achd", "tmd", "hiv"),
    *("diabetes", "hepatology", "sickle_cell", "cystic_fibrosis", "heart_failure", "ibd"),
)

Values = Mapping[str, Mapping[str, int | None]]


def pack() -> Pack:
    return read_pack(TEXT, shipped())


def given(values: Values) -> dict[str, dict[str, Given]]:
    """Answers; None is "I would rather not answer"."""
    return {
        name: {item: Given(value, declined=value is None) for item, value in items.items()}
        for name, items in values.items()
    }


def asked(values: Values, **facts: Any) -> tuple[Question, ...]:
    return questions(pack(), shipped(), given(values), {}, **facts)


def keys(found: tuple[Question, ...]) -> list[str]:
    return [f"{question.instrument}.{question.item.id}" for question in found]


def refusal(text: str) -> str:
    with pytest.raises(ContentRefused) as refused:
        read_pack(text, shipped())
    return str(refused.value)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_a_pack_with_the_core(service: str) -> None:
    found = read_pack((PACKS / f"{service}_outpatient.toml").read_text("utf-8"), shipped())
    assert found.id == f"{service}_outpatient"
    assert {"phq9", "gad7", "smoking_core"} <= {ask.instrument for ask in found.asks}
    assert found.checked_by == "not yet checked by a clinician"
    assert found.illness_words


def test_every_pack_file_belongs_to_a_service() -> None:
    assert sorted(path.stem for path in Path(PACKS).glob("*.toml")) == sorted(
        f"{service}_outpatient" for service in SERVICES
    )


def test_the_physical_part_comes_first_and_item_9_stands_in_its_place() -> None:
    found = asked({})
    assert list(dict.fromkeys(q.part for q in found)) == [
        "Pain",
        "Smoking",
        "Mood",
        "Worry",
        "Alcohol",
    ]
    mood = [question for question in found if question.part == "Mood"]
    assert [q.item.id for q in mood] == [f"q{n}" for n in range(1, 10)]
    assert (mood[2].number, mood[2].of) == (3, 9)
    assert mood[2].stem.startswith("Over the last 2 weeks")


def test_a_question_that_is_not_scored_stands_alone_without_the_stem() -> None:
    found = {q.key: q for q in asked({"phq9": {"q1": 1}})}
    assert found["phq9", "difficulty"].stem == ""
    assert found["phq9", "q9"].stem.startswith("Over the last 2 weeks")


def test_the_whole_pack_is_25_questions_for_a_daily_smoker_who_feels_low() -> None:
    found = asked({"smoking_core": {"q1": 3}, "phq9": {"q1": 1}, "auditc": {"q1": 2}})
    assert len(found) == 25
    assert fewest_and_most(pack(), shipped()) == (19, 25)


def test_only_daily_smokers_are_asked_how_heavily() -> None:
    for value, wanted in ((0, 0), (1, 0), (2, 0), (3, 2), (None, 0)):
        found = keys(asked({"smoking_core": {"q1": value}}))
        assert sum(key.startswith("hsi.") for key in found) == wanted
    assert "hsi.q1" not in keys(asked({}))


def test_help_to_stop_is_offered_to_smokers_only() -> None:
    assert "smoking_core.q2" in keys(asked({"smoking_core": {"q1": 2}}))
    assert "smoking_core.q2" not in keys(asked({"smoking_core": {"q1": 1}}))


def test_how_difficult_is_asked_after_any_problem() -> None:
    assert "phq9.difficulty" not in keys(asked({"phq9": dict.fromkeys(QUESTIONS, 0)}))
    assert "phq9.difficulty" in keys(asked({"phq9": {**dict.fromkeys(QUESTIONS, 0), "q4": 1}}))
    assert "phq9.difficulty" not in keys(asked({"phq9": dict.fromkeys(QUESTIONS, None)}))


QUESTIONS = tuple(f"q{n}" for n in range(1, 10))


def test_never_drinking_ends_the_questions_on_alcohol() -> None:
    assert [k for k in keys(asked({"auditc": {"q1": 0}})) if "auditc" in k] == ["auditc.q1"]
    assert len([k for k in keys(asked({"auditc": {"q1": None}})) if "auditc" in k]) == 3


def test_answering_from_the_front_reaches_the_end_and_back_leads_back() -> None:
    values: dict[str, dict[str, int | None]] = {}
    seen: list[str] = []
    while (question := first_unanswered(asked(values), given(values))) is not None:
        seen.append(f"{question.instrument}.{question.item.id}")
        values.setdefault(question.instrument, {})[question.item.id] = question.item.highest
    assert seen == keys(asked(values))
    assert len(seen) == 25
    for before, after in pairwise(seen):
        following = question_after(asked(values), *before.split("."))
        preceding = question_before(asked(values), *after.split("."))
        assert following and keys((following,)) == [after]
        assert preceding and keys((preceding,)) == [before]


def test_a_declined_question_is_not_asked_again() -> None:
    values: Values = {"pain_nrs": {"q1": None}}
    first = first_unanswered(asked(values), given(values))
    assert first and first.instrument == "smoking_core"
    assert not Given(None).is_settled


def test_there_is_nothing_beside_the_first_the_last_and_the_unknown() -> None:
    found = asked({})
    assert question_before(found, "pain_nrs", "q1") is None
    assert question_after(found, "auditc", "q3") is None
    assert question_after(found, "hsi", "q1") is None


def test_alcohol_is_not_asked_again_within_half_a_year() -> None:
    assert "auditc.q1" not in keys(asked({}, answered_days_ago={"auditc": 181}))
    assert "auditc.q1" in keys(asked({}, answered_days_ago={"auditc": 182}))
    assert "phq9.q9" in keys(asked({}, answered_days_ago={"phq9": 0}))


def test_age_limits_and_proxies_leave_out_with_a_reason() -> None:
    assert not [key for key in keys(asked({}, age=17)) if key.startswith("phq9")]
    assert [key for key in keys(asked({}, age=18)) if key.startswith("phq9")]
    reasons = dict(left_out(pack(), shipped(), 17, False))
    assert reasons == {"phq9": "PHQ-9 is for people aged 18 and over."}
    assert keys(asked({}, by_proxy=True)) == ["smoking_core.q1"]
    proxied = dict(left_out(pack(), shipped(), None, True))
    assert "only the person can answer it" in proxied["phq9"]


def test_an_instrument_that_may_not_be_used_here_is_left_out_with_a_reason() -> None:
    some = {name: one for name, one in shipped().items() if name != "auditc"}
    assert not [q for q in questions(pack(), some, {}, {}) if q.instrument == "auditc"]
    assert "until a clinician has signed it" in dict(left_out(pack(), some, None, False))["auditc"]


def test_a_skip_rule_waits_for_the_deciding_answer() -> None:
    assert len(items_to_ask(shipped()["auditc"], {})) == 3
    waiting = Condition(("q1",), at_least=2)
    assert waiting.is_met({}) is None
    assert waiting.is_met({"q1": 1}) is False
    assert waiting.is_met({"q1": 2}) is True


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (
            'instrument = "phq9"',
            'instrument = "phq9"\nleave_out = ["q9"]',
            "q9 cannot be taken out of phq9; use phq8",
        ),
        (
            'instrument = "gad7"',
            'instrument = "gad7"\nleave_out = ["q7"]',
            "q7 cannot be taken out of gad7; an instrument is asked whole",
        ),
        ('instrument = "phq9"', 'instrument = "peg"', "phq9 or phq8 is missing; mood, worry and"),
        ('instrument = "gad7"', 'instrument = "peg"', "gad7 is missing; mood, worry and smoking"),
        ('instrument = "gad7"', 'instrument = "gad8"', "gad8 is not an instrument of the library"),
        (
            'instrument = "gad7"',
            'instrument = "phq8"',
            "phq8 is a part of phq9; ask one of the two",
        ),
        ('instrument = "pain_nrs"', 'instrument = "gad7"', "an instrument is asked twice"),
        (
            'instrument = "phq9"',
            'instrument = "phq9"\nevery_days = 400',
            "phq9 would be asked every 400 days; the core is asked at least once a year",
        ),
        (
            'instrument = "gad7"',
            'instrument = "gad7"\nwhen = { instrument = "phq9", any_of = ["q1"], is_at_least = 1 }',
            "gad7 is of the core, so it has no condition",
        ),
        (
            '"smoking_core", any_of',
            '"gad7", any_of',
            "hsi depends on gad7, which is not asked before",
        ),
        (
            'any_of = ["q1"]',
            'any_of = ["q7"]',
            "hsi depends on smoking_core q7, but there is no such",
        ),
        ('name = "Mood"', 'name = "Pain"', "two parts have the same name"),
        ("minutes = 5", "minutes = 0", "minutes is 0; it must be from 1 to 60"),
        ("every_days = 182", "every_days = -1", "every_days is -1; 0 asks at every visit"),
        ("illness_words", "ilness_words", "illness_words is missing"),
        ("next_review = 2027", "next_review = 2026", "the next review is not after the last one"),
    ],
)
def test_a_pack_that_breaks_a_rule_is_refused(was: str, becomes: str, sentence: str) -> None:
    assert was in TEXT
    assert sentence in refusal(TEXT.replace(was, becomes, 1))


def test_phq8_may_stand_in_for_phq9() -> None:
    found = read_pack(TEXT.replace('"phq9"', '"phq8"'), shipped())
    assert not [q for q in questions(found, shipped(), {}, {}) if q.item.id == "q9"]
