"""The syntax of patterns: text to a tree of parts, or a sentence that says what is not known."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from string import hexdigits

LONGEST_PATTERN = 1000
DEEPEST = 50
MOST_REPEATS = 1000

Test = Callable[[str], bool]


class PatternRefused(ValueError):
    """A pattern that is not honoured, in one sentence."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One character that passes a test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Edge:
    """The start (^) or the end ($) of the text."""

    at_end: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several rows."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A part several times over; most is None for "as often as it likes"."""

    part: "Part"
    least: int
    most: int | None


Part = Letter | Edge | Row | Either | Again

_CLASSES: dict[str, Test] = {
    "d": str.isdecimal,
    "s": str.isspace,
    "w": lambda letter: letter.isalnum() or letter == "_",
}
_SPOKEN = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}
_COUNTED = {"*": (0, None), "+": (1, None), "?": (0, 1)}


def read_pattern(text: str) -> Part:
    """The tree of one pattern."""
    if len(text) > LONGEST_PATTERN:
        raise PatternRefused(f"the pattern is longer than {LONGEST_PATTERN} characters")
    reading = _Reading(text)
    tree = reading.either(0)
    if not reading.is_done:
        raise PatternRefused("a bracket is closed that was never opened")
    return tree


class _Reading:
    """Where in the text of one pattern the reading stands."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.text)

    def next_is(self, *starts: str) -> bool:
        return any(self.text.startswith(start, self.at) for start in starts)

    def take(self) -> str:
        if self.is_done:
            raise PatternRefused("the pattern stops in the middle")
        self.at += 1
        return self.text[self.at - 1]

    def either(self, depth: int) -> Part:
        if depth > DEEPEST:
            raise PatternRefused(f"brackets stand more than {DEEPEST} deep")
        rows = [self.row(depth)]
        while self.next_is("|"):
            self.take()
            rows.append(self.row(depth))
        return rows[0] if len(rows) == 1 else Either(tuple(rows))

    def row(self, depth: int) -> Row:
        parts: list[Part] = []
        while not (self.is_done or self.next_is("|", ")")):
            parts.append(self.counted(self.one(depth)))
        return Row(tuple(parts))

    def one(self, depth: int) -> Part:
        sign = self.take()
        if sign == "(":
            return self.bracket(depth)
        if sign == "[":
            return Letter(_one_of(self))
        if sign == "\\":
            return _escaped(self)
        if sign in "^$":
            return Edge(at_end=sign == "$")
        if sign in "*+?":
            raise PatternRefused(f"{sign} repeats nothing")
        return Letter(_any if sign == "." else _is(sign))

    def bracket(self, depth: int) -> Part:
        if self.next_is("?:"):
            self.at += 2
        elif self.next_is("?"):
            raise PatternRefused(
                "looking around and options in brackets, (?...), are not known here"
            )
        inside = self.either(depth + 1)
        if self.is_done or self.take() != ")":
            raise PatternRefused("a bracket is opened and never closed")
        return inside

    def counted(self, part: Part) -> Part:
        found = self.count()
        if found is None:
            return part
        if isinstance(part, Edge):
            raise PatternRefused("^ and $ cannot be repeated")
        if self.next_is("?"):  # greedy or not makes no difference to whether it matches
            self.take()
        if self.count() is not None:
            raise PatternRefused("one part is repeated in two ways at once")
        return Again(part, *found)

    def count(self) -> tuple[int, int | None] | None:
        if not self.is_done and self.text[self.at] in _COUNTED:
            return _COUNTED[self.take()]
        if not self.next_is("{"):
            return None
        inside, closed, _ = self.text[self.at + 1 :].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not least.isdecimal() or not (most == "" or most.isdecimal()):
            return None  # a brace that counts nothing is a brace
        self.at += len(inside) + 2
        bounds = int(least), (int(most) if most else None) if comma else int(least)
        _check_bounds(*bounds)
        return bounds


def _check_bounds(least: int, most: int | None) -> None:
    if max(least, most or 0) > MOST_REPEATS:
        raise PatternRefused(f"a part is repeated more than {MOST_REPEATS} times")
    if most is not None and most < least:
        raise PatternRefused("a part is repeated at least more often than at most")


def _any(letter: str) -> bool:
    return letter not in "\n\r"


def _is(wanted: str) -> Test:
    return lambda letter: letter == wanted


def _not(test: Test) -> Test:
    return lambda letter: not test(letter)


def _escaped(reading: _Reading) -> Part:
    sign = reading.take()
    if sign in "bBAzZGkK" or sign in "123456789":
        raise PatternRefused(f"\\{sign} is not known here")
    return Letter(_meaning(reading, sign))


def _meaning(reading: _Reading, sign: str) -> Test:
    if sign.lower() in _CLASSES:
        test = _CLASSES[sign.lower()]
        return test if sign.islower() else _not(test)
    if sign in "pP":
        return _category(reading, is_in=sign == "p")
    return _is(_one_letter(reading, sign))


def _one_letter(reading: _Reading, sign: str) -> str:
    if sign in "ux":
        size = 4 if sign == "u" else 2
        digits = reading.text[reading.at : reading.at + size]
        reading.at += size
        if len(digits) != size or not all(digit in hexdigits for digit in digits):
            raise PatternRefused(f"after \\{sign} stand {size} hexadecimal digits")
        return chr(int(digits, 16))
    if sign.isalnum() and sign not in _SPOKEN:
        raise PatternRefused(f"\\{sign} is not known here")
    return _SPOKEN.get(sign, sign)


def _category(reading: _Reading, *, is_in: bool) -> Test:
    name, closed, _ = reading.text[reading.at :].partition("}")
    if not closed or not name.startswith("{") or len(name) not in (2, 3):
        raise PatternRefused("after \\p stands a category such as {L} or {Lu}")
    reading.at += len(name) + 1
    return lambda letter: unicodedata.category(letter).startswith(name[1:]) is is_in


def _one_of(reading: _Reading) -> Test:
    wanted = not reading.next_is("^")
    if not wanted:
        reading.take()
    tests: list[Test] = []
    while not (reading.next_is("]") and tests):
        tests.append(_member(reading))
    reading.take()
    return lambda letter: any(test(letter) for test in tests) is wanted


def _member(reading: _Reading) -> Test:
    sign = reading.take()
    if sign == "\\":
        sign = reading.take()
        if sign.lower() in _CLASSES or sign in "pP":
            return _meaning(reading, sign)
        sign = _one_letter(reading, sign)
    if not reading.next_is("-") or reading.next_is("-]"):
        return _is(sign)
    reading.take()
    last = reading.take()
    last = _one_letter(reading, reading.take()) if last == "\\" else last
    if last < sign:
        raise PatternRefused(f"{sign}-{last} runs backwards")
    return lambda letter: sign <= letter <= last
