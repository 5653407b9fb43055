"""One page: how high a letter is on A4, worked out before it is drawn.

The sizes are those of letter.typ and of letter.css, which draw it: a test holds each against the
others on real paper. Widths are those of Arial and of the fonts made to its measure; every letter
outside its table counts as the widest, so a name in another script is never taken for short.
"""

import re

from imparts.rules.letters.definition import LetterFacts, ScoreRow, Section

WIDTH, HEIGHT = 516.0, 770.0  # points: A4 less margins of 14 mm at the sides and 12 mm else
COLUMNS = (128.0, 56.0, 88.0, 122.0, 122.0)
IN_WORDS = sum(COLUMNS[1:4])  # a result in words takes the place of score and change
CELL_GAP = 8.0
GAP = 7.0
PLOT = 157.0
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 "
    "667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 "
    "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 "
    "722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 "
    "611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 "
    "611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 "
    "556 556 500 389 280 389 584"
)
_BESIDES = {"\N{NO-BREAK SPACE}": 278, "“": 500, "”": 500, "\N{MINUS SIGN}": 584}


def _table(widths: str) -> dict[str, int]:
    """The widths of the letters from the space on, in thousandths of their size."""
    return {chr(32 + at): int(width) for at, width in enumerate(widths.split())} | _BESIDES


WIDTHS = {False: _table(_REGULAR), True: _table(_BOLD)}
WIDEST = 1015


def height(facts: LetterFacts) -> float:
    """The height of the whole letter in points."""
    person = facts.person
    about = "  ".join([f"{person.family_name}, {person.given_name}", person.born, *person.numbers])
    above = (
        _text(facts.first, 13, 17, bold=True) + _text(facts.second, 11, 14) + GAP,
        _text(f"To {facts.to}", 10, 13, bold=True)
        + _text(f"From {facts.sender}. {facts.signed}", 10, 13),
        GAP + _text(about, 11, 14, bold=True) + GAP,
        _text(facts.seen, 9.5, 12.5) + GAP,
        _text("".join(one.text for one in facts.gist), 11.5, 15, bold=True) + GAP,
    )
    below = (
        _text(facts.left_out, 9, 12) + GAP,
        _text(facts.foot, 8.5, 11) + GAP,
    )
    sections = sum(_section(one) for one in facts.sections if one.lines)
    return sum(above) + _scores(facts) + (PLOT if facts.plot else 0) + sections + sum(below)


def fits(facts: LetterFacts) -> bool:
    """Whether the letter is one page."""
    return height(facts) <= HEIGHT


def lines_of(text: str, size: float, width: float = WIDTH, *, bold: bool = False) -> int:
    """How many lines a text takes; a word longer than a line is broken where the line ends."""
    widths = WIDTHS[bold]
    lines, used, space = (1, 0.0, widths[" "] * size / 1000)
    words = [word for word in re.split(r"[ \t\n]+", text) if word]
    for word in words:
        long = sum(widths.get(sign, WIDEST) for sign in word) * size / 1000
        if used and used + space + long > width:
            lines, used = lines + 1, 0.0
        used += long + (space if used else 0)
        while used > width:
            lines, used = lines + 1, used - width + size
    return lines if words else 0


def _text(text: str, size: float, pitch: float, *, bold: bool = False) -> float:
    return lines_of(text, size, bold=bold) * pitch


def _section(one: Section) -> float:
    return 13 + sum(_text(line, 10, 13) for line in one.lines) + GAP


def _scores(facts: LetterFacts) -> float:
    if not facts.scores:
        return 0
    rows = sum(_row(one) for one in facts.scores)
    return 16 + rows + _text(facts.scores_note, 8.5, 11) + GAP


def _row(one: ScoreRow) -> float:
    if one.is_in_words:
        wraps = zip(
            (one.name, one.in_words, one.codes), (10, 10, 8.5), (COLUMNS[0], IN_WORDS, COLUMNS[4]),
            strict=True,
        )  # fmt: skip
        return max(_cell(*each) for each in wraps) * 13 + 6
    cells = (one.name, one.score, one.in_words, one.change, one.codes)
    sizes = (10, 10, 10, 10, 8.5)
    wraps = zip(cells, sizes, COLUMNS, strict=True)
    return max(_cell(*each) for each in wraps) * 13 + 6


def _cell(text: str, size: float, wide: float) -> int:
    """The lines of one cell; the score, the narrowest, is bold."""
    return lines_of(text, size, wide - CELL_GAP, bold=wide == COLUMNS[1])
