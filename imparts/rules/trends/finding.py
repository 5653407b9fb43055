"""The finding: what a course shows, in the few words that stand over its graph.

"Low mood: worse by 8 since June (more than chance change)", "Worry: about the same since June".
Worse and better are never said within chance, nor of an estimate, nor across versions.
"""

from datetime import date

from imparts.rules.scoring.change import Change, plain
from imparts.rules.scoring.parts import words_of
from imparts.rules.scoring.words import could_be
from imparts.rules.trends.comparing import change_of, compared_with
from imparts.rules.trends.definition import (
    Course,
    Finding,
    PlotPoint,
    Scale,
    Unscored,
    is_whole,
)
from imparts.rules.trends.when import since, when

BEYOND = "more than chance change"
NOT_KNOWN = "how much of that is chance is not known"


def finding(course: Course, *, today: date) -> Finding:
    """What may be said of a course on a day."""
    scale, last, missed = course.scale, course.last, _last_unscored(course)
    if missed is not None and (last is None or missed.on > last.on):
        return Finding(scale.name, _no_score(missed, today))
    if last is None:
        return Finding(scale.name, "no score yet")
    name = scale.name if last.on == today else f"{scale.name} {when(last.on, today)}"
    return Finding(name, _said(course, last))


def scored(point: PlotPoint, scale: Scale) -> str:
    """Such as "14 of 27, moderate" or "62 mmol/mol"."""
    number = scale.written(point.value, point.second)
    if scale.unit:
        number = f"{number} {scale.unit}"
    elif scale.short:
        number = f"{number} of {plain(scale.highest)}"
    band = words_of(point.value, scale.bands, scale.cut)
    return f"{number}, {band}" if band else number


def _said(course: Course, last: PlotPoint) -> str:
    scale = course.scale
    if not is_whole(last):
        return f"{_estimated(last)}; an estimate is not compared"
    before, moved = compared_with(course, last), change_of(course, last)
    if before is None or moved is None:
        return _alone(course, last)
    then = since(before.on, last.on)
    if scale.chance is None:
        return _unknown(moved, scale, then)
    if moved.word == "same":
        return f"about the same {then}"
    return f"{_by(moved, scale)} {then} ({_beyond(scale)})"


def _by(moved: Change, scale: Scale) -> str:
    if moved.word == "better":
        return f"improved by {_amount(moved, scale)}"
    if moved.word == "worse":
        return f"worse by {_amount(moved, scale)}"
    return _higher(moved, scale)


def _higher(moved: Change, scale: Scale) -> str:
    """Such as "3 higher": neither worse nor better."""
    return f"{_amount(moved, scale)} {'higher' if moved.by > 0 else 'lower'}"


def _amount(moved: Change, scale: Scale) -> str:
    return f"{plain(abs(moved.by))} {scale.unit}".rstrip()


def _beyond(scale: Scale) -> str:
    if scale.is_reliable or scale.chance is None:
        return BEYOND
    return f"{plain(scale.chance)} or more counts as a change"


def _unknown(moved: Change, scale: Scale, then: str) -> str:
    if moved.by == 0:
        return f"the same number {then}"
    return f"{_higher(moved, scale)} {then}; {NOT_KNOWN}"


def _alone(course: Course, last: PlotPoint) -> str:
    """A score with nothing before it to be compared with, and why."""
    score = scored(last, course.scale)
    if course.agreed == last:
        return f"{score}, the agreed baseline"
    if any(p.is_estimate for p in course.points):
        return f"{score}; only estimates before, which are not compared"
    if len(course.series) > 1:
        return f"{score}, the first with this version; older ones are not compared"
    return f"first score, {score}"


def _estimated(point: PlotPoint) -> str:
    words = f"estimated {plain(point.value)}"
    if point.lower is None or point.upper is None:
        return words
    return f"{words}, {could_be(point.lower, point.upper)}"


def _no_score(missed: Unscored, today: date) -> str:
    then = "today" if missed.on == today else when(missed.on, today)
    if not missed.answered:
        return f"not answered {then}"
    return f"no score {then}, {missed.answered} of {missed.asked} answered"


def _last_unscored(course: Course) -> Unscored | None:
    return max(course.unscored, key=lambda one: one.on, default=None)
