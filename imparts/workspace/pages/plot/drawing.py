"""Drawing: a course of one measure becomes a plot, large with everything named, or small."""

from collections.abc import Sequence

from imparts.rules.scoring.change import plain
from imparts.rules.scoring.parts import words_of
from imparts.rules.trends.comparing import chance_range
from imparts.rules.trends.definition import Course, PlotPoint, TreatmentDrawn
from imparts.workspace.pages.plot import axes, chance, points
from imparts.workspace.pages.plot.described import described
from imparts.workspace.pages.plot.field import LARGE, SMALL, Field, Sizes, Span
from imparts.workspace.pages.plot.lane import dotted, lane
from imparts.workspace.pages.plot.placing import APART, Ground
from imparts.workspace.pages.plot.shapes import ASCENT, DESCENT, Box, Plot, Text

SMALL_VALUE = 14


def plot_of(
    course: Course,
    *,
    treatments: Sequence[TreatmentDrawn],
    span: Span,
    title: str,
    sizes: Sizes = LARGE,
) -> Plot:
    """One measure, large: whole range, bands, chance range, treatments, gaps, values."""
    field = Field(sizes, span, course.scale)
    found = chance_range(course)
    above = lane(field, treatments)
    ground = Ground(Box(field.left, field.top - 26, field.right + 20, field.bottom))
    points.keep_off_points(field, course, ground)
    named = axes.names(field)
    for each in (*above.grounds, *(text.box for text in named)):
        ground.take(each)
    points.place_values(field, course, ground)
    if found is not None:
        chance.place_chance(field, ground, found)
    axes.place_cut(field, ground)
    points.place_estimates(field, course, ground)
    points.place_gaps(field, course, ground)
    days = points.points_of(course)
    return Plot(
        key=_key(course), width=sizes.width, height=sizes.height, title=title,
        described=described(course, treatments),
        areas=axes.areas(field),
        hatch=chance.hatch(field, found) if found else "",
        edges=chance.edges(field, found) if found else "",
        cut=_cut(field), dotted=above.dotted,
        lines=points.lines(field, course), whiskers=points.whiskers(field, course),
        ticks="".join(f"M{x} {field.bottom:g}v5" for x in sorted({field.x(p.on) for p in days})),
        events=above.events, bars=above.bars, dots=points.dots(field, course),
        texts=(
            *axes.limits(field), *named, *axes.dates(field, [p.on for p in days]),
            *above.texts, *ground.texts,
        ),
        not_named=above.not_named,
    )  # fmt: skip


def small_plot_of(
    course: Course,
    *,
    treatments: Sequence[TreatmentDrawn],
    span: Span,
    title: str,
    sizes: Sizes = SMALL,
) -> Plot:
    """One measure below the large plot: the same days, a scale of its own, three values named."""
    field = Field(sizes, span, course.scale)
    found = chance_range(course)
    ground = Ground(Box(field.left, 0, field.right + 4, sizes.height))
    points.keep_off_points(field, course, ground)
    for point in _named(course):
        is_since = found is not None and point is found.since
        ground.place((text,) for text in _value(field, point, is_below=is_since))
    return Plot(
        key=_key(course), width=sizes.width, height=sizes.height, title=title,
        described=described(course, ()),
        areas=axes.areas(field),
        hatch=chance.hatch(field, found) if found else "",
        edges=chance.edges(field, found) if found else "",
        cut=_cut(field), dotted=dotted(field, treatments, from_y=field.top),
        lines=points.lines(field, course), whiskers=points.whiskers(field, course),
        dots=points.dots(field, course, last=points.POINT),
        texts=(*_ends(field), *_at_the_right(field, course), *ground.texts),
    )  # fmt: skip


def _key(course: Course) -> str:
    part = course.scale.part
    return f"{course.scale.key}-{part}" if part else course.scale.key


def _cut(field: Field) -> str:
    cut = field.scale.cut
    return f"M{field.left} {field.y(cut)}H{field.right:g}" if cut is not None else ""


def _ends(field: Field) -> tuple[Text, ...]:
    """The ends of the scale, inside the height of a small plot."""
    top, bottom = field.scale.highest, field.scale.lowest
    return (
        Text(field.left - 8, field.top + 11, plain(top), "end"),
        Text(field.left - 8, field.bottom, plain(bottom), "end"),
    )


def _named(course: Course) -> list[PlotPoint]:
    """The first point, and the one that changes are counted from; the last stands at the right."""
    found = chance_range(course)
    drawn = points.points_of(course)
    named = [*drawn[:1], *([found.since] if found else [])]
    return [p for p in dict.fromkeys(named) if p is not course.last]


def _value(field: Field, point: PlotPoint, *, is_below: bool) -> list[Text]:
    """Above its point; the value that changes are counted from below it."""
    x, y = field.x(point.on), field.y(point.value)
    words = field.scale.written(point.value, point.second)
    clear = points.POINT + points.EDGE + APART + 0.5
    bases = (y - clear - DESCENT * SMALL_VALUE, y + clear + ASCENT * SMALL_VALUE)
    return [
        Text(x, round(base, 1), words, "middle", SMALL_VALUE, has_halo=True)
        for base in (bases[::-1] if is_below else bases)
    ]


def _at_the_right(field: Field, course: Course) -> tuple[Text, ...]:
    """The last value in bold and its band, beside where the line ends."""
    last, scale = course.last, course.scale
    if last is None:
        return ()
    value = scale.written(last.value, last.second)
    band = "" if last.is_estimate else words_of(last.value, scale.bands, None)
    words = "estimate" if last.is_estimate else band or scale.unit
    y = min(max(field.y(last.value) + 5, field.top + 11), field.bottom)
    return (Text(field.right + 10, y, f" {words}" if words else "", size=16, strong=value),)
