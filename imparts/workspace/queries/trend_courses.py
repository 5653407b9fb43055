"""Courses of instruments: stored scores become points on a scale, one series a version."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.parts import parts_of
from imparts.rules.trends.definition import Course, PlotPoint, Scale, Series, Unscored
from imparts.rules.trends.scales import scale_of, scale_of_part
from imparts.workspace.queries.measures import day_of

_Found = tuple[ResponseScore, PlotPoint | None]


def scales_of(instrument: Instrument) -> tuple[Scale, ...]:
    """The total, where there is one, then each part."""
    total = scale_of(instrument)
    parts = (scale_of_part(rule, instrument) for rule in instrument.scoring.subscales)
    return tuple(scale for scale in (total, *parts) if scale is not None)


def courses_of(
    rows: Sequence[ResponseScore],
    *,
    baseline: int = 0,
    offered_on: Collection[date] = (),
    with_parts: bool = True,
) -> tuple[Course, ...]:
    """The courses of one instrument's scores, oldest first: of its total, and of its parts."""
    if not rows:
        return ()
    scales = scales_of(library.instrument_of(rows[-1].content_id))
    if not with_parts:
        scales = scales[:1]
    return tuple(_course(scale, rows, baseline, tuple(sorted(offered_on))) for scale in scales)


def _course(
    scale: Scale, rows: Sequence[ResponseScore], baseline: int, offered_on: tuple[date, ...]
) -> Course:
    found = [(row, point_of(row, scale)) for row in rows]
    return Course(
        scale=scale,
        series=_series(found, scale),
        unscored=tuple(
            Unscored(day_of(row.completed_at), row.answered, row.asked)
            for row, point in found
            if point is None
        ),
        baseline=baseline,
        offered_on=offered_on,
    )


def _series(found: Iterable[_Found], scale: Scale) -> tuple[Series, ...]:
    """One for each version, in the order of their last scores."""
    of_version: dict[str, list[PlotPoint]] = {}
    range_of: dict[str, bool] = {}
    for row, point in found:
        if point is None:
            continue
        instrument = library.instrument_of(row.content_id)
        points = of_version.pop(instrument.version, [])
        of_version[instrument.version] = [*points, point]
        range_of[instrument.version] = _same_range(instrument, scale)
    return tuple(
        Series(tuple(points), version, range_of[version]) for version, points in of_version.items()
    )


def _same_range(instrument: Instrument, scale: Scale) -> bool:
    own = next((one for one in scales_of(instrument) if one.part == scale.part), None)
    return own is not None and (own.lowest, own.highest) == (scale.lowest, scale.highest)


def point_of(row: ResponseScore, scale: Scale) -> PlotPoint | None:
    """The point of one response on a scale; None where it has no score there."""
    on = day_of(row.completed_at)
    if not scale.part:
        if row.score is None:
            return None
        is_estimate = row.status == "prorated"
        return PlotPoint(on, row.score, row.lower, row.upper, is_estimate, row.pk)
    parts = parts_of(row.subscales, library.instrument_of(row.content_id))
    part = next((one for one in parts if one.name == scale.part), None)
    if part is None or part.score is None:
        return None
    return PlotPoint(on, part.score, part.lower, part.upper, part.is_estimate, row.pk)
