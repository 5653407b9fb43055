"""The plot: where every point stands, how gaps and chance are drawn; that no words overlap."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from imparts.rules.trends.definition import Course, PlotPoint, Series
from imparts.workspace.pages.plot import LARGE, plot_of, small_plot_of, span_of
from imparts.workspace.pages.plot.axes import GREYS
from imparts.workspace.pages.plot.placing import crosses
from imparts.workspace.pages.plot.shapes import Box
from imparts.workspace.pages.plot.text_width import text_width
from tests.apps.workspace.plots import large, said
from tests.rules.trends.courses import (
    AMARA,
    AMARAS_WORRY,
    DAYS,
    ENERGY,
    PAIN,
    PHQ9,
    SKIN,
    STOPPED,
    THERAPY,
    TODAY,
    WEIGHT,
    course,
)

BOTH = (THERAPY, STOPPED)


def test_every_score_stands_where_the_whole_scale_puts_it():
    plot = large(AMARA, *BOTH)
    for dot, point in zip(plot.dots, AMARA.points, strict=True):
        assert dot.y == round(48 + (27 - float(point.value)) / 27 * 330, 1)


def test_days_stand_on_one_scale_from_the_first_to_today():
    plot = large(AMARA, *BOTH)
    whole = (DAYS[-1] - DAYS[0]).days
    for dot, day in zip(plot.dots, DAYS, strict=True):
        assert dot.x == pytest.approx(80 + (day - DAYS[0]).days / whole * 910, abs=0.1)


def test_the_picture_is_as_large_as_drawn_by_the_design():
    plot = large(AMARA)
    assert (plot.width, plot.height) == (1216, 408)
    assert (LARGE.left, LARGE.right, LARGE.top, LARGE.bottom) == (44, 190, 48, 30)


def test_bands_rise_from_white_and_fill_the_scale():
    areas = large(AMARA).areas
    assert [area.fill for area in areas] == list(GREYS)
    assert areas[0].y + areas[0].height == 378 and areas[-1].y == 48
    for lower, upper in pairwise(areas):
        assert upper.y + upper.height == pytest.approx(lower.y, abs=0.11)


def test_the_darkest_band_is_the_worst_whichever_way_a_scale_runs():
    span = span_of([], (), today=TODAY)
    better = plot_of(course(ENERGY, (TODAY, "20")), treatments=(), span=span, title="Energy")
    assert [area.fill for area in better.areas] == ["#f6f8f9", "#ffffff"]


def test_no_line_crosses_a_gap():
    lines = large(AMARA).lines
    assert [line.count(",") for line in lines] == [4, 3]


def test_the_gap_is_named_and_drawn_without_a_line():
    assert "not asked for 9 months" in said(large(AMARA))


def test_a_gap_in_which_questions_were_offered_is_not_called_not_asked():
    offered = replace(AMARA, offered_on=(date(2025, 9, 1),))
    assert "no score for 9 months" in said(large(offered))


def test_an_estimate_is_hollow_with_a_whisker_from_lower_to_upper():
    plot = large(AMARA)
    assert [dot.is_open for dot in plot.dots] == [False] * 3 + [True] + [False] * 3
    x = plot.dots[3].x
    assert plot.whiskers.startswith(f"M{x} {48 + 15 / 27 * 330:.1f}V{48 + 21 / 27 * 330:.1f}")
    assert "estimate, could be 6 to 12" in said(plot)


def test_the_last_score_is_larger_and_bold():
    plot = large(AMARA)
    assert [dot.r for dot in plot.dots] == [5.0] * 6 + [7.0]
    (last,) = [text for text in plot.texts if text.size == 19]
    assert last.words == "14" and last.is_bold and last.has_halo


def test_the_chance_range_runs_from_the_baseline_on():
    plot = large(AMARA)
    x = plot.dots[5].x
    assert plot.edges == f"M{x} {48 + 15 / 27 * 330:.1f}H1026M{x} 378.0H1026"
    assert {"between 0 and 12: no more", "than chance since 16 June"} <= set(said(plot))


def test_the_hatch_stays_inside_the_chance_range_at_45_degrees():
    plot = large(AMARA)
    left, top = plot.dots[5].x, 48 + 15 / 27 * 330
    found = re.findall(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", plot.hatch)
    assert len(found) > 20
    for x1, y1, x2, y2 in (map(float, each) for each in found):
        assert left - 0.1 <= x1 <= x2 <= 1026.1 and top - 0.1 <= y2 <= y1 <= 378.1
        assert x2 - x1 == pytest.approx(y1 - y2, abs=0.11)


def test_without_a_known_chance_no_range_is_drawn():
    plot = large(course(SKIN, (DAYS[5], "4"), (TODAY, "14")))
    assert plot.hatch == "" and plot.edges == ""


def test_treatments_stand_in_a_lane_above_with_lines_down():
    plot = large(AMARA, *BOTH)
    (bar,) = plot.bars
    assert (bar.y, bar.height) == (26, 8)
    assert plot.events.endswith(" 26V38")
    assert plot.dotted.count("M") == 3
    assert {"Talking Therapies, 8 sessions", "Biologic stopped"} <= set(said(plot))


def test_a_treatment_without_room_for_its_name_is_said_under_the_plot():
    again = replace(THERAPY, what="Another course at the same time")
    assert large(AMARA, THERAPY, again).not_named == ("Another course at the same time",)


def test_the_cut_is_a_line_with_its_name():
    plot = large(AMARA)
    assert plot.cut == f"M44 {48 + 17 / 27 * 330:.1f}H1026"
    assert "10: usual cut" in said(plot)


def test_numbers_at_the_left_stand_only_at_the_limits_of_bands():
    at_left = [text.words for text in large(AMARA).texts if text.anchor == "end" and text.x == 36]
    assert sorted(map(int, at_left)) == [0, 5, 10, 15, 20, 27]


def test_dates_stand_only_at_visits_and_the_last_says_today():
    dates = [text.words for text in large(AMARA).texts if text.y == 398]
    assert dates == [
        "19 Nov 24", "14 Jan 25", "18 Mar", "20 May", "17 Feb 26", "16 Jun", "17 Nov, today",
    ]  # fmt: skip


def test_another_version_is_another_line_and_another_range_is_not_drawn():
    old = Series((PlotPoint(DAYS[4], Decimal(7), id=1), PlotPoint(DAYS[5], Decimal(6), id=2)), "1")
    new = Series((PlotPoint(TODAY, Decimal(14), id=3),), "2")
    both = large(Course(PHQ9, (old, new)))
    assert len(both.lines) == 1 and len(both.dots) == 3
    apart = large(Course(PHQ9, (replace(old, is_on_scale=False), new)))
    assert apart.lines == () and len(apart.dots) == 1


def test_two_visits_on_one_day_are_two_points_under_one_date():
    plot = large(course(PHQ9, (TODAY, "6"), (TODAY, "14")))
    assert len(plot.dots) == 2 and plot.dots[0].x == plot.dots[1].x
    assert sum(words.endswith("today") for words in said(plot)) == 1


def test_one_score_stands_alone_with_its_value():
    plot = large(course(PHQ9, (TODAY, "14")))
    assert plot.lines == () and len(plot.dots) == 1 and "14" in said(plot)


def test_no_score_draws_an_empty_scale():
    plot = large(Course(PHQ9))
    assert plot.dots == () and plot.lines == () and len(plot.areas) == 5


def test_a_pair_is_drawn_as_two_points_and_two_lines():
    pairs = tuple(
        PlotPoint(day, Decimal(high), id=n, second=Decimal(low))
        for n, (day, high, low) in enumerate(((DAYS[5], 130, 85), (TODAY, 128, 82)), start=1)
    )
    plot = large(Course(WEIGHT, (Series(pairs),)))
    assert len(plot.dots) == 4 and len(plot.lines) == 2 and "128/82" in said(plot)


def test_the_small_plot_has_the_same_days_and_its_last_score_at_the_right():
    span = span_of([AMARA, AMARAS_WORRY], BOTH, today=TODAY)
    small = small_plot_of(AMARAS_WORRY, treatments=BOTH, span=span, title="Worry")
    big = plot_of(AMARA, treatments=BOTH, span=span, title="Low mood")
    assert [dot.x for dot in small.dots] == [dot.x for dot in big.dots]
    assert small.height == 84 and {"11 moderate", "13", "8"} <= set(said(small))


def test_the_description_holds_every_score_gap_and_treatment():
    words = large(AMARA, *BOTH).described
    for number, day in (("17", "19 November 2024"), ("14", "17 November 2026")):
        assert f"{number} on {day}" in words
    assert "estimated 8, could be 6 to 12, on 20 May 2025" in words
    assert "From 20 May 2025 to 17 February 2026 not asked for 9 months" in words
    assert "Talking Therapies, 8 sessions, 10 February 2025 to 12 May 2025" in words
    assert "Biologic stopped, 18 August 2026" in words


def test_every_number_that_is_drawn_is_as_wide_as_arial():
    assert text_width("14", 19, is_bold=True) == pytest.approx(21.1, abs=0.1)
    assert text_width("estimate, could be 6 to 12", 14) == pytest.approx(161.1, abs=1)


def test_a_line_through_a_rectangle_is_found_and_one_beside_it_is_not():
    box = Box(10, 10, 20, 20)
    assert crosses((0, 15, 30, 15), box) and crosses((0, 0, 30, 30), box)
    assert not crosses((0, 5, 30, 5), box) and not crosses((0, 15, 8, 15), box)


def test_a_change_that_only_counts_as_one_is_not_called_chance():
    plot = large(course(PAIN, (DAYS[5], "4"), (TODAY, "7")))
    assert {"between 2 and 6: not", "counted as a change since 16 June"} <= set(said(plot))


def test_every_colour_of_a_plot_is_a_grey_and_its_words_stand_out_from_all_of_them():
    template = (Path("imparts/workspace/templates/workspace") / "plot.jinja").read_text()
    colours = {*re.findall(r"#[0-9a-f]{6}", template), *GREYS}
    assert len(colours) > 6
    for colour in colours:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        assert max(red, green, blue) - min(red, green, blue) <= 40, colour
    for band in GREYS:
        assert contrast("#212b32", band) >= 10


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG works it out."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    lights = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lights[0] + 0.7152 * lights[1] + 0.0722 * lights[2]
