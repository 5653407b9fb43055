"""What is known of a person: change, repetition, age, treatment; and what is not known (H1)."""

import pytest

from imparts.rules.pathways.context import NOTHING_KNOWN, VisitContext, context_from_json
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.recommend import recommend
from imparts.rules.scoring.score import score
from tests.rules.invented_pathways import (
    DAY,
    INVENTED,
    MOOD,
    before,
    low_mood,
    worry,
)
from tests.rules.reference_instruments import every

TRIGGER = '{ instrument = "phq9", score_from = 15, because = "low mood is 15 or more" }'
WORSE = '{ instrument = "phq9", worse_beyond_chance = true, because = "low mood has changed" }'
TWICE = TRIGGER.replace(" }", ", repeated = { times = 2, within_days = 90 } }")


def ids(text: str, *scores, context: VisitContext = NOTHING_KNOWN) -> list[str]:
    found = recommend(read_pathway(text), {one.instrument: one for one in scores}, context)
    return [one.step_id for one in found]


def reason(text: str, *scores, context: VisitContext = NOTHING_KNOWN) -> str:
    found = recommend(read_pathway(text), {one.instrument: one for one in scores}, context)
    return found[0].reason


def with_history(*past) -> VisitContext:
    return VisitContext(on=DAY, history={"phq9": tuple(past)})


def only(condition: str) -> str:
    """The invented pathway with its first level for some people only."""
    return INVENTED.replace('code = "high"\n', f'code = "high"\nonly_when = {condition}\n')


def test_a_change_leads_there_from_the_reliable_change_up_and_not_below_it() -> None:
    text = INVENTED.replace(TRIGGER, WORSE)
    by_five = with_history(before(90, low_mood(3)))
    by_six = with_history(before(90, low_mood(2)))
    assert ids(text, low_mood(8), context=by_five) == []
    assert ids(text, low_mood(8), context=by_six) == ["talk_high", "refer"]
    assert reason(text, low_mood(8), context=by_six) == (
        "Because low mood has changed (worse by 6 since 19 August 2026)."
    )


def test_better_is_not_worse() -> None:
    better = INVENTED.replace(TRIGGER, WORSE.replace("worse_", "better_"))
    fell = with_history(before(90, low_mood(20)))
    assert ids(better, low_mood(3), context=fell) == ["talk_high", "refer"]
    assert ids(INVENTED.replace(TRIGGER, WORSE), low_mood(3), context=fell) == []


def test_a_change_is_from_the_last_complete_score_and_never_from_or_to_an_estimate() -> None:
    text = INVENTED.replace(TRIGGER, WORSE)
    partly = {f"q{number}": 1 for number in range(1, 8)}
    since_two = with_history(before(9, low_mood(2)))
    assert ids(text, _seen(partly), context=since_two) == ["talk_some"]  # it could be 13
    skipped = with_history(before(90, low_mood(2)), before(30, _seen(partly)))
    assert ids(text, low_mood(8), context=skipped) == ["talk_high", "refer"]
    assert ids(text, low_mood(8), context=with_history(before(30, _seen(partly)))) == []


def test_without_an_earlier_score_nothing_has_changed_and_nothing_is_repeated() -> None:
    assert ids(INVENTED.replace(TRIGGER, WORSE), low_mood(8)) == []
    assert ids(INVENTED.replace(TRIGGER, TWICE), low_mood(16)) == ["talk_some"]


@pytest.mark.parametrize(
    ("days", "earlier", "found"), [(90, 15, True), (91, 15, False), (30, 14, False)]
)
def test_repeated_is_counted_inside_its_days(days: int, earlier: int, found: bool) -> None:
    context = with_history(before(days, low_mood(earlier)))
    steps = ids(INVENTED.replace(TRIGGER, TWICE), low_mood(16), context=context)
    assert steps == (["talk_high", "refer"] if found else ["talk_some"])


def test_the_reason_says_how_often_and_since_when() -> None:
    context = with_history(before(60, low_mood(17)), before(30, low_mood(18)))
    assert reason(INVENTED.replace(TRIGGER, TWICE), low_mood(16), context=context) == (
        "Because low mood is 15 or more (3 times since 18 September 2026)."
    )


