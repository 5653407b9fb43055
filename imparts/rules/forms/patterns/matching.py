"""Matching: whether a text fits a pattern, following all ways at once and never going back."""

from functools import lru_cache

from imparts.rules.forms.patterns.syntax import (
    Again,
    Edge,
    Either,
    Letter,
    Part,
    PatternRefused,
    Row,
    Test,
    read_pattern,
)

MOST_STATES = 5000
LONGEST_TEXT = 5000

# A state is what it waits for (a letter's test, an edge, or nothing) and where it leads.
_State = tuple[Test | Edge | None, list[int]]


class Pattern:
    """One pattern, ready to be tried on texts."""

    def __init__(self, text: str) -> None:
        self._states: list[_State] = []
        self._end = self._add(None)
        self._start = self._lay(read_pattern(text), self._end)

    def fits(self, text: str) -> bool:
        """Whether the whole text fits."""
        return self._run(text, anywhere=False)

    def is_in(self, text: str) -> bool:
        """Whether some stretch of the text fits."""
        return self._run(text, anywhere=True)

    def _run(self, text: str, *, anywhere: bool) -> bool:
        if len(text) > LONGEST_TEXT:
            return False
        here = self._follow({self._start}, at=0, size=len(text))
        for at, letter in enumerate(text):
            if anywhere and self._end in here:
                return True
            reached = {
                after
                for state in here
                if callable(test := self._states[state][0]) and test(letter)
                for after in self._states[state][1]
            }
            if anywhere:
                reached.add(self._start)
            here = self._follow(reached, at=at + 1, size=len(text))
        return self._end in here

    def _follow(self, states: set[int], *, at: int, size: int) -> set[int]:
        """Every state that is reached from these without reading a letter."""
        found, left = set(states), list(states)
        while left:
            waits_for, leads_to = self._states[left.pop()]
            if callable(waits_for):
                continue
            if isinstance(waits_for, Edge) and at != (size if waits_for.at_end else 0):
                continue
            fresh = [state for state in leads_to if state not in found]
            found.update(fresh)
            left += fresh
        return found

    def _add(self, waits_for: Test | Edge | None, *leads_to: int) -> int:
        if len(self._states) >= MOST_STATES:
            raise PatternRefused("the pattern repeats so much that it would be too large")
        self._states.append((waits_for, list(leads_to)))
        return len(self._states) - 1

    def _lay(self, part: Part, then: int) -> int:
        """Lay the states of a part before the state that follows it; where it begins."""
        if isinstance(part, Letter):
            return self._add(part.test, then)
        if isinstance(part, Edge):
            return self._add(part, then)
        if isinstance(part, Row):
            for one in reversed(part.parts):
                then = self._lay(one, then)
            return then
        if isinstance(part, Either):
            return self._add(None, *[self._lay(row, then) for row in part.rows])
        return self._lay_again(part, then)

    def _lay_again(self, again: Again, then: int) -> int:
        if again.most is None:
            turn = self._add(None, then)
            self._states[turn][1].append(self._lay(again.part, turn))
            then = turn
        else:
            for _ in range(again.most - again.least):
                then = self._add(None, self._lay(again.part, then), then)
        for _ in range(again.least):
            then = self._lay(again.part, then)
        return then


@lru_cache(maxsize=512)
def pattern(text: str) -> Pattern:
    """A pattern, laid out once for all texts; PatternRefused when it is not honoured."""
    return Pattern(text)
