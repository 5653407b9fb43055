"""The words of the gist, read from a file: which sentence for which state of a result and change.

The code decides the state (answered or not, estimated, worse beyond chance); what is said of it
stands in imparts/content/gist, where a clinician can read and change it. Every word that the gist
needs must be there, and {braces} may hold only what the gist can fill in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from imparts.rules.content import Table, read_toml

_RESULT = {"measure", "says", "halves", "change", "score", "lower", "upper", "answered", "asked"}
_MAY_FILL: dict[str, dict[str, set[str]]] = {
    "measure": {
        "not_answered": _RESULT, "complete": _RESULT, "estimated": _RESULT, "no_score": _RESULT,
        "no_score_no_range": _RESULT, "number_alone": {"measure", "score"},
        "number_of": {"measure", "score", "highest"},
    },
    "together": {
        "lead": {"measures", "band", "change"}, "moved": {"measures", "change", "than"},
        "moved_one": {"measure", "change", "than"},
    },
    "visit": {"first_time": set()},
    "harm": {
        "item9": {"answer"}, "other": {"short", "item", "about", "answer"}, "chose_not": set(),
        "not_reached": set(), "not_asked": set(),
    },
    "parts": {
        "together": {"short", "parts"}, "plain": {"part", "band"},
        "moved": {"part", "band", "change", "than"},
        "estimated": {"part", "bands", "score", "lower", "upper"}, "no_score": {"part"},
        "halves": {"parts"},
    },
}  # fmt: skip
_DAYS = {"near": {"day", "month"}, "this_year": {"month"}, "earlier": {"month", "year"},
         "than": {"when"}}  # fmt: skip
CHANGES = ("worse", "better", "same", "changed", "first")
REASONS = ("flagged", "moved")


@dataclass(frozen=True, slots=True)
class Instead:
    """An answer that says more than another and takes its place in the gist."""

    instrument: str
    item: str
    value: int
    by_instrument: str
    by_item: str
    says: str


@dataclass(frozen=True, slots=True)
class GistWords:
    """Everything that a gist may say, and who has checked it."""

    id: str
    version: str
    checked_by: str
    told_when: tuple[str, ...]
    measure: Mapping[str, str]
    after_is: Mapping[str, str]
    otherwise: Mapping[str, str]
    together: Mapping[str, str]
    visit: Mapping[str, str]
    harm: Mapping[str, str]
    parts: Mapping[str, str]
    near_days: int
    day: Mapping[str, str]
    instead: tuple[Instead, ...]

    def when(self, before: date, on: date) -> str:
        """Such as "on 3 November", "in June" or "in June 2025"."""
        if (on - before).days <= self.near_days:
            pattern = self.day["near"]
        else:
            pattern = self.day["this_year" if before.year == on.year else "earlier"]
        return pattern.format(day=before.day, month=f"{before:%B}", year=before.year)


def read_gist_words(text: str) -> GistWords:
    """Read one file of imparts/content/gist; raises ContentRefused with a sentence."""
    table = read_toml(text, "gist")
    about = {key: table.words(key) for key in ("id", "version", "authored_by", "checked_by")}
    table.check_review(table.day("reviewed_on"), table.day("next_review"))
    table.names("sources")
    told_when = table.names("told_when")
    if unknown := set(told_when) - set(REASONS):
        raise table.refuse(f"told_when knows {' and '.join(REASONS)}, not {sorted(unknown)[0]}")
    said = {name: _patterns(table.table(name), keys) for name, keys in _MAY_FILL.items()}
    after_is, otherwise = _changes(table.table("change"))
    days = table.table("day")
    near_days = days.whole("near_days")
    words = GistWords(
        id=about["id"], version=about["version"], checked_by=about["checked_by"],
        told_when=told_when, after_is=after_is, otherwise=otherwise, near_days=near_days,
        day=_patterns(days, _DAYS), instead=table.read_each("instead", _instead),
        **said,
    )  # fmt: skip
    table.end()
    return words


def _patterns(table: Table, keys: Mapping[str, set[str]]) -> dict[str, str]:
    found = {key: _pattern(table, key, may) for key, may in keys.items()}
    table.end()
    return found


def _pattern(table: Table, key: str, may: set[str]) -> str:
    """Text of which the braces hold only what the gist fills in there."""
    words = table.text(key)
    left = re.sub(r"\{(\w+)\}", lambda found: "" if found[1] in may else found[0], words)
    if "{" in left or "}" in left:
        known = ", ".join(f"{{{name}}}" for name in sorted(may)) or "nothing in braces"
        raise table.refuse(f"{key} holds braces that cannot be filled in; it may hold {known}", key)
    return words


def _changes(table: Table) -> tuple[dict[str, str], dict[str, str]]:
    after_is, otherwise = {}, {}
    for name in CHANGES:
        one = table.table(name)
        after_is[name] = _pattern(one, "after_is", {"than"})
        otherwise[name] = _pattern(one, "otherwise", {"than"})
        one.end()
    table.end()
    return after_is, otherwise


def _instead(one: Table) -> Instead:
    return Instead(
        instrument=one.words("instrument"),
        item=one.words("item"),
        value=one.whole("value"),
        by_instrument=one.words("by_instrument"),
        by_item=one.words("by_item"),
        says=_pattern(one, "says", {"answer"}),
    )
