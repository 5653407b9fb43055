"""Courses for the tests of trends: Amara's low mood, and anything written as days and scores."""

from datetime import date
from decimal import Decimal

from imparts.rules.instruments.definition import Band
from imparts.rules.trends.definition import Course, PlotPoint, Scale, Series, TreatmentDrawn

TODAY = date(2026, 11, 17)


def band(label: str, lowest: int, highest: int) -> Band:
    """One named stretch."""
    return Band(label.replace(" ", "_"), label.capitalize(), Decimal(lowest), Decimal(highest))


PHQ9 = Scale(
    "phq9", "Low mood", "PHQ-9", Decimal(0), Decimal(27),
    bands=(band("minimal", 0, 4), band("mild", 5, 9), band("moderate", 10, 14),
           band("moderately severe", 15, 19), band("severe", 20, 27)),
    cut=Decimal(10), chance=Decimal(6), higher="more symptoms",
)  # fmt: skip
GAD7 = Scale(
    "gad7", "Worry", "GAD-7", Decimal(0), Decimal(21),
    bands=(band("minimal", 0, 4), band("mild", 5, 9), band("moderate", 10, 14),
           band("severe", 15, 21)),
    cut=Decimal(8), chance=Decimal(4), higher="more symptoms",
)  # fmt: skip
ENERGY = Scale(
    "facit_f", "Energy", "FACIT-F", Decimal(0), Decimal(52), "higher_is_better",
    bands=(band("severe fatigue", 0, 29), band("less fatigue", 30, 52)), chance=Decimal(4),
    higher="better",
)  # fmt: skip
PAIN = Scale("pain_nrs", "Pain", "0 to 10", Decimal(0), Decimal(10), chance=Decimal(2),
             is_reliable=False)  # fmt: skip
WEIGHT = Scale("weight", "Weight", "Weight", Decimal(30), Decimal(150), "no_direction", unit="kg")
SKIN = Scale("dlqi", "Skin", "DLQI", Decimal(0), Decimal(30))

DAYS = (
    date(2024, 11, 19), date(2025, 1, 14), date(2025, 3, 18), date(2025, 5, 20),
    date(2026, 2, 17), date(2026, 6, 16), date(2026, 11, 17),
)  # fmt: skip
THERAPY = TreatmentDrawn("Talking Therapies, 8 sessions", date(2025, 2, 10), date(2025, 5, 12))
STOPPED = TreatmentDrawn("Biologic stopped", date(2026, 8, 18), is_event=True)


def points(*written: tuple[date, str]) -> tuple[PlotPoint, ...]:
    """Points from days and scores; "~8 6-12" is an estimate of 8 that could be 6 to 12."""
    return tuple(_point(on, text, number) for number, (on, text) in enumerate(written, start=1))


def _point(on: date, text: str, number: int) -> PlotPoint:
    if not text.startswith("~"):
        return PlotPoint(on, Decimal(text), id=number)
    value, bounds = text[1:].split()
    lower, upper = bounds.split("-")
    return PlotPoint(on, Decimal(value), Decimal(lower), Decimal(upper), True, number)


def course(scale: Scale, *written: tuple[date, str], baseline: int = 0) -> Course:
    """A course of one version."""
    return Course(scale, (Series(points(*written), "1"),), baseline=baseline)


AMARA = course(
    PHQ9, *zip(DAYS, ("17", "16", "12", "~8 6-12", "7", "6", "14"), strict=True), baseline=6
)
AMARAS_WORRY = course(
    GAD7, *zip(DAYS, ("13", "12", "11", "9", "8", "8", "11"), strict=True), baseline=6
)
