"""Finding a patient among those who may be seen, and one patient's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from imparts.design.dates import clock, day
from imparts.design.words import Phrase, counted, plain_number
from imparts.pathways.alert_words import asked_before, asked_in_short
from imparts.people.pages import Banner

if TYPE_CHECKING:
    from imparts.workspace.queries.patients import PastSitting

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


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One sitting in the list of a patient's page."""

    sitting: UUID
    on: str
    service: str
    said: str
    alerts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PatientPage:
    """One patient: who they are, what is open, what was answered when."""

    title: str
    patient: UUID
    banner: Banner
    open_alerts: tuple[tuple[int, tuple[Phrase, ...]], ...]
    rows: tuple[SittingRow, ...]
    empty: str

    @classmethod
    def of(
        cls, banner: Banner, *, patient: UUID, sittings: Sequence["PastSitting"]
    ) -> "PatientPage":
        """Open alerts first, then every visit, newest first."""
        stories = [story for sitting in sittings for story in sitting.open_alerts]
        return cls(
            title="One patient",
            patient=patient,
            banner=banner,
            open_alerts=tuple(
                (
                    story.alert.pk,
                    (
                        Phrase(f"{asked_before(story)}{story.gravest.what}", True),
                        Phrase(f", {_moment(story.gravest.at)}. Not closed yet."),
                    ),
                )
                for story in stories
            ),
            rows=tuple(_row(sitting) for sitting in sittings),
            empty="" if sittings else "Nothing has been answered at your services yet.",
        )


def _row(sitting: "PastSitting") -> SittingRow:
    said = "; ".join(
        f"{m.name} {plain_number(m.score)} of {plain_number(m.out_of)}"
        + (f", {m.band}" if m.band and not m.is_estimate else "")
        + (", estimated" if m.is_estimate else "")
        for m in sitting.measures
        if m.score is not None and m.out_of is not None
    )
    if not sitting.is_sent:
        said = f"Not finished: {counted(sitting.number_answered, 'answer')} given"
    return SittingRow(
        sitting=sitting.sitting,
        on=_moment(sitting.on),
        service=sitting.service,
        said=said or "Answered",
        alerts=tuple((s.alert.pk, asked_in_short(s)) for s in sitting.open_alerts),
    )


def _moment(at: datetime) -> str:
    return f"{day(at)}, {clock(at)}"
