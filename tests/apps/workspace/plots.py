"""Plots for tests: one course drawn large, and the texts that stand in it."""

from datetime import date

from imparts.rules.trends.definition import Course, TreatmentDrawn
from imparts.workspace.pages.plot import Plot, plot_of, span_of
from tests.rules.trends.courses import TODAY


def large(of: Course, *treatments: TreatmentDrawn, today: date = TODAY) -> Plot:
    """A large plot of one course."""
    span = span_of([of], treatments, today=today)
    return plot_of(of, treatments=treatments, span=span, title="Low mood")


def said(plot: Plot) -> list[str]:
    """Every text of a plot."""
    return [text.strong + text.words for text in plot.texts]