@pytest.mark.parametrize(
    ("condition", "context", "is_for"),
    [
        ("{ age_from = 65 }", VisitContext(age=65), True),
        ("{ age_from = 65 }", VisitContext(age=64), False),
        ("{ age_up_to = 25 }", VisitContext(age=25), True),
        ("{ age_up_to = 25 }", VisitContext(age=26), False),
        ('{ services = ["rheumatology"] }', VisitContext(service="rheumatology"), True),
        ('{ services = ["rheumatology"] }', VisitContext(service="renal"), False),
        ("{ pregnant = true }", VisitContext(is_pregnant=True), True),
        ("{ pregnant = true }", VisitContext(is_pregnant=False), False),
        ('{ in_treatment = ["gp"] }', VisitContext(in_treatment=frozenset({"gp"})), True),
        ('{ in_treatment = ["gp"] }', VisitContext(in_treatment=frozenset()), False),
        ('{ not_in_treatment = ["gp"] }', VisitContext(in_treatment=frozenset()), True),
        ('{ not_in_treatment = ["gp"] }', VisitContext(in_treatment=frozenset({"gp"})), False),
        ('{ after_step = "x" }', VisitContext(taken_before=frozenset({("x", "done")})), True),
        ('{ after_step = "x" }', VisitContext(taken_before=frozenset({("x", "not_now")})), False),
    ],
)
def test_a_level_is_for_those_whom_it_names(
    condition: str, context: VisitContext, is_for: bool
) -> None:
    found = ids(only(condition), low_mood(16), context=context)
    assert found == (["talk_high", "refer"] if is_for else ["talk_some"])


@pytest.mark.parametrize(
    ("condition", "what"),
    [
        ("{ age_from = 65 }", "age"),
        ('{ services = ["renal"] }', "the service"),
        ("{ pregnant = true }", "whether pregnant"),
        ("{ pregnant = false }", "whether pregnant"),
        ('{ in_treatment = ["gp"] }', "whether in treatment"),
        ('{ not_in_treatment = ["gp"] }', "whether in treatment"),
        ('{ after_step = "x" }', "what was done before"),
    ],
)
def test_what_is_not_known_fires_no_treatment_removes_no_safety_step_and_is_said(
    condition: str, what: str
) -> None:
    found = recommend(read_pathway(only(condition)), {"phq9": low_mood(16)})
    assert [one.step_id for one in found] == ["talk_high", "talk_some"]
    assert found[0].reason.endswith(f"Not known: {what}; only this was kept.")
    assert found[1].reason.endswith(f"Not known: {what}; what hangs on it was left out.")


def test_an_end_that_hangs_on_something_unknown_ends_nothing() -> None:
    text = INVENTED.replace(
        '[[levels]]\ncode = "high"',
        '[[levels]]\ncode = "end"\nnothing_follows = true\nonly_when = { pregnant = true }\n'
        'when = [{ instrument = "phq9", score_from = 1, because = "low mood is 1 or more" }]\n'
        '[[levels]]\ncode = "high"',
    )
    assert ids(text, low_mood(16)) == ["talk_high", "refer"]
    assert ids(text, low_mood(16), context=VisitContext(is_pregnant=True)) == []


def test_somebody_in_treatment_goes_on_with_it_and_is_not_referred_anew() -> None:
    context = VisitContext(in_treatment=frozenset({"liaison_psychiatry"}))
    names = {"liaison_psychiatry": "liaison psychiatry"}
    assess, refer = recommend(MOOD, {"phq9": low_mood(21)}, context, names=names)
    assert assess.answer_before_end and assess.kind == "talk"
    assert f"{refer.verb_first}{refer.text}" == (
        "Continue with liaison psychiatry; tell them the score."
    )
    assert (refer.kind, refer.options) == ("review", ("liaison_psychiatry",))


def test_treatment_with_something_else_does_not_keep_a_referral_away() -> None:
    context = VisitContext(in_treatment=frozenset({"stop_smoking_service"}))
    refer = recommend(MOOD, {"phq9": low_mood(21)}, context)[1]
    assert (refer.kind, refer.verb_first) == ("refer", "Liaison psychiatry")


def test_what_was_known_is_kept_with_the_entry_and_read_back() -> None:
    known = VisitContext(
        age=65, service="rheumatology", is_pregnant=None, in_treatment=frozenset({"gp"}),
        taken_before=frozenset({("x", "done")}), on=DAY,
    )  # fmt: skip
    assert context_from_json(known.as_json(), on=DAY) == known
    assert context_from_json({}, on=DAY) == VisitContext(on=DAY)


def test_worry_and_low_mood_are_both_named() -> None:
    found = recommend(MOOD, {"phq9": low_mood(16), "gad7": worry(16)})
    assert found[0].reason == "Because low mood is 15 to 19 and worry is 15 or more."


def _seen(answers: dict[str, int]):
    from imparts.rules.pathways.context import seen

    return seen(score(every()["phq9"], answers))
