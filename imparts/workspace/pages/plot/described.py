"""What a plot says to someone who does not see it: every score, gap and treatment in words."""

from collections.abc import Iterable

from imparts.design.dates import day
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.words import could_be
from imparts.rules.trends.comparing import chance_range
from imparts.rules.trends.definition import Course, PlotPoint, Scale, TreatmentDrawn
from imparts.rules.trends.gaps import gaps
from imparts.workspace.pages.plot.chance import chance_words
from imparts.workspace.pages.plot.points import points_of


def described(course: Course, treatments: Iterable[TreatmentDrawn]) -> str:
    """The scale, then each score with its day, then what lies between and above them."""
    scale = course.scale
    said = [f"{scale.short or scale.name}, {plain(scale.lowest)} to {plain(scale.highest)}."]
    if points := points_of(course):
        said.append(f"{', '.join(_point(p, scale) for p in points)}.")
    said += [f"From {day(g.from_on)} to {day(g.until_on)} {g.words}." for g in gaps(course)]
    found = chance_range(course)
    if found is not None:
        said.append(f"{' '.join(chance_words(found, scale))}.")
    said += [f"{treated(one)}." for one in treatments]
    said.append("The table of this measure holds the same.")
    return " ".join(said)


def treated(one: TreatmentDrawn) -> str:
    """Such as "Talking Therapies, 8 sessions, 10 February 2025 to 12 May 2025"."""
    if one.is_event:
        return f"{one.what}, {day(one.began_on)}"
    until = f"to {day(one.ended_on)}" if one.ended_on else "until now"
    return f"{one.what}, {day(one.began_on)} {until}"


def _point(point: PlotPoint, scale: Scale) -> str:
    value = scale.written(point.value, point.second)
    if point.is_estimate and point.lower is not None and point.upper is not None:
        value = f"estimated {value}, {could_be(point.lower, point.upper)},"
    return f"{value} on {day(point.on)}"
