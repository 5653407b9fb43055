"""Passports as Markdown: the guide to the instruments that is kept beside the program."""

from collections.abc import Iterable, Sequence

from imparts.rules.content import NOT_CHECKED
from imparts.rules.instruments.definition import Instrument
from imparts.rules.passport.definition import (
    Block,
    Fact,
    Facts,
    Formula,
    Grid,
    Passport,
    Points,
    Words,
)
from imparts.rules.passport.marks import MEANINGS
from imparts.rules.passport.passport import passport_of
from imparts.rules.passport.phrases import DASH
from imparts.rules.passport.themes import by_theme

HEAD = """# The instruments

What every shipped instrument asks, how it is scored and how far its numbers can be trusted, one
section each. `make docs` writes this page from the instruments' own files, and a test fails when it
is old, so it cannot say anything that the program does not do.

{count} instruments: {worded} with their wording, {bare} as structure only, whose wording needs a
licence or a permission and is not printed here. {checked} of these files have been checked by a
clinician. Whatever a file says of itself, a site must sign an instrument before it can ask it.

Each statement that had to come from somewhere carries a mark:

| mark | means |
|---|---|
{marks}

## Contents
"""


def guide(instruments: Iterable[Instrument], *, notices: Sequence[str] = ()) -> str:
    """The whole guide: what it is, a table of contents, one section an instrument.

    The notices are those of the code systems whose codes the sections name.
    """
    groups = tuple(by_theme(instruments))
    everything = tuple(one for _, those in groups for one in those)
    worded = sum(one.has_wording for one in everything)
    made = [
        HEAD.format(
            count=len(everything),
            worded=worded,
            bare=len(everything) - worded,
            checked=sum(not one.checked_by.startswith(NOT_CHECKED) for one in everything) or "None",
            marks="\n".join(f"| {mark} | {meaning} |" for mark, meaning in MEANINGS),
        )
    ]
    made += [_contents(title, those) for title, those in groups]
    made += [section(passport_of(one)) for one in everything]
    if notices:
        made += ["## The code systems\n", *(f"{_plain(notice)}\n" for notice in notices)]
    return "\n".join(made)


def _contents(title: str, instruments: Sequence[Instrument]) -> str:
    rows = (
        (
            f"[{_plain(one.short_title)}](#{one.id})",
            _plain(one.measures),
            str(len(one.items)),
            "with wording" if one.has_wording else "structure only",
        )
        for one in instruments
    )
    return f"{_table((title, 'measures', 'questions', 'here'), rows)}\n"


def section(passport: Passport) -> str:
    """One instrument."""
    title = f": {_plain(passport.full_title)}" if passport.full_title else ""
    made = [
        f'<a id="{passport.id}"></a>\n',
        f"## {_plain(passport.name)}{title}\n",
        f"**{_plain(passport.measures)}.** {_plain(passport.gist)} Version {passport.version}.\n",
    ]
    if passport.notice:
        made.append(f"> {_plain(passport.notice)}\n")
    for part in passport.sections:
        made.append(f"### {part.title}\n")
        made += [f"{_drawn(block, part.title)}\n" for block in part.blocks]
    return "\n".join(made)


def _drawn(block: Block, heading: str) -> str:
    if isinstance(block, Words):
        return _marked(block.text, block.mark)
    if isinstance(block, Formula):
        return "\n".join(f"    {line}" for line in block.lines)
    if isinstance(block, Points):
        return "\n".join(f"- {_marked(one.text, one.mark)}" for one in block.items)
    if isinstance(block, Facts):
        return "\n".join(_fact(one) for one in block.rows)
    return _grid(block) if block.caption == heading else f"{block.caption}:\n\n{_grid(block)}"


def _fact(fact: Fact) -> str:
    return f"- **{_plain(fact.term)}**: {_marked(fact.text, fact.mark)}"


def _grid(grid: Grid) -> str:
    rows = (tuple(_plain(cell) for cell in row) for row in grid.rows)
    return _table(grid.heads, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _marked(text: str, mark: str) -> str:
    return f"{_plain(text)} {DASH} *{_plain(mark)}*" if mark else _plain(text)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: no table, emphasis or element begins in it."""
    made = " ".join(text.split())
    for sign in ("\\", "|", "*", "[", "]", "`"):
        made = made.replace(sign, f"\\{sign}")
    return made.replace("<", "&lt;")
