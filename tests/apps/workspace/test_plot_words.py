"""The words of a plot: over three hundred random courses none lies upon another."""

from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest

from imparts.rules.trends.definition import Course, PlotPoint, Series, TreatmentDrawn
from imparts.workspace.pages.plot import plot_of, small_plot_of, span_of
from imparts.workspace.pages.plot.shapes import Text
from tests.apps.workspace.plots import large, said
from tests.rules.trends.courses import ENERGY, GAD7, PAIN, PHQ9, SKIN, TODAY, WEIGHT

TOUCHES = 0.5  # of a pixel


def overlaps(texts: tuple[Text, ...]) -> list[tuple[str, str]]:
    """Texts that lie upon each other."""
    boxes = [(text, text.box) for text in texts]
    return [
        (one.words, other.words)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.right, b.right) - max(a.left, b.left) > TOUCHES
        and min(a.bottom, b.bottom) - max(a.top, b.top) > TOUCHES
    ]


def a_random_course(chance: Random) -> Course:
    """Anything that a person may have answered: few or many visits, near or far, estimates too."""
    scale = chance.choice((PHQ9, GAD7, ENERGY, PAIN, SKIN, WEIGHT))
    lowest, highest = int(scale.lowest), int(scale.highest)
    longest = chance.choice((20, 200, 900, 4000))
    count = chance.choice((1, 2, 3, 7, 20, 40))
    days = sorted(chance.randrange(longest) for _ in range(count))
    points = []
    for number, back in enumerate(reversed(days), start=1):
        value = chance.randint(lowest, highest)
        is_estimate = chance.random() < 0.2
        lower = max(lowest, value - chance.randrange(6)) if is_estimate else None
        upper = min(highest, value + chance.randrange(6)) if is_estimate else None
        points.append(
            PlotPoint(
                TODAY - timedelta(days=back), Decimal(value),
                Decimal(lower) if lower is not None else None,
                Decimal(upper) if upper is not None else None, is_estimate, number,
            )
        )  # fmt: skip
    return Course(scale, (Series(tuple(points), "1"),), baseline=chance.choice((0, 1, count)))


def some_treatments(chance: Random) -> tuple[TreatmentDrawn, ...]:
    """Up to six treatments, over each other as they come."""
    found = []
    for number in range(chance.randrange(7)):
        began = TODAY - timedelta(days=chance.randrange(1500))
        ended = began + timedelta(days=chance.randrange(200)) if chance.random() < 0.6 else None
        if ended and ended > TODAY:
            ended = TODAY
        what = f"{'Talking Therapies ' * chance.randrange(1, 4)}{number}"
        is_event = chance.random() < 0.4
        found.append(TreatmentDrawn(what, began, None if is_event else ended, is_event))
    return tuple(found)


@pytest.mark.parametrize("seed", range(30))
def test_no_words_of_ten_random_courses_overlap(seed):
    chance = Random(seed)
    for _ in range(10):
        of, treatments = a_random_course(chance), some_treatments(chance)
        span = span_of([of], treatments, today=TODAY)
        for draw in (plot_of, small_plot_of):
            plot = draw(of, treatments=treatments, span=span, title="Any")
            assert overlaps(plot.texts) == []
            assert all(t.box.left >= 0 and t.box.right <= 1217 for t in plot.texts), said(plot)


@pytest.mark.parametrize("seed", range(10))
def test_the_last_value_of_random_courses_is_always_written(seed):
    chance = Random(1000 + seed)
    for _ in range(10):
        of = a_random_course(chance)
        assert of.last is not None
        assert any(text.size == 19 for text in large(of).texts)
