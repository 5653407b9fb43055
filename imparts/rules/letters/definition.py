"""The frozen shapes of one letter, and their JSON as it is stored.

The first two lines say what the reader is asked to do. Everything is in words already, so that
whoever draws a letter decides nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from imparts.rules.letters.text import one_line, several_lines
from imparts.rules.record.json_facts import FactsRefused, many, moment, part, read

GP, REFERRAL = "gp", "referral"
_TITLES = {GP: "Letter to the GP", REFERRAL: "Referral letter"}


class LetterRefused(ValueError):
    """Why a letter cannot be made, in a sentence that says how to mend it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a letter is about, as the banner had it when the letter was made."""

    id: str
    family_name: str
    given_name: str
    born: str
    numbers: tuple[str, ...]
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the gist; the strong ones are said in every letter."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One number with its scale, words, change and published codes."""

    name: str
    score: str
    in_words: str
    change: str
    codes: str
    leads: bool = False
    """Never left out."""

    @property
    def is_in_words(self) -> bool:
        """Whether it is words and no number: they stand across."""
        return not self.score and not self.change


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading. `may_shorten` says that a full page may leave its last lines out."""

    heading: str
    lines: tuple[str, ...]
    may_shorten: bool = False


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """One letter, from its first line to its foot."""

    kind: str
    to: str
    sender: str
    signed: str
    made_at: datetime
    first: str
    second: str
    person: Person
    seen: str
    gist: tuple[Said, ...]
    scores: tuple[ScoreRow, ...]
    scores_note: str
    sections: tuple[Section, ...]
    left_out: str
    foot: str
    plot: str = ""
    """The course of the lead measure as JSON (rules/trends); empty where there is none."""

    @property
    def title(self) -> str:
        """What the page and the PDF are called; it names nobody."""
        return _TITLES[self.kind]

    def as_json(self) -> dict[str, Any]:
        """As the letter is stored."""
        made = asdict(self)
        made["made_at"] = self.made_at.isoformat()
        return made


def letter_from(facts: Mapping[str, Any]) -> LetterFacts:
    """A letter read back from its JSON; raises FactsRefused, which quotes no value."""
    found = read(
        LetterFacts,
        facts,
        made_at=moment(facts, "made_at"),
        person=read(Person, part(facts, "person")),
        gist=tuple(read(Said, one) for one in many(facts, "gist")),
        scores=tuple(read(ScoreRow, one) for one in many(facts, "scores")),
        sections=tuple(read(Section, one) for one in many(facts, "sections")),
    )
    if found.kind not in _TITLES:
        raise FactsRefused("kind is neither of the letters that exist")
    return found


def person(
    *,
    id: str,
    family_name: str,
    given_name: str,
    born: str,
    numbers: tuple[str, ...],
    is_test: bool,
) -> Person:
    """Whom a letter is about, without signs that a reader cannot see."""
    return Person(
        id, one_line(family_name), one_line(given_name), born,
        tuple(one_line(number) for number in numbers), is_test,
    )  # fmt: skip


def section(heading: str, lines: tuple[str, ...], *, may_shorten: bool = False) -> Section:
    """A section of what people have written, each line without signs that a reader cannot see."""
    said = tuple(line for written in lines for line in several_lines(written))
    return Section(heading, said, may_shorten)
