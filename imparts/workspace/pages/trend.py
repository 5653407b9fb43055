"""The trend of one measure: the finding over its plot, and the other measures on the same days.

One measure a plot and never a second axis; each has its own scale, its own finding, and the same
dates (hazard H6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from imparts.design.words import Phrase, capital
from imparts.people.pages import Banner
from imparts.rules.scoring.change import plain
from imparts.rules.trends.definition import NO_DIRECTION, Course, Scale
from imparts.rules.trends.finding import BEYOND, finding
from imparts.workspace.pages.plot import Plot, Span, plot_of, small_plot_of, span_of
from imparts.workspace.trend_facts import TrendFacts

OTHERS = 2  # below the large plot, so that the page is one A4
LARGE_PARTS = 2  # more parts than this are drawn small


@dataclass(frozen=True, slots=True)
class Drawn:
    """One plot with what stands over it."""

    key: str
    heading: str
    note: tuple[Phrase, ...]
    plot: Plot


@dataclass(frozen=True, slots=True)
class TrendPage:
    """One measure of one person over time."""

    title: str
    patient: UUID
    banner: Banner
    key: str
    back_to: UUID | None
    note: tuple[Phrase, ...]
    large: tuple[Drawn, ...]
    small: tuple[Drawn, ...]
    more: tuple[tuple[str, str], ...]
    """Key and name of measures that are not drawn here."""
    also: str
    """Treatments whose names had no room."""
    empty: str

    @classmethod
    def of(cls, facts: TrendFacts, *, today: date) -> "TrendPage":
        """Draw the measure large and the first others small."""
        others = [one for one in facts.others if one.days]
        own = [one for one in facts.courses if one.days]
        large, parts = _sizes(own)
        beside = others[: max(OTHERS - len(parts), 0)]
        span = span_of([*own, *beside], facts.treatments, today=today)
        drawn = tuple(_large(one, facts, span, is_alone=len(large) == 1) for one in large)
        return cls(
            title=title_of(facts, today=today),
            patient=facts.patient,
            banner=facts.banner,
            key=facts.key,
            back_to=facts.back_to,
            note=note_of(facts.courses[0].scale) if facts.courses else (),
            large=drawn,
            small=tuple(_small(one, facts, span) for one in (*parts, *beside)),
            more=_more(others[len(beside) :]),
            also=_also(drawn),
            empty=_empty(facts) if not own else "",
        )


def title_of(facts: TrendFacts, *, today: date) -> str:
    """The finding; of several parts without a total, each one's."""
    if not facts.courses:
        return _in_words(facts)
    total = not facts.courses[0].scale.part
    said = facts.courses[:1] if total else facts.courses[:LARGE_PARTS]
    return "; ".join(finding(course, today=today).words for course in said)


def note_of(scale: Scale) -> tuple[Phrase, ...]:
    """Such as "PHQ-9, 0 to 27. Higher = more symptoms."; and what is not verified."""
    marks = "".join(f" {capital(mark)}." for mark in scale.marks)
    found = [Phrase(f"{measured_on(scale)}. "), Phrase(f"{higher_is(scale)}.", strong=True)]
    return (*found, Phrase(marks)) if marks else tuple(found)


def measured_on(scale: Scale) -> str:
    """Such as "PHQ-9, 0 to 27" or "HbA1c, 20 to 130 mmol/mol"."""
    ends = f"{plain(scale.lowest)} to {plain(scale.highest)}"
    if scale.short == ends:
        return ends
    unit = f" {scale.unit}" if scale.unit else ""
    return f"{scale.short}, {ends}{unit}"


def higher_is(scale: Scale) -> str:
    """What a higher number means; never claimed where nobody has said."""
    if scale.direction == NO_DIRECTION:
        return "Neither direction is better or worse by itself"
    return f"Higher = {scale.higher}"


def _sizes(own: Sequence[Course]) -> tuple[Sequence[Course], Sequence[Course]]:
    """Which courses of a measure are drawn large, and which small."""
    if not own:
        return (), ()
    if not own[0].scale.part:
        return own[:1], own[1:]
    return (own, ()) if len(own) <= LARGE_PARTS else ((), own)


def _large(course: Course, facts: TrendFacts, span: Span, *, is_alone: bool) -> Drawn:
    said = finding(course, today=span.today).words
    plot = plot_of(course, treatments=facts.treatments, span=span, title=said)
    return Drawn(facts.key, "" if is_alone else said, (), plot)


def _small(course: Course, facts: TrendFacts, span: Span) -> Drawn:
    scale = course.scale
    found = finding(course, today=span.today)
    said, higher = found.words.removesuffix(f" ({BEYOND})"), higher_is(scale)
    words = f"{measured_on(scale)}, {higher[:1].lower()}{higher[1:]}"
    if scale.marks:
        words = f"{words}. {'; '.join(scale.marks).capitalize()}"
    plot = small_plot_of(course, treatments=facts.treatments, span=span, title=found.words)
    return Drawn(scale.key, said, (Phrase(words),), plot)


def _more(courses: Sequence[Course]) -> tuple[tuple[str, str], ...]:
    named = {one.scale.key: one.scale for one in reversed(courses)}
    return tuple(
        (key, scale.name if not scale.part else scale.short)
        for key, scale in reversed(named.items())
    )


def _also(drawn: Sequence[Drawn]) -> str:
    """Every treatment that is drawn without its name."""
    names = dict.fromkeys(name for one in drawn for name in one.plot.not_named)
    return f"Also drawn, without room for a name: {'; '.join(names)}." if names else ""


def _in_words(facts: TrendFacts) -> str:
    last = facts.rows[-1] if facts.rows else None
    if last is None:
        return f"{facts.name}: not asked yet"
    return f"{facts.name}: {last.in_words or 'no result'}"


def _empty(facts: TrendFacts) -> str:
    if not facts.rows:
        return "There is no score at your services yet, so there is nothing to draw."
    if not facts.courses:
        return "This measure is told in words and not as a number. The table holds each answer."
    return "No visit has given a score yet. The table says what was answered."
