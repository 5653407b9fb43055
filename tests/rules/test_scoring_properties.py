"""What must hold for every instrument and any answers (clinical reference, section 2.2).

The flags are worked out a second time here, from the reference's own rules and not from our files.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.instruments.branching import items_contradicted
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.refused import ScoringRefused
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.score import score
from tests.rules.answers import Answers
from tests.rules.random_forms import answers_to, contexts_of
from tests.rules.reference_instruments import every, reference, with_cases

Context = Mapping[str, bool]

NUMBERED = ("sum", "mean")
# Their scoring comes with a licensed wording, or never; until then there is no number at all.
REFUSED = {
    "assist_lite", "gppaq", "haq_di", "kccq12", "pam13", "promis10", "promis29", "reqol10",
    "swemwbs",
}  # fmt: skip
SCORED = tuple(sorted(set(every()) - REFUSED))
DSM5_CLUSTERS = {
    "BCDE"[n]: r for n, r in enumerate([(1, 5, 1), (6, 7, 1), (8, 14, 2), (15, 20, 2)])
}


def of(name: str) -> Instrument:
    """One instrument, as its file says."""
    return every()[name]


def forms(name: str) -> st.SearchStrategy[tuple[dict[str, int | None], dict[str, bool]]]:
    """Answers with a context."""
    return st.tuples(answers_to(of(name)), contexts_of(of(name)))


def test_every_instrument_of_the_library_is_tried_or_refuses_to_be_scored() -> None:
    assert len(SCORED) == 38
    assert set(with_cases()) <= set(SCORED)
    for name in REFUSED:
        with pytest.raises(ScoringRefused, match=name):
            score(of(name), {})


@pytest.mark.parametrize("name", SCORED)
def test_the_score_lies_between_its_bounds_and_a_complete_one_on_both(name: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(forms(name))
    def holds(form: tuple[Answers, Context]) -> None:
        found = score(of(name), *form)
        for part in found.subscales:
            assert part.lower <= part.upper
            assert part.score is None or part.lower <= part.score <= part.upper
        if found.lower is None or found.upper is None:
            assert of(name).scoring.method not in NUMBERED
            return
        assert found.lower <= found.upper
        if found.score is not None:
            assert found.lower <= found.score <= found.upper
        if found.is_complete:
            assert found.lower == found.score == found.upper

    holds()


@pytest.mark.parametrize("name", [n for n in SCORED if not of(n).scoring.skips])
def test_an_answer_never_widens_the_bounds(name: str) -> None:
    instrument = of(name)
    if instrument.scoring.method not in NUMBERED:
        assert score(instrument, {}).lower is None  # a word has no bounds
        return
    every = [(i.id, o.value) for i in instrument.scored_items for o in i.options]

    @settings(max_examples=60, deadline=None)
    @given(answers_to(instrument), st.sampled_from(every))
    def holds(answers: Answers, one_more: tuple[str, int]) -> None:
        item, value = one_more
        before = score(instrument, {**answers, item: None})
        after = score(instrument, {**answers, item: value})
        ends = [before.lower, after.lower, after.upper, before.upper]
        assert ends == sorted(ends)

    holds()


@pytest.mark.parametrize("name", SCORED)
def test_the_order_of_items_and_of_answers_changes_nothing(name: str) -> None:
    instrument = of(name)

    @settings(max_examples=40, deadline=None)
    @given(forms(name), st.randoms(use_true_random=False))
    def holds(form: tuple[Answers, Context], chance: Any) -> None:
        answers, context = form
        names, items = list(answers), list(instrument.items)
        chance.shuffle(names)
        chance.shuffle(items)
        other = replace(instrument, items=tuple(items))
        moved = score(other, {item: answers[item] for item in names}, context)
        assert _without_order(moved) == _without_order(score(instrument, answers, context))

    holds()


def _without_order(found: Score) -> dict[str, Any]:
    said = {**found.as_json(), "missing": sorted(found.missing), "asked": found.asked}
    # A profile is its items in their order; permuted items give the same digits.
    return said | {"profile": sorted(found.profile or "")}


@pytest.mark.parametrize("name", SCORED)
def test_a_flag_fires_if_and_only_if_the_rule_of_the_reference_holds(name: str) -> None:
    rules = {flag["code"]: flag for flag in reference()[name]["flags"]}

    @settings(max_examples=80, deadline=None)
    @given(forms(name))
    def holds(form: tuple[Answers, Context]) -> None:
        answers, context = form
        found = score(of(name), answers, context)
        gone = items_contradicted(of(name), answers, context)
        counted = {
            item: value for item, value in answers.items() if value is not None and item not in gone
        }
        expected = {
            code for code, rule in rules.items() if _rule_holds(rule, name, counted, gone, found)
        }
        assert set(found.flags) & set(rules) == expected

    holds()


def _rule_holds(
    rule: Mapping[str, Any], name: str, counted: Mapping[str, int], gone: frozenset[str],
    found: Score,
) -> bool:  # fmt: skip
    """One flag of the reference, read literally."""
    kind, value = rule["type"], rule.get("value")
    if kind == "score_gte":
        surely = found.score if found.score is not None else found.lower
        return surely is not None and surely >= Decimal(str(value))
    if kind == "item_gte":
        return counted.get(rule["item"], -1) >= value
    if kind == "item_missing":
        return rule["item"] not in counted and rule["item"] not in gone
    if kind == "subset_sum_gte":
        return sum(counted.get(item, 0) for item in rule["items"]) >= value
    if kind == "count_items_gte":
        among = rule.get("items") or [item.id for item in of(name).scored_items]
        return sum(counted.get(item, -1) >= rule["item_value"] for item in among) >= rule["count"]
    if found.status != "complete":
        return False
    if kind == "phq9_algorithm":
        symptoms = [i for i in range(1, 10) if counted[f"q{i}"] >= (1 if i == 9 else 2)]
        return bool({1, 2} & set(symptoms)) and rule["min"] <= len(symptoms) <= rule["max"]
    assert kind == "dsm5_pcl5", f"a rule that this test does not know: {kind}"
    return all(
        sum(counted[f"q{i}"] >= 2 for i in range(first, last + 1)) >= wanted
        for first, last, wanted in DSM5_CLUSTERS.values()
    )


@pytest.mark.parametrize("name", with_cases())
def test_the_declared_allowance_decides_between_complete_estimate_and_no_score(name: str) -> None:
    allowed = reference()[name]["scoring"]["missing"].get("max_prorate", 0)

    @settings(max_examples=60, deadline=None)
    @given(forms(name))
    def holds(form: tuple[Answers, Context]) -> None:
        found = score(of(name), *form)
        if not found.missing:
            assert found.status == "complete"
        elif len(found.missing) <= allowed and found.answered:
            assert found.status == "prorated"
        else:
            assert found.status == "incomplete"
            assert found.score is None

    holds()
