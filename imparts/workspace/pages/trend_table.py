"""The table of a trend: the same data as its plot, newest first, with why a change is not counted.

Treatments and gaps are rows of their own. "Worse" and "better" stand only beyond chance; within it
a number is higher or lower.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from imparts.design.dates import brief_day, day
from imparts.design.words import Phrase, capital
from imparts.people.pages import Banner
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.parts import bands_between, words_of
from imparts.rules.trends.definition import Course, TreatmentDrawn
from imparts.rules.trends.finding import finding
from imparts.rules.trends.gaps import Gap, gaps
from imparts.workspace.pages.trend import higher_is, title_of
from imparts.workspace.pages.trend_changes import change_words
from imparts.workspace.trend_facts import Part, ScoreRow, TrendFacts


@dataclass(frozen=True, slots=True)
class TableRow:
    """A score, a gap, or what began, ended or happened."""

    on: str
    is_last: bool = False
    score: str = ""
    in_words: str = ""
    change: tuple[Phrase, ...] = ()
    harm: str = ""
    is_harm_said: bool = False
    how: str = ""
    treatment: str = ""
    agree: int = 0
    """The score that changes can be counted from; 0 where they cannot."""
    take_back: int = 0


@dataclass(frozen=True, slots=True)
class TrendTable:
    """One table: of a total, or of one part."""

    heading: str
    score_head: tuple[str, str]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TrendTablePage:
    """The table tab of a trend."""

    title: str
    patient: UUID
    banner: Banner
    key: str
    back_to: UUID | None
    harm_head: str
    how_head: str
    may_agree: bool
    tables: tuple[TrendTable, ...]
    foot: str
    empty: str

    @classmethod
    def of(cls, facts: TrendFacts, *, today: date) -> "TrendTablePage":
        """A table for the total, and one for each part."""
        return cls(
            title=title_of(facts, today=today),
            patient=facts.patient,
            banner=facts.banner,
            key=facts.key,
            back_to=facts.back_to,
            harm_head=facts.harm_head,
            how_head="" if facts.is_physical else "How answered",
            may_agree=facts.may_agree and bool(facts.courses) and not facts.is_physical,
            tables=_tables(facts, today) if facts.rows else (),
            foot=_foot(facts),
            empty="" if facts.rows else "There is no score at your services yet.",
        )


def _tables(facts: TrendFacts, today: date) -> tuple[TrendTable, ...]:
    if not facts.courses:
        rows = [(row.on, _only_words(row)) for row in facts.rows]
        return (TrendTable("", ("", ""), _in_order(rows, (), facts.treatments)),)
    return tuple(
        TrendTable(
            heading=finding(course, today=today).words if len(facts.courses) > 1 else "",
            score_head=_head(course),
            rows=_in_order(
                [(row.on, _score(row, n, course, facts, today)) for row in facts.rows],
                gaps(course),
                facts.treatments,
            ),
        )
        for n, course in enumerate(facts.courses)
    )


def _head(course: Course) -> tuple[str, str]:
    """Two lines: "Score", "of 27"; or the measure and its unit."""
    scale = course.scale
    return ("Score", f"of {plain(scale.highest)}") if not scale.unit else (scale.short, scale.unit)


def _in_order(
    scores: Sequence[tuple[date, TableRow]],
    gaps_found: Iterable[Gap],
    treatments: Sequence[TreatmentDrawn],
) -> tuple[TableRow, ...]:
    """Newest first; a gap stands between the two scores that it lies between."""
    found = [(on, 1, n, row) for n, (on, row) in enumerate(scores)]
    found += [(gap.until_on, 0, 0, _gap(gap)) for gap in gaps_found]
    found += [(on, 2, n, row) for n, (on, row) in enumerate(_treatment_rows(treatments))]
    found.sort(key=lambda each: each[:3], reverse=True)
    return tuple(row for *_, row in found)


def _gap(gap: Gap) -> TableRow:
    words = gap.words
    return TableRow(on=f"{gap.from_on:%b %Y} to {gap.until_on:%b %Y}", how=capital(words))


def _treatment_rows(treatments: Iterable[TreatmentDrawn]) -> list[tuple[date, TableRow]]:
    found = []
    for one in treatments:
        began = one.what if one.is_event else f"{one.what}: began"
        found.append((one.began_on, TableRow(on=brief_day(one.began_on), treatment=began)))
        if one.ended_on is not None:
            ended = TableRow(on=brief_day(one.ended_on), treatment=f"{one.what}: ended")
            found.append((one.ended_on, ended))
    return found


def _score(row: ScoreRow, number: int, course: Course, facts: TrendFacts, today: date) -> TableRow:
    part = row.parts[number]
    is_last = part.point is not None and part.point == course.last
    can_agree = facts.may_agree and row.may_be_agreed and number == 0
    return TableRow(
        on=brief_day(row.on),
        is_last=is_last,
        score=_number(part, course),
        in_words=_words(part, course),
        change=change_words(row, part, course),
        harm=row.harm,
        is_harm_said=bool(row.harm) and is_last,
        how=row.how,
        agree=row.id if can_agree and not row.is_agreed else 0,
        take_back=row.id if can_agree and row.is_agreed else 0,
    )


def _only_words(row: ScoreRow) -> TableRow:
    said = row.in_words or f"no result, {row.answered} of {row.asked} answered"
    return TableRow(on=brief_day(row.on), in_words=said, how=row.how, harm=row.harm)


def _number(part: Part, course: Course) -> str:
    if part.value is None:
        return ""
    return course.scale.written(part.value, part.point.second if part.point else None)


def _words(part: Part, course: Course) -> str:
    scale = course.scale
    if part.status == "complete":
        return words_of(part.value, scale.bands, scale.cut)
    if part.lower is None or part.upper is None:
        return ""
    return bands_between(part.lower, part.upper, scale.bands)


def _foot(facts: TrendFacts) -> str:
    """The version, the direction, what is chance, and what a change is counted from."""
    if not facts.courses:
        return f"{facts.short}: {facts.checked_by}."
    scale = facts.courses[0].scale
    said = [f"{_versions(facts)}{higher_is(scale)}."]
    if scale.chance is not None:
        kind = "Reliable change" if scale.is_reliable else "A change that counts"
        said.append(f"{kind} is {plain(scale.chance)}{' points' if not scale.unit else ''}.")
    said += [f"{capital(mark)}." for mark in scale.marks]
    before = "number before" if facts.is_physical else "full answer before"
    baseline = "" if facts.is_physical else ", or the agreed baseline once there is one"
    said.append(f"Change is against the {before}{baseline}.")
    said.append(f"{capital(facts.checked_by)}.")
    return " ".join(said)


def _versions(facts: TrendFacts) -> str:
    versions = list(dict.fromkeys(row.version for row in facts.rows if row.version))
    if not versions:
        return ""
    if len(versions) == 1:
        return f"{facts.short} version {versions[0]} throughout. "
    last = {row.version: row.on for row in facts.rows}
    said = "; ".join(f"{version} until {day(last[version])}" for version in versions[:-1])
    return f"{facts.short} version {said}; {versions[-1]} since. Versions are not compared. "
