"""Placing: a text is put where it meets nothing; where there is no such place it is left out.

What is left out stands in the table of the same page. Whoever is placed first has the choice, so
what matters most is placed first.
"""

from collections.abc import Iterable

from imparts.workspace.pages.plot.shapes import Box, Text

APART = 2.0


class Ground:
    """What is taken up so far, and the texts that found a place."""

    def __init__(self, within: Box) -> None:
        self._within = within
        self._taken: list[Box] = []
        self.texts: list[Text] = []

    def take(self, box: Box) -> None:
        """Keep texts off this ground."""
        self._taken.append(box)

    def put(self, *texts: Text) -> None:
        """Write texts that have a place of their own."""
        for text in texts:
            self.texts.append(text)
            self._taken.append(text.box)

    def place(self, candidates: Iterable[tuple[Text, ...]], *, off: Box | None = None) -> bool:
        """Write the first candidate that meets nothing; each is the lines of one text.

        `off` is ground of the text's own point, which it may touch.
        """
        for lines in candidates:
            if all(self._is_free(line.box, off) for line in lines):
                self.put(*lines)
                return True
        return False

    def _is_free(self, box: Box, off: Box | None) -> bool:
        within = self._within
        if box.left < within.left or box.right > within.right:
            return False
        if box.top < within.top or box.bottom > within.bottom:
            return False
        wide = Box(box.left - APART, box.top - APART, box.right + APART, box.bottom + APART)
        return not any(wide.meets(taken) for taken in self._taken if taken != off)
