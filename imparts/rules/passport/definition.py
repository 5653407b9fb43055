"""The frozen shapes of one passport: sections of words, facts, formulas and tables."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, with a mark where it states something that had to come from somewhere."""

    text: str
    mark: str = ""
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Formula:
    """How a number is worked out, as one would write it down."""

    lines: tuple[str, ...]
    kind: str = "formula"


@dataclass(frozen=True, slots=True)
class Points:
    """Several short statements of equal weight."""

    items: tuple[Words, ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Fact:
    """One term, what is said of it, and where that comes from."""

    term: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what is said of them."""

    rows: tuple[Fact, ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the caption for those who hear the page, the heads, the rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "grid"


Block = Words | Formula | Points | Facts | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """One question that a reader has, answered."""

    code: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Passport:
    """One version of one instrument, explained."""

    id: str
    name: str
    title: str
    version: str
    measures: str
    gist: str
    has_wording: bool
    notice: str
    sections: tuple[Section, ...]

    @property
    def full_title(self) -> str:
        """The title without the short name, which stands beside it; empty when nothing is left."""
        said = self.title.removesuffix(f" ({self.name})")
        return "" if said == self.name else said

    def section(self, code: str) -> Section | None:
        """The section with this code."""
        return next((one for one in self.sections if one.code == code), None)

    def spoken(self) -> Iterator[str]:
        """Every text of the passport, in order: for searching and for proving what is shown."""
        yield from (
            self.id,
            self.name,
            self.title,
            self.version,
            self.measures,
            self.gist,
            self.notice,
        )
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield from (block.text, block.mark)
    elif isinstance(block, Formula):
        yield from block.lines
    elif isinstance(block, Points):
        for words in block.items:
            yield from (words.text, words.mark)
    elif isinstance(block, Facts):
        for fact in block.rows:
            yield from (fact.term, fact.text, fact.mark)
    else:
        yield from block.heads
        for row in block.rows:
            yield from row
