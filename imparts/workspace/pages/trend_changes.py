"""The change column of a trend's table: how far from what, or why nothing is compared."""

from dataclasses import replace

from imparts.design.dates import brief_day
from imparts.design.words import Phrase
from imparts.rules.scoring.change import Change, plain
from imparts.rules.scoring.words import and_could_be
from imparts.rules.trends.comparing import chance_range, change_of, compared_with
from imparts.rules.trends.definition import Course, PlotPoint, Series, is_whole
from imparts.workspace.trend_facts import Part, ScoreRow


def change_words(row: ScoreRow, part: Part, course: Course) -> tuple[Phrase, ...]:
    """What may be said of one row: "8 worse, more than chance", "Agreed baseline", "First"."""
    point = part.point
    if point is None:
        return (Phrase(_no_score(row, part)),)
    if not is_whole(point):
        span = and_could_be(part.lower, part.upper)
        said = f"Estimate from {row.answered} of {row.asked}{span}. Never used for change"
        return (Phrase(said),)
    own = _of_series(course, point)
    if course.agreed == point:
        return _agreed(course)
    before, moved = compared_with(own, point), change_of(own, point)
    if before is None or moved is None:
        return (Phrase(_first(course, own)),)
    return (Phrase(_moved(moved, own, before, point), strong=moved.is_reliable),)


def _of_series(course: Course, point: PlotPoint) -> Course:
    """The course as far as the version of a point goes: an older one counts for itself."""
    found = next((one for one in course.series if point in one.points), Series(()))
    return course if found == course.series[-1] else replace(course, series=(found,), baseline=0)


def _agreed(course: Course) -> tuple[Phrase, ...]:
    found = chance_range(course)
    if found is None:
        return (Phrase("Agreed baseline", strong=True),)
    ends = f"between {plain(found.lowest)} and {plain(found.highest)}"
    return (Phrase("Agreed baseline", strong=True), Phrase(f" (chance: {ends})"))


def _first(course: Course, own: Course) -> str:
    first = own.series[0].points[0] if own.series and own.series[0].points else None
    is_new_version = len(course.series) > 1 and own.series[0] != course.series[0]
    if is_new_version:
        return "First with this version, not compared"
    return "First" if first is None or is_whole(first) else "First full answer"


def _moved(moved: Change, own: Course, before: PlotPoint, point: PlotPoint) -> str:
    amount = plain(abs(moved.by))
    points = own.points
    is_next = points.index(point) - points.index(before) == 1
    than = "" if is_next else f" than {brief_day(before.on)}"
    if moved.by == 0:
        return "same" if is_next else f"same as {brief_day(before.on)}"
    way = "higher" if moved.by > 0 else "lower"
    if own.scale.chance is None:
        return f"{amount} {way}{than}, chance not known"
    beyond = "more than chance" if own.scale.is_reliable else "counts as a change"
    within = "no more than chance" if own.scale.is_reliable else "does not count as a change"
    if not moved.is_reliable:
        return f"{amount} {way}{than}, {within}"
    word = moved.word if moved.word in ("worse", "better") else way
    return f"{amount} {word}{than}, {beyond}"


def _no_score(row: ScoreRow, part: Part) -> str:
    if not row.answered:
        return "Not answered"
    return f"No score from {row.answered} of {row.asked}{and_could_be(part.lower, part.upper)}"
