"""Filed to the wrong person: whose answers they are, a second look, and what is left behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.design.dates import clock, day
from imparts.pathways.alert_words import asked_before
from imparts.pathways.queries import AlertStory
from imparts.people.pages import Banner
from imparts.workspace.right_person import Candidate

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.models import WithdrawnSitting

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Typed:
    """What has been chosen and written so far."""

    whose: str = ""
    why: str = ""
    looked_for: str = ""


@dataclass(frozen=True, slots=True)
class WrongPersonPage:
    """Who answered, and how it came about; nothing is changed yet."""

    patient: UUID
    sitting: UUID
    banner: Banner
    answered: str
    candidates: tuple[Candidate, ...]
    typed: Typed
    is_withdrawn: bool
    problem: str = ""
    field: str = ""
    """The field that the problem is about: whose or why."""
    title: str = "Filed to the wrong person"

    @property
    def status(self) -> int:
        """422 when something is missing."""
        return 422 if self.problem else 200

    @property
    def nobody(self) -> str:
        """What stands in place of a list without anybody in it."""
        if self.typed.looked_for:
            return "Nobody of that day's clinic has this name or number."
        return "Nobody else was expected at this clinic on that day."


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Everything that will happen, with both people, before it does."""

    patient: UUID
    sitting: UUID
    banner: Banner
    right: Candidate | None
    typed: Typed
    is_withdrawn: bool
    number_of_alerts: int
    title: str = "Look again before you withdraw them"

    @property
    def follows(self) -> tuple[str, ...]:
        """What follows, a sentence each."""
        return (*self._for_the_wrong_one(), *self._for_the_right_one())

    @property
    def button(self) -> str:
        """What the button does."""
        if self.is_withdrawn:
            return "File them under this person"
        return "Withdraw and file again" if self.right else "Withdraw them"

    def _for_the_wrong_one(self) -> tuple[str, ...]:
        if self.is_withdrawn:
            return ()
        return (
            "The answers, scores and suggestions are shown nowhere any more as this patient's. "
            "The original is kept.",
            "The hospital record is told that they were wrong.",
            "This cannot be undone. Answers that were this patient's after all can be filed again.",
        )

    def _for_the_right_one(self) -> tuple[str, ...]:
        alerts = self.number_of_alerts
        if self.right is None:
            return (
                ("Their alert stays open until somebody says whose answers they are.",)
                if alerts
                else ()
            )
        raised = "Alerts are raised for this person now, and their clocks begin now."
        return (
            "The same answers are filed under this person, scored and sent to the record.",
            *((raised,) if alerts else ()),
            *(
                ("The first alert stays open until somebody closes it.",)
                if alerts and not self.is_withdrawn
                else ()
            ),
        )


@dataclass(frozen=True, slots=True)
class LeftAlert:
    """An alert that was raised for the wrong person."""

    alert: int
    said: str
    stands: str
    may_close: bool


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """What is left of a visit whose answers were another person's."""

    patient: UUID
    sitting: UUID
    banner: Banner
    said: str
    why: str
    filed_again: str
    is_filed_again: bool
    alerts: tuple[LeftAlert, ...]
    problem: str = ""
    title: str = "Withdrawn: these were another person's answers"

    @property
    def status(self) -> int:
        """409 when something was to be done that has been done already."""
        return 409 if self.problem else 200

    @classmethod
    def of(
        cls,
        patient: UUID,
        banner: Banner,
        row: "WithdrawnSitting",
        *,
        is_filed_again: bool,
        alerts: Sequence[AlertStory],
        may_close: Callable[[AlertStory], bool],
        called: Callable[[str], str],
        on: datetime,
        problem: str = "",
    ) -> "WithdrawnPage":
        """Put it into words."""
        again = "They are filed under the person who gave them."
        waiting = "Nobody has said yet whose answers they are."
        return cls(
            patient=patient,
            sitting=row.invitation_id,
            banner=banner,
            said=f"Withdrawn {day(on)} {clock(on)} by {called(row.by)}.",
            why=row.why,
            filed_again=again if is_filed_again else waiting,
            is_filed_again=is_filed_again,
            alerts=tuple(_left(story, may_close, called) for story in alerts),
            problem=problem,
        )


def _left(
    story: AlertStory, may_close: Callable[[AlertStory], bool], called: Callable[[str], str]
) -> LeftAlert:
    stands = "Open."
    if story.closed:
        stands = f"Closed by {called(story.closed.by)}."
    elif story.owner:
        stands = f"Open. {called(story.owner)} has it."
    return LeftAlert(
        alert=story.alert.pk,
        said=f"{asked_before(story)}{story.gravest.what}",
        stands=stands,
        may_close=not story.is_closed and may_close(story),
    )
