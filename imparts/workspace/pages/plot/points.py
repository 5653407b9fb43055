"""Points: lines that stop at gaps, filled and hollow points with whiskers, values and gap names."""

from collections.abc import Iterator
from itertools import pairwise

from imparts.rules.scoring.words import could_be
from imparts.rules.trends.definition import Course, PlotPoint, Series
from imparts.rules.trends.gaps import Gap, gaps, runs
from imparts.workspace.pages.plot.field import Field
from imparts.workspace.pages.plot.placing import APART, Ground
from imparts.workspace.pages.plot.shapes import ASCENT, DESCENT, Box, Dot, Text

POINT, LAST_POINT = 5.0, 7.0
VALUE, LAST_VALUE = 16, 19
CAP = 4  # half of a whisker's ends
EDGE = 1


def drawn(course: Course) -> tuple[Series, ...]:
    """The series that stand on the scale of the plot."""
    return tuple(one for one in course.series if one.is_on_scale)


def points_of(course: Course) -> tuple[PlotPoint, ...]:
    """Every point that is drawn, oldest series first."""
    return tuple(point for one in drawn(course) for point in one.points)


def lines(field: Field, course: Course) -> tuple[str, ...]:
    """A line for each run; a pair has one for its lower number too."""
    found: list[str] = []
    for one in drawn(course):
        for run in runs(one.points):
            pairs = [(p.on, p.value) for p in run]
            seconds = [(p.on, p.second) for p in run if p.second is not None]
            for each in (pairs, seconds):
                if len(each) > 1:
                    found.append(" ".join(f"{field.x(on)},{field.y(value)}" for on, value in each))
    return tuple(found)


def dots(field: Field, course: Course, *, last: float = LAST_POINT) -> tuple[Dot, ...]:
    """A point for each score, the last one larger."""
    found: list[Dot] = []
    for point in points_of(course):
        r = last if point is course.last else POINT
        x = field.x(point.on)
        found.append(Dot(x, field.y(point.value), r, point.is_estimate))
        if point.second is not None:
            found.append(Dot(x, field.y(point.second), r, point.is_estimate))
    return tuple(found)


def whiskers(field: Field, course: Course) -> str:
    """From lower to upper of each estimate, with caps."""
    return "".join(
        f"M{x} {field.y(p.upper)}V{field.y(p.lower)}"
        f"M{x - CAP} {field.y(p.upper)}H{x + CAP}M{x - CAP} {field.y(p.lower)}H{x + CAP}"
        for p in points_of(course)
        if p.is_estimate and p.lower is not None and p.upper is not None
        for x in (field.x(p.on),)
    )


def keep_off_points(field: Field, course: Course, ground: Ground) -> None:
    """Points and whiskers are never written over; lines only where there is no other place."""
    for line in lines(field, course):
        ends = [tuple(map(float, one.split(","))) for one in line.split()]
        for (x1, y1), (x2, y2) in pairwise(ends):
            ground.keep_off((x1, y1, x2, y2))
    for dot in dots(field, course):
        ground.take(own_ground(dot.x, dot.y, dot.r))
    for point in points_of(course):
        if point.is_estimate and point.lower is not None and point.upper is not None:
            x = field.x(point.on)
            ground.take(Box(x - 2, field.y(point.upper), x + 2, field.y(point.lower)))


def own_ground(x: float, y: float, r: float) -> Box:
    """The ground of a point."""
    return Box(x - r - EDGE, y - r - EDGE, x + r + EDGE, y + r + EDGE)


def place_values(field: Field, course: Course, ground: Ground) -> None:
    """The last value first, then from new to old; of a value without room the table tells."""
    last = course.last
    for point in sorted(points_of(course), key=lambda p: (p is last, p.on), reverse=True):
        is_last = point is last
        ground.place((text,) for text in _beside(field, point, is_last=is_last))


def _beside(field: Field, point: PlotPoint, *, is_last: bool) -> Iterator[Text]:
    """Above, below, at the right, at the left; of an estimate at the right first."""
    x, y = field.x(point.on), field.y(point.value)
    r, size = (LAST_POINT, LAST_VALUE) if is_last else (POINT, VALUE)
    words = field.scale.written(point.value, point.second)
    clear = r + EDGE + APART + 0.5
    up, down = y - clear - DESCENT * size, y + clear + ASCENT * size
    places = [
        (x, up, "middle"), (x, down, "middle"), (x + clear + 1, y + 0.35 * size, "start"),
        (x - clear - 1, y + 0.35 * size, "end"), (x + 4, up, "start"), (x - 4, up, "end"),
        (x + 4, down, "start"), (x - 4, down, "end"), (x, up - 16, "middle"),
    ]  # fmt: skip
    if point.is_estimate:
        places.insert(0, places.pop(2))
    for left, base, anchor in places:
        yield Text(round(left, 1), round(base, 1), words, anchor, size, is_last, has_halo=True)


def place_estimates(field: Field, course: Course, ground: Ground) -> None:
    """What each estimate could be, beside its whisker."""
    for p in points_of(course):
        if not p.is_estimate or p.lower is None or p.upper is None:
            continue
        words = f"estimate, {could_be(p.lower, p.upper)}"
        x = field.x(p.on)
        heights = (field.y(p.upper) + 10, field.y(p.upper) - 4, field.y(p.lower) + 14)
        ground.place(
            (Text(left, round(y, 1), words, anchor, has_halo=True),)
            for y in heights
            for left, anchor in ((x + 10, "start"), (x - 10, "end"))
        )


def place_gaps(field: Field, course: Course, ground: Ground) -> None:
    """The name of each gap, in the middle of it."""
    for gap in gaps(course):
        ground.place(_in_gap(field, gap, course))


def _in_gap(field: Field, gap: Gap, course: Course) -> Iterator[tuple[Text, ...]]:
    left, right = field.x(gap.from_on), field.x(gap.until_on)
    around = [p for p in points_of(course) if p.on in (gap.from_on, gap.until_on)]
    first = max((field.y(p.value) for p in around), default=field.bottom) - 7
    heights = [first, *(first + step * sign for step in range(20, 320, 20) for sign in (-1, 1))]
    for words in (gap.words, f"{gap.months} months"):
        for y in heights:
            text = Text(round((left + right) / 2, 1), round(y, 1), words, "middle", has_halo=True)
            if text.box.left > left and text.box.right < right:
                yield (text,)
