"""Comparing two runs: live and draft side by side, as the page of a pathway shows them.

Every number is a whole count or has one decimal, and every sentence is made here, so that the page
and the command say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from imparts.rules.pathways.options import Option
from imparts.rules.pathways.simulation import Run

FEWEST_SHOWN = 8  # groups of fewer people are joined or hidden (STAFF.md, screen 05)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option: how many people each version would have sent there."""

    option: str  # the code
    name: str
    live: int
    draft: int
    change: str  # "+61", with a real minus sign below nought, or "same"
    a_week_live: Decimal  # one decimal
    a_week_draft: Decimal
    a_week_change: str  # "1.2 more a week", "1.2 fewer a week" or ""
    capacity: Decimal | None  # None: no limit, or nobody has said; capacity_words says which
    capacity_words: str  # "4.0", "no limit" or "not stated"
    verdict: str  # "0.1 a week over", "within what it can take" or ""
    highest: int  # the end of the common scale of all lines


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group of people among those moved, beside all who were asked; None is hidden."""

    name: str  # "Women", "75 or over", "Interpreter", "Asian", "Black", "Other, not known"
    moved: int | None  # per cent
    asked: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The people whom the draft sends to an option and live does not, or the other way round."""

    option: str
    name: str
    is_gain: bool
    people: int
    already_known: int | None  # None: too few to say
    words: str  # "Of the 61 more sent to liaison psychiatry, 40 are already known to it."
    shares: tuple[GroupShare, ...]
    shares_words: str  # "Who the 61 are", or why no shares are shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page of a pathway shows of a run."""

    responses: int
    people: int
    since: date
    until: date
    heading: str  # "Run over the last 12 months: 1,146 responses of 912 people"
    lines: tuple[OptionLine, ...]
    item9_live: int
    item9_draft: int
    item9_words: str  # "unchanged"
    moved: tuple[Moved, ...]
    never_asked: int
    never_asked_words: str
    too_few: str  # a sentence when there are too few data to go by, else empty


@dataclass(frozen=True, slots=True)
class Groups:
    """What is known of one person for the shares; empty is not known."""

    sex: str  # as in people: female, male, indeterminate, not_known
    age: int | None
    needs_interpreter: bool
    ethnic_group: str  # "Asian", "Black", "Mixed", "White", "Other" or ""


Capacities = Mapping[str, Decimal | None]  # by option; None: no limit; not there: nobody has said
Known = Mapping[str, Mapping[UUID, date]]  # by option: who is known to it, and since when


def compare(
    live: Run,
    draft: Run,
    *,
    since: date,
    until: date,
    options: Mapping[str, Option],
    capacity: Capacities,
    known: Known,
    groups: Mapping[UUID, Groups],
    never_asked: int,
) -> Comparison:
    """Live and draft side by side; `since` and `until` are both days of the window."""
    raise NotImplementedError
