"""The frozen shapes of one instrument: what is asked, how it is scored, and by whose leave.

Nothing here decides anything; reader.py makes these shapes from a file and refuses a file that
breaks a rule, and rules.scoring works with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.scoring_definition import Band as Band
from imparts.rules.instruments.scoring_definition import BestOf as BestOf
from imparts.rules.instruments.scoring_definition import Decision as Decision
from imparts.rules.instruments.scoring_definition import LookUp as LookUp
from imparts.rules.instruments.scoring_definition import ScoringRule as ScoringRule
from imparts.rules.instruments.scoring_definition import SkipRule as SkipRule
from imparts.rules.instruments.scoring_definition import SubscaleRule as SubscaleRule
from imparts.rules.instruments.unverified import unverified

HIGHER_IS_WORSE, HIGHER_IS_BETTER = "higher_is_worse", "higher_is_better"
NO_DIRECTION = "no_direction"
DIRECTIONS = (HIGHER_IS_WORSE, HIGHER_IS_BETTER, NO_DIRECTION)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen."""

    label: str  # empty in a structure without wording
    value: int
    category: str | None = None
    code: str | None = None  # LOINC answer code, for the record only: its text may differ from ours
    said: str = ""  # what the one-sentence gist says of this answer; empty says nothing


@dataclass(frozen=True, slots=True)
class Item:
    """One question."""

    id: str
    text: str  # empty in a structure without wording
    options: tuple[Option, ...]
    scored: bool = True
    reverse: bool = False
    show_if: Condition | None = None
    anchors: tuple[tuple[int, str], ...] = ()
    loinc: str | None = None
    free_text: bool = False
    note: str = ""
    topic: str = ""  # what the question is about, where that is public: "work"

    @property
    def lowest(self) -> int:
        """The smallest value that may be answered."""
        return min(option.value for option in self.options)

    @property
    def highest(self) -> int:
        """The largest value that may be answered."""
        return max(option.value for option in self.options)

    def option(self, value: int) -> Option | None:
        """The option with this value."""
        return next((option for option in self.options if option.value == value), None)

    def label(self, value: int) -> str:
        """The words a patient chose, with what they mean at the ends of a scale."""
        option = self.option(value)
        words = option.label if option else str(value)
        meaning = dict(self.anchors).get(value)
        return f"{words} ({meaning})" if meaning else words


@dataclass(frozen=True, slots=True)
class Category:
    """A result that is a word and not a number."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A score from which something is usually said to be so, with where that comes from."""

    code: str
    value: Decimal
    status: str
    of: str = ""  # the subscale it is on; "each" for every one of them; empty for the total


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark that a result carries when its rule is met."""

    code: str
    type: str
    item: str | None = None
    items: tuple[str, ...] = ()
    value: Decimal | None = None
    item_value: int | None = None
    count: int | None = None
    least: int | None = None
    most: int | None = None
    # It raises its alert but is not listed in the result: the published results do not list it.
    only_alerts: bool = False


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A flag that a person must act on, and what the alert says."""

    flag: str
    tier: str
    urgency: str
    words: str  # "Talk with the patient before they leave"
    short_words: str  # "Talk before they leave", for a row of a list
    action: str
    pathway: str


@dataclass(frozen=True, slots=True)
class HarmItem:
    """A question about harm to self or others; it must have an alert for yes and for no answer."""

    item: str
    about: str  # "thoughts of being better off dead, or of hurting oneself"
    positive_from: int = 1  # the first answer that means yes
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """Whose wording it is and by whose leave it is shown."""

    holder: str
    statement: str
    notice: str
    source: str
    ships: str  # yes, with_notice, or no: then the file holds the structure without any wording


@dataclass(frozen=True, slots=True)
class Licence:
    """By which licence this site shows a wording that imparts may not ship."""

    holder: str
    number: str
    expires: date | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of one terminology, and how far they have been verified."""

    system: str
    codes: tuple[tuple[str, str], ...]
    status: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something published about an instrument that is kept in words, with where it comes from."""

    name: str
    value: str
    status: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case: answers in, result out; run by the tests and printed in the guide."""

    answers: tuple[tuple[str, int], ...]
    context: tuple[tuple[str, bool], ...]
    status: str
    score: Decimal | None
    band: str | None
    lower: Decimal | None
    upper: Decimal | None
    flags: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Instrument:
    """One validated measure, whole. Two versions of it are two instruments."""

    id: str
    title: str
    short_title: str
    measures: str
    part: str
    version: str
    recall: str
    stem: str
    direction: str  # higher_is_worse, higher_is_better or no_direction
    items: tuple[Item, ...]
    scoring: ScoringRule
    bands: tuple[Band, ...]
    categories: tuple[Category, ...]
    cuts: tuple[Cut, ...]
    flags: tuple[Flag, ...]
    alerts: tuple[AlertRule, ...]
    reliable_change: int | None
    notable_change: int | None
    change_source: str
    rights: Rights
    youngest: int | None
    oldest: int | None
    by_proxy: bool
    who_source: str
    authored_by: str
    checked_by: str
    reviewed_on: date
    next_review: date
    sources: tuple[str, ...]
    codes: tuple[Codes, ...]
    facts: tuple[Fact, ...]
    examples: tuple[Example, ...]
    leads_gist: bool = False
    gist_pattern: str = "{measures} is {band}"
    somatic_items: tuple[str, ...] = ()
    important_change: Decimal | None = None  # the smallest change that matters to people
    important_percent: int | None = None  # the same, in per cent of the earlier score; either does
    important_way: str = ""  # fall or rise, where only that was published; empty: either way
    important_change_source: str = ""
    bands_status: str = ""  # where the bands come from
    values_status: str = ""  # where the number of items, their values and the range come from
    direction_note: str = ""
    harm_items: tuple[HarmItem, ...] = ()
    # Which items ask about harm is not known until a licensed wording says so.
    harm_items_come_with_pack: bool = False
    language: str = "en-GB"
    licence: Licence | None = None  # of a wording that was loaded into a structure
    by_id: Mapping[str, Item] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {item.id: item for item in self.items})

    @property
    def has_wording(self) -> bool:
        """Whether there are words to ask with; a structure has none until a site loads them."""
        return all(item.text for item in self.items)

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The questions that count towards the result."""
        return tuple(item for item in self.items if item.scored)

    @property
    def words_from(self) -> int | None:
        """The change from which "worse" and "better" are said: the reliable, else the notable."""
        return self.notable_change if self.reliable_change is None else self.reliable_change

    @property
    def unverified(self) -> tuple[str, ...]:
        """Every rule of the file that is from general knowledge, in words, for who signs it."""
        return unverified(self)

    def band(self, code: str | None) -> Band | None:
        """The band with this code."""
        return next((band for band in self.bands if band.code == code), None)

    def code(self, system: str, name: str) -> str | None:
        """One code, such as ("loinc", "total")."""
        for codes in self.codes:
            if codes.system == system:
                return dict(codes.codes).get(name)
        return None
