"""The library's list: one row an instrument, by what it measures, found by words and by state."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from urllib.parse import urlencode

from imparts.authoring.pages.standing import in_short
from imparts.authoring.queries.library import ENDED, OFFERED, STRUCTURE, Entry
from imparts.design.words import counted
from imparts.rules.packs.burden import SECONDS_A_QUESTION
from imparts.rules.passport.themes import OTHERS, THEMES, also_called, theme_of

BROUGHT_IN = "Questionnaires brought in here"
Test = Callable[[Entry], bool]
FILTERS: tuple[tuple[str, str, Test], ...] = (
    ("", "All", lambda entry: True),
    ("offered", "Offered here", lambda entry: entry.standing.state == OFFERED),
    ("wording", "With wording", lambda entry: entry.has_wording),
    ("structure", "Structure only", lambda entry: entry.standing.state == STRUCTURE),
    ("ended", "Licence ended", lambda entry: entry.standing.state == ENDED),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to see fewer, as a link."""

    label: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One instrument."""

    key: str
    form: int | None  # the version of a questionnaire that was brought in
    name: str
    title: str
    measures: str
    questions: str
    minutes: str
    state: str
    is_offered: bool
    version: str
    versions: str


@dataclass(frozen=True, slots=True)
class Group:
    """Instruments that measure something alike."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """What is shown of the library: all, or what was looked for."""

    title: str
    counts: str
    looked_for: str
    chosen: str
    said: str
    filters: tuple[Filter, ...]
    groups: tuple[Group, ...]
    reckoned: str

    @classmethod
    def of(cls, entries: Sequence[Entry], *, looked_for: str, chosen: str, on: date) -> "Library":
        """Put what was found into words."""
        words = looked_for.lower().split()
        matching = [one for one in entries if all(word in _spoken(one) for word in words)]
        test = next((test for code, _, test in FILTERS if code == chosen), FILTERS[0][2])
        found = [one for one in matching if test(one)]
        return cls(
            title="Library",
            counts=_counts(entries),
            looked_for=looked_for,
            chosen=chosen,
            said=_said(found, looked_for=looked_for, chosen=chosen),
            filters=tuple(_filters(matching, looked_for=looked_for, chosen=chosen)),
            groups=_groups(found, on=on),
            reckoned=f"Minutes are reckoned at {SECONDS_A_QUESTION} seconds a question; "
            "they were not measured.",
        )


def _spoken(entry: Entry) -> str:
    """What a search looks into."""
    said = (entry.key, entry.name, entry.title, entry.measures, entry.part)
    return " ".join((*said, also_called(entry.measures))).lower()


def _counts(entries: Sequence[Entry]) -> str:
    instruments = [one for one in entries if not one.is_form]
    with_wording = sum(one.has_wording for one in instruments)
    offered = sum(one.standing.state == OFFERED for one in entries)
    forms = len(entries) - len(instruments)
    brought_in = f" {counted(forms, 'questionnaire')} brought in here." if forms else ""
    return (
        f"{counted(len(instruments), 'instrument')}: {with_wording} with wording, "
        f"{len(instruments) - with_wording} as structure only.{brought_in} "
        f"{offered} may be asked here today."
    )


def _said(found: Sequence[Entry], *, looked_for: str, chosen: str) -> str:
    """What a search has come to; nothing where nothing was looked for."""
    label = next((label for code, label, _ in FILTERS if code == chosen and code), "")
    among = f" among “{label}”" if label else ""
    if not looked_for:
        return "" if found or not label else f"There is nothing{among}."
    if found:
        return f"{len(found)} found for “{looked_for}”{among}."
    return (
        f"Nothing was found for “{looked_for}”{among}. Try a shorter word, such as “mood” or "
        "“pain”, or a name such as “PHQ”."
    )


def _filters(matching: Sequence[Entry], *, looked_for: str, chosen: str) -> Iterable[Filter]:
    for code, label, test in FILTERS:
        asked = {"q": looked_for, "show": code}
        yield Filter(
            label=label,
            count=sum(test(one) for one in matching),
            query=urlencode({name: value for name, value in asked.items() if value}),
            is_current=code == chosen,
        )


def _groups(entries: Sequence[Entry], *, on: date) -> tuple[Group, ...]:
    titles = (*(theme for theme, _ in THEMES), OTHERS, BROUGHT_IN)
    groups = (
        Group(title, tuple(_row(one, on=on) for one in entries if _group_of(one) == title))
        for title in titles
    )
    return tuple(group for group in groups if group.rows)


def _group_of(entry: Entry) -> str:
    return BROUGHT_IN if entry.is_form else theme_of(entry.part)


def _row(entry: Entry, *, on: date) -> Row:
    # The short name stands before the title, so the title need not repeat it.
    title = entry.title.removesuffix(f" ({entry.name})")
    return Row(
        key=entry.key,
        form=entry.content_id if entry.is_form else None,
        name=entry.name,
        title="" if title == entry.name else title,
        measures=entry.measures,
        questions=str(entry.questions),
        minutes=str(max(1, ceil(entry.questions * SECONDS_A_QUESTION / 60))),
        state=in_short(entry.standing, on=on),
        is_offered=entry.standing.state == OFFERED,
        version=entry.version,
        versions="" if entry.versions == 1 else f"{entry.versions} kept",
    )
