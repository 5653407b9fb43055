"""Placing: a text is put where it meets nothing; where there is no such place it is left out.

What is left out stands in the table of the same page. Whoever is placed first has the choice, so
what matters most is placed first.
"""

from collections.abc import Iterable

from imparts.workspace.pages.plot.shapes import Box, Text

APART = 2.0
Segment = tuple[float, float, float, float]


class Ground:
    """What is taken up so far, and the texts that found a place."""

    def __init__(self, within: Box) -> None:
        self._within = within
        self._taken: list[Box] = []
        self._lines: list[Segment] = []
        self.texts: list[Text] = []

    def take(self, box: Box) -> None:
        """Keep texts off this ground."""
        self._taken.append(box)

    def keep_off(self, line: Segment) -> None:
        """Keep texts off this line where there is a choice."""
        self._lines.append(line)

    def put(self, *texts: Text) -> None:
        """Write texts that have a place of their own."""
        for text in texts:
            self.texts.append(text)
            self._taken.append(text.box)

    def place(self, candidates: Iterable[tuple[Text, ...]]) -> bool:
        """Write the first candidate that meets nothing; each is the lines of one text.

        One that no line of the plot runs through is chosen before one that has only its halo.
        """
        free = [lines for lines in candidates if all(self._is_free(line.box) for line in lines)]
        if not free:
            return False
        clear = (lines for lines in free if not any(self._is_crossed(one.box) for one in lines))
        self.put(*next(clear, free[0]))
        return True

    def _is_crossed(self, box: Box) -> bool:
        return any(crosses(line, box) for line in self._lines)

    def _is_free(self, box: Box) -> bool:
        within = self._within
        if box.left < within.left or box.right > within.right:
            return False
        if box.top < within.top or box.bottom > within.bottom:
            return False
        wide = Box(box.left - APART, box.top - APART, box.right + APART, box.bottom + APART)
        return not any(wide.meets(taken) for taken in self._taken)


def crosses(line: Segment, box: Box) -> bool:
    """Whether a line from one point to another runs through a rectangle (Liang and Barsky)."""
    x1, y1, x2, y2 = line
    enters, leaves = 0.0, 1.0
    for along, room in (
        (x1 - x2, x1 - box.left), (x2 - x1, box.right - x1),
        (y1 - y2, y1 - box.top), (y2 - y1, box.bottom - y1),
    ):  # fmt: skip
        if along == 0:
            if room < 0:
                return False
        elif along < 0:
            enters = max(enters, room / along)
        else:
            leaves = min(leaves, room / along)
    return enters <= leaves
