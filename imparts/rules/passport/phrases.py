"""Phrases: item names, numbers, days and lists as one writes them in a sentence."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from imparts.rules.scoring.change import plain

_NUMBERED = re.compile(r"^(\D*)(\d+)$")
SHORTEST_RUN = 3
MINUS, TIMES, DASH = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"


def listed(words: Sequence[str], joined_by: str = "and") -> str:
    """One, two and three."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"


def named(items: Iterable[str], joined_by: str = "and") -> str:
    """Items by their names, runs shortened: q1 to q9 and difficulty."""
    return listed([_run(run, " to ") for run in runs(items)], joined_by)


def runs(items: Iterable[str]) -> list[list[str]]:
    """Items in runs of consecutive numbers; a short run is left in single pieces."""
    found: list[list[str]] = []
    for item in items:
        if found and _follows(found[-1][-1], item):
            found[-1].append(item)
        else:
            found.append([item])
    return [
        part
        for run in found
        for part in ([run] if len(run) >= SHORTEST_RUN else [[item] for item in run])
    ]


def _run(run: list[str], between: str) -> str:
    return run[0] if len(run) == 1 else f"{run[0]}{between}{run[-1]}"


def _follows(before: str, after: str) -> bool:
    one, other = _NUMBERED.match(before), _NUMBERED.match(after)
    return bool(one and other and one[1] == other[1] and int(one[2]) + 1 == int(other[2]))


def number(value: Decimal | int | None) -> str:
    """10 and 4.5, never 10.0; a number that is not there is a dash."""
    return DASH if value is None else plain(Decimal(value))


def day(on: date) -> str:
    """21 November 2026."""
    return f"{on.day} {on:%B %Y}"


def counted(how_many: int, thing: str) -> str:
    """1 question, 2 questions."""
    return f"{how_many} {thing}" if how_many == 1 else f"{how_many} {thing}s"


def quoted(words: str) -> str:
    """Words as they stand on the form."""
    return f"“{words}”"


def sentence(words: str) -> str:
    """Words with a capital letter and a full stop."""
    text = words.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?”" else f"{text}."
