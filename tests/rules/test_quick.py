"""The quick scorer says what the obvious one says, on every instrument, whatever is answered."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.instruments.definition import Instrument, Item, Option, SubscaleRule
from imparts.rules.scoring.quick import scorer as quick
from imparts.rules.scoring.quick.scorer import QuickScorer
from imparts.rules.scoring.score import score
from tests.rules.random_forms import answers_to, contexts_of, every_instrument, invented
from tests.rules.reference_instruments import every, reference, with_cases

ALL = every_instrument()
SCORERS = {name: QuickScorer(instrument) for name, instrument in ALL.items()}


def said_by(scorer: Any, answers: Any, context: Any) -> str:
    """The result as text with its keys in order, or the sentence of the refusal."""
    try:
        return json.dumps(scorer(answers, context))
    except ValueError as refused:
        return f"{type(refused).__name__}: {refused}"


def obvious(instrument: Instrument) -> Any:
    return lambda answers, context: score(instrument, answers, context).as_json()


@pytest.mark.parametrize("name", sorted(ALL))
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_quick_scorer_says_what_the_obvious_one_says(name: str, data: st.DataObject) -> None:
    instrument = ALL[name]
    answers = data.draw(answers_to(instrument, wrong=True))
    context = data.draw(contexts_of(instrument))
    expected = said_by(obvious(instrument), answers, context)
    assert said_by(SCORERS[name], answers, context) == expected


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_so_it_does_on_instruments_that_nobody_published(data: st.DataObject) -> None:
    instrument = data.draw(invented())
    scorer = QuickScorer(instrument)
    forms = st.tuples(answers_to(instrument), contexts_of(instrument))
    for answers, context in data.draw(st.lists(forms, min_size=1, max_size=20)):
        assert said_by(scorer, answers, context) == said_by(obvious(instrument), answers, context)


def every_auditc() -> Iterator[dict[str, int | None]]:
    for values in product((None, 0, 1, 2, 3, 4), repeat=3):
        yield dict(zip(("q1", "q2", "q3"), values, strict=True))


def test_every_auditc_there_can_be_comes_out_the_same() -> None:
    auditc = every()["auditc"]
    scorer = QuickScorer(auditc)
    for answers in every_auditc():
        assert scorer(answers) == score(auditc, answers).as_json()


def test_every_worked_case_comes_out_as_published() -> None:
    for name in with_cases():
        scorer = QuickScorer(every()[name])
        for case in reference()[name]["worked_cases"]:
            found = scorer(case["answers"], case.get("context", {}))
            assert {key: found[key] for key in case["expect"]} == case["expect"]


def test_a_wrong_band_would_be_noticed() -> None:
    right = every()["auditc"]
    moved = [replace(band, highest=band.highest - 1) for band in right.bands[:1]]
    wrong = QuickScorer(replace(right, bands=(*moved, *right.bands[1:])))
    assert any(wrong(answers) != score(right, answers).as_json() for answers in every_auditc())


@pytest.mark.parametrize("left_out", [-1, -3, -4])  # how many, and both sums
def test_a_sum_too_few_would_be_noticed(monkeypatch: Any, left_out: int) -> None:
    auditc = every()["auditc"]

    def one_field_less(instrument: Instrument) -> Any:
        return tuple(
            replace(part, fields=[*part.fields[:left_out], *part.fields[left_out:][1:]])
            for part in parts_of(instrument)
        )

    parts_of = quick.parts_of
    monkeypatch.setattr(quick, "parts_of", one_field_less)
    scorer = QuickScorer(auditc)
    assert any(scorer(answers) != score(auditc, answers).as_json() for answers in every_auditc())


def test_a_way_of_scoring_that_is_not_known_is_asked_for_each_set_of_answers() -> None:
    profile = replace(every()["auditc"].scoring, method="profile", skips=())
    scorer = QuickScorer(replace(every()["auditc"], scoring=profile, flags=()))
    assert scorer({"q1": 1, "q2": 2, "q3": 3})["profile"] == "123"
    assert scorer({"q1": 3, "q2": 2, "q3": 1})["profile"] == "321"


@pytest.mark.parametrize("reverse", [False, True])
def test_a_part_that_counts_answers_otherwise_comes_out_the_same(reverse: bool) -> None:
    values = {"q1": (0, 1, 2), "q2": (0, 2), "q3": (0, 1, 2)}
    items = tuple(
        Item(name, "", tuple(Option("", value) for value in some), reverse=reverse)
        for name, some in values.items()
    )
    part = SubscaleRule("part", "", tuple(values), "sum", 1, recoded=((0, 0), (1, 2), (2, 1)))
    scoring = replace(every()["phq2"].scoring, subscales=(part,))
    instrument = replace(every()["phq2"], items=items, scoring=scoring, flags=())
    scorer = QuickScorer(instrument)
    for given_answers in product(*[(None, *some) for some in values.values()]):
        answers = dict(zip(values, given_answers, strict=True))
        assert scorer(answers) == score(instrument, answers).as_json()


def test_the_obvious_scorer_is_asked_once_for_each_result() -> None:
    asked = []

    def counting(*form: Any) -> Any:
        asked.append(form)
        return score(*form)

    scorer = QuickScorer(every()["gad7"], counting)
    forms = [{f"q{n}": (n + shift) % 4 for n in range(1, 8)} for shift in range(4)]
    for _ in range(50):
        for answers in forms:
            scorer(answers)
    assert 0 < len(asked) <= len(forms)


def test_changing_a_result_changes_no_later_one() -> None:
    scorer = QuickScorer(every()["phq4"])
    answers = {f"q{n}": 3 for n in range(1, 5)}
    first = scorer(answers)
    first["flags"].clear()
    first["subscales"]["anxiety"]["score"] = 0
    assert scorer(answers) == score(every()["phq4"], answers).as_json()


def test_memory_does_not_grow_with_the_number_of_different_forms(monkeypatch: Any) -> None:
    monkeypatch.setattr(quick, "REMEMBERED", 10)
    auditc = every()["auditc"]
    scorer = QuickScorer(auditc)
    for answers in every_auditc():
        assert scorer(answers) == score(auditc, answers).as_json()
        assert len(scorer._remembered) <= 10 and len(scorer._settled) <= 10


def test_a_large_instrument_is_counted_in_several_words() -> None:
    pcl5 = every()["pcl5"]
    more = [replace(item, id=f"more_{item.id}") for item in pcl5.items]
    profile = replace(pcl5.scoring, method="profile")
    wide = replace(pcl5, items=(*pcl5.items, *more), scoring=profile)
    scorer = QuickScorer(wide)
    assert scorer.words > 1
    answers = {item.id: place % 5 for place, item in enumerate(wide.items)}
    for changed in wide.items:
        form = {**answers, changed.id: 4}
        assert scorer(form) == score(wide, form).as_json()
