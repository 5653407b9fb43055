"""What follows from the scores of one visit, and what no edited file can weaken (hazard H1)."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.content import ContentRefused
from imparts.rules.pathways.definition import Pathway, Recommendation
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.recommend import recommend
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import SHIPPED, every, shipped

FOLDER = SHIPPED.parent / "pathways"
TEXTS = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("[!o]*.toml")}
PATHWAYS = {name: read_pathway(text) for name, text in TEXTS.items()}
MOOD, SELF_HARM = PATHWAYS["depression_in_outpatients"], PATHWAYS["risk_of_self_harm"]


def scored(instrument: str, *values: int | None) -> dict[str, Score]:
    answers = {f"q{number}": value for number, value in enumerate(values, start=1)}
    found = every()[instrument]
    return {instrument: score(found, answers)}


def low_mood(total: int) -> dict[str, Score]:
    """A complete PHQ-9 with this total and item 9 "not at all" as far as that goes."""
    return scored("phq9", *_spread(total, 9))


def worry(total: int) -> dict[str, Score]:
    return scored("gad7", *_spread(total, 7))


def steps(pathway: Pathway, scores: dict[str, Score]) -> list[str]:
    return [step.step_id for step in recommend(pathway, scores)]


def _spread(total: int, items: int) -> list[int]:
    values = [min(3, max(0, total - 3 * place)) for place in range(items)]
    assert sum(values) == total
    return values


@pytest.mark.parametrize(
    ("mood", "anxious", "first"),
    [
        (0, 0, None),
        (4, 4, None),
        (5, 0, "ask_how_they_are"),
        (9, 7, "ask_how_they_are"),
        (0, 5, "ask_how_they_are"),
        (10, 0, "talk_about_mood"),
        (14, 14, "talk_about_mood"),
        (0, 8, "talk_about_mood"),
        (15, 0, "assess_mood_today_15"),
        (19, 21, "assess_mood_today_15"),
        (0, 15, "assess_mood_today_15"),
        (20, 0, "assess_mood_today_20"),
        (27, 21, "assess_mood_today_20"),
    ],
)
def test_the_default_table_is_followed(mood: int, anxious: int, first: str | None) -> None:
    found = steps(MOOD, {**low_mood(mood), **worry(anxious)})
    assert (found[0] if found else None) == first


def test_the_reason_names_what_led_there() -> None:
    found = recommend(MOOD, {**low_mood(12), **worry(9)})
    assert found[0].reason == "Because low mood is 10 to 14 and worry is 8 to 14."
    assert (
        recommend(MOOD, {**low_mood(16), **worry(9)})[0].reason == "Because low mood is 15 to 19."
    )


def test_an_estimate_is_followed_where_it_could_be_worst() -> None:
    estimate = scored("phq9", 1, 1, 1, 1, 1, 1, 1)
    found = recommend(MOOD, estimate)[0]
    assert found.step_id == "talk_about_mood"
    assert found.reason == ("Because low mood may be 10 to 14 (estimated 9, could be 7 to 13).")


def test_a_form_without_a_score_is_followed_as_far_as_it_is_certain() -> None:
    found = recommend(MOOD, scored("phq9", 3, 3, 3, 1))[0]
    assert found.step_id == "talk_about_mood"
    assert found.reason == "Because low mood is 10 to 14 (not all answered, at least 10)."
    assert recommend(MOOD, scored("phq9", 1, 1)) == ()


def test_a_band_that_an_estimate_may_be_in_is_followed_and_said_to_be_so() -> None:
    text = TEXTS["pain"].replace(
        'instrument = "pain_nrs", flag = "pain_severe"',
        'instrument = "facit_f", band = "severe_fatigue"',
    ).replace("pain is 7 or more of 10", "energy is low")  # fmt: skip
    facit = every()["facit_f"]
    answers = {item.id: 1 if item.reverse else 2 for item in facit.items[:10]}
    found = recommend(read_pathway(text), {"facit_f": score(facit, answers)})
    assert found[0].reason == "Because energy may be low (estimated 36, could be 28 to 40)."


def test_phq8_leads_where_phq9_leads() -> None:
    assert steps(MOOD, scored("phq8", 3, 3, 3, 3, 3, 0, 0, 0))[0] == "assess_mood_today_15"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 2, 3, None]), min_size=9, max_size=9))
def test_item_9_always_leads_to_a_conversation_unless_it_is_not_at_all(
    values: list[int | None],
) -> None:
    found = recommend(SELF_HARM, scored("phq9", *values))
    if values[8] == 0:
        assert found == ()
    elif values[8] is None:
        assert [step.verb_first for step in found] == ["Ask in person: item 9"]
    else:
        assert [step.verb_first for step in found] == ["Talk with the patient before they leave"]
    assert all(step.within == "same visit" for step in found)


@pytest.mark.parametrize("plans", [0, 1, 4])
def test_core10_item_6_leads_to_the_same_conversation(plans: int) -> None:
    found = recommend(SELF_HARM, scored("core10", 0, 4, 4, 0, 0, plans, 0, 0, 0, 0))
    talk = ["Talk with the patient before they leave"] if plans else []
    assert [step.verb_first for step in found] == talk


def test_nobody_is_asked_about_item_9_where_phq8_was_asked() -> None:
    assert recommend(SELF_HARM, scored("phq8", *[3] * 8)) == ()


@pytest.mark.parametrize(
    ("values", "step"),
    [((0,), None), ((1,), None), ((2, 0), "stop_smoking_advice"), ((3, 1), "stop_smoking_advice"),
     ((3, 2), "stop_smoking_wanted"), ((None,), None)],
)  # fmt: skip
def test_every_smoker_is_advised_and_referred_unless_they_say_no(
    values: tuple[int | None, ...], step: str | None
) -> None:
    assert steps(PATHWAYS["smoking"], scored("smoking_core", *values)) == ([step] if step else [])


@pytest.mark.parametrize(
    ("instrument", "values", "step"),
    [
        ("auditc", (4, 0, 0), None),
        ("auditc", (4, 1, 0), "finish_audit_5 brief_advice_5"),
        ("auditc", (4, 4, 3), "finish_audit_11"),
        ("audit", (4, 3, 1, 0, 0, 0, 0, 0, 0, 0), "brief_advice"),
        ("audit", (4, 4, 4, 4, 0, 0, 0, 0, 0, 0), "extended_brief_advice"),
        ("audit", (4, 4, 4, 4, 4, 0, 0, 0, 0, 0), "alcohol_service"),
    ],
)
def test_alcohol_follows_the_default_table(
    instrument: str, values: tuple[int, ...], step: str | None
) -> None:
    found = steps(PATHWAYS["alcohol"], scored(instrument, *values))
    assert found == (step.split() if step else [])


def test_the_full_audit_decides_where_there_is_one() -> None:
    whole = (4, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    short = scored("auditc", *whole[:3])
    assert steps(PATHWAYS["alcohol"], short) == ["finish_audit_5", "brief_advice_5"]
    assert steps(PATHWAYS["alcohol"], {**short, **scored("audit", *whole)}) == []
    assert steps(PATHWAYS["alcohol"], {**short, **scored("audit", *whole[:9])}) == [
        "finish_audit_5",
        "brief_advice_5",
    ]


def test_severe_pain_leads_to_the_pain_plan() -> None:
    assert steps(PATHWAYS["pain"], scored("pain_nrs", 7)) == ["review_pain"]
    assert steps(PATHWAYS["pain"], scored("pain_nrs", 6)) == []
    assert steps(PATHWAYS["pain"], scored("peg", 8, 9, 9)) == ["review_pain"]


def test_most_pressing_comes_first_over_all_pathways() -> None:
    scores = {**scored("phq9", *[3] * 9), **scored("smoking_core", 3, 2), **scored("pain_nrs", 9)}
    found: list[Recommendation] = [
        step for pathway in PATHWAYS.values() for step in recommend(pathway, scores)
    ]
    found.sort(key=lambda step: step.order)
    assert [step.step_id for step in found] == [
        "talk_before_they_leave",
        "assess_mood_today_20",
        "liaison_psychiatry",
        "stop_smoking_wanted",
        "review_pain",
    ]
    assert found[0].as_json()["pathway_id"] == "risk_of_self_harm"


def test_step_names_are_not_shared_between_pathways() -> None:
    names = Counter(step.id for pathway in PATHWAYS.values() for step in pathway.steps)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_step_names_its_source_and_every_instrument_is_known() -> None:
    known = {*shipped(), "audit"}
    for pathway in PATHWAYS.values():
        assert pathway.checked_by == "not yet checked by a clinician"
        assert all(step.source and step.responsible for step in pathway.steps)
        assert {t.instrument for level in pathway.levels for t in level.triggers} <= known


def test_every_flag_that_a_pathway_follows_exists() -> None:
    for pathway in PATHWAYS.values():
        for trigger in [t for level in pathway.levels for t in level.triggers if t.flag]:
            flags = {flag.code for flag in shipped()[trigger.instrument].flags}
            assert trigger.flag in flags


@pytest.mark.parametrize(
    ("name", "was", "becomes", "sentence"),
    [
        (
            "risk_of_self_harm",
            'within = "same visit"',
            'within = "2 weeks"',
            'is due in the "same v',
        ),
        ("risk_of_self_harm", "item9_positive", "caseness", "nothing follows from phq9_item9_pos"),
        (
            "risk_of_self_harm",
            "item9_not_answered",
            "caseness",
            "nothing follows from phq9_item9_n",
        ),
        ("pain", 'text = " with', 'text = "with', "it begins with a space or a comma"),
        ("pain", "offer the pain guide", "high risk", 'says "high risk"; never grade that risk'),
        ("pain", 'flag = "pain_severe"', 'flag = "a", band = "b"', "only one of them"),
        ("pain", "code = ", "kode = ", "code is missing"),
        ("pain", "[[levels.steps]]", "[[levels.stepps]]", "the level severe needs when, and steps"),
        ("smoking", "stop_smoking_advice", "stop_smoking_wanted", "stands there twice"),
        ("alcohol", "score_from = 20", 'score_from = "20"', "score_from must be a number"),
        ("alcohol", "score_from = 20", "score_from = nan", "score_from must be a number"),
    ],
)
def test_a_pathway_that_breaks_a_rule_is_refused(
    name: str, was: str, becomes: str, sentence: str
) -> None:
    assert was in TEXTS[name]
    with pytest.raises(ContentRefused) as refused:
        read_pathway(TEXTS[name].replace(was, becomes))
    assert sentence in str(refused.value)
