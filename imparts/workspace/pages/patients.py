"""Finding a patient among those who may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from imparts.design.words import counted
from imparts.people.pages import Banner

if TYPE_CHECKING:
    pass

MOST = 50


class Search(Protocol):
    """A search as it was typed."""

    @property
    def wrong(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One person who was found."""

    patient: UUID
    banner: Banner


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. What was typed is not written back: others may read the screen."""

    title: str
    wrong: str
    said: str
    people: tuple[FoundPerson, ...]
    status: int

    @classmethod
    def of(cls, people: Sequence[tuple[UUID, Banner]] | None, search: Search) -> "Found":
        """Nobody found is a sentence, not an empty table."""
        return cls(
            title="Patients",
            wrong=search.wrong,
            said=_said(people),
            people=tuple(FoundPerson(pk, banner) for pk, banner in people or ()),
            status=422 if search.wrong else 200,
        )


def _said(people: Sequence[tuple[UUID, Banner]] | None) -> str:
    if people is None:
        return ""
    if not people:
        return "Nobody whom you may see here is called that or has that birth date or number."
    if len(people) == MOST:
        return f"The first {MOST} are shown. Type more of the name to see fewer."
    return f"{counted(len(people), 'person')} found.".replace("persons", "people")
