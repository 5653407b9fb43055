"""Templates: resources that differ only in whose they are and when, written without rendering each.

Two thirds of the resources of an export are scores, and two scores of 7 of one questionnaire differ
in ids and moments alone. The first of each sort is rendered as every read renders it; its text,
with the ids and moments cut out, is the template of all others of its sort. So the output is the
renderer's own, and a test lays one beside the other.
"""

import json
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


def line_of(resource: Json) -> str:
    """A resource as one line of a file."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":"))


class Template:
    """The text of one resource, cut at what differs."""

    __slots__ = ("_parts", "_places")

    def __init__(self, text: str, differing: Sequence[str]) -> None:
        """Cut wherever one of these texts stands; each is found by its place in the sequence."""
        pieces: list[tuple[str, int]] = [(text, -1)]
        for place, cut in enumerate(differing):
            if cut:
                pieces = [part for piece in pieces for part in _cut(piece, cut, place)]
        self._parts = [text for text, _ in pieces]
        self._places = [(at, place) for at, (_, place) in enumerate(pieces) if place >= 0]

    def fill(self, differing: Sequence[str]) -> str:
        """The text for another resource of the sort."""
        parts = self._parts.copy()
        for at, place in self._places:
            parts[at] = differing[place]
        return "".join(parts)


def _cut(piece: tuple[str, int], cut: str, place: int) -> list[tuple[str, int]]:
    text, held = piece
    if held >= 0:
        return [piece]
    parts: list[tuple[str, int]] = []
    for between in text.split(cut):
        parts += [(between, -1), (cut, place)]
    return parts[:-1]
