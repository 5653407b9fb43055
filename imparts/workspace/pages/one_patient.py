"""One patient on one page: what is open first, then visits, the pathway, and what was agreed.

Only what exists and may be seen has a section. Results of every service stand by day with the words
of their gist, so that nobody has to open ten visits to know how someone has been (hazard H2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.design.dates import clock, day, short_day
from imparts.design.words import Phrase, counted
from imparts.pathways.alert_words import asked_before
from imparts.people.pages import Banner
from imparts.workspace.pages.patient_sections import Section, sections
from imparts.workspace.queries.one_patient import OnePatient, PastSitting


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One sitting: when, where, and its gist."""

    sitting: UUID
    on: str
    service: str
    said: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class PatientPage:
    """One patient: who they are, what is open, what was answered when, what goes on."""

    title: str
    patient: UUID
    banner: Banner
    joined: tuple[Banner, ...]
    open_alerts: tuple[tuple[int, tuple[Phrase, ...]], ...]
    rows: tuple[SittingRow, ...]
    empty: str
    sections: tuple[Section, ...]
    has_apps: bool

    @classmethod
    def of(
        cls,
        banner: Banner,
        found: OnePatient,
        *,
        patient: UUID,
        called: Callable[[str], str],
        has_apps: bool,
        today: date,
    ) -> "PatientPage":
        """Open alerts first, then every visit, newest first, and what goes on beside them."""
        stories = [s for sitting in found.sittings for s in sitting.alerts if not s.is_closed]
        return cls(
            title="One patient",
            patient=patient,
            banner=banner,
            joined=found.joined,
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
            rows=tuple(_row(sitting, today) for sitting in found.sittings),
            empty="" if found.sittings else "Nothing has been answered at your services yet.",
            sections=sections(found, called=called, today=today),
            has_apps=has_apps,
        )


def _row(sitting: PastSitting, today: date) -> SittingRow:
    said: Sequence[Phrase] = sitting.gist or (Phrase("Answered"),)
    if not sitting.is_sent:
        count = counted(sitting.number_answered, "answer")
        said = (Phrase(f"Not finished: {count} given"),)
    return SittingRow(
        sitting=sitting.sitting,
        on=_short(sitting.on, today),
        service=sitting.service,
        said=tuple(said),
    )


def _short(at: datetime, today: date) -> str:
    if at.date() == today:
        return f"today {clock(at)}"
    return short_day(at) if at.year == today.year else f"{short_day(at)} {at.year}"


def _moment(at: datetime) -> str:
    return f"{day(at)}, {clock(at)}"
