"""The plot of one measure: every coordinate and word decided here, drawn by plot.jinja.

plot_of is a pure function of a course, a span of days and sizes, so that a page and a letter draw
the same picture. Begin with drawing.py; the numbers are those of the design: 1216 x 408, margins
44, 190, 48 and 30, always the whole range of the scale, never a second axis.
"""

from imparts.workspace.pages.plot.drawing import plot_of, small_plot_of
from imparts.workspace.pages.plot.field import LARGE, SMALL, Sizes, Span, span_of
from imparts.workspace.pages.plot.shapes import Plot

__all__ = ["LARGE", "SMALL", "Plot", "Sizes", "Span", "plot_of", "small_plot_of", "span_of"]
