"""What the page of one referral may show: a draft to read and send, or what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.design.dates import clock, day
from imparts.integrated_care.referrals.queries import Name, ReferralStory
from imparts.people.pages import Banner
from imparts.rules.letters.definition import ScoreRow
from imparts.rules.letters.referral import Draft, within_in_words
from imparts.workspace.pages.letters import HEADS, sent_in_words

if TYPE_CHECKING:
    from imparts.integrated_care.referrals.models import ReferralEvent

WAYS = (
    ("post", "post"),
    ("secure_mail", "secure e-mail"),
    ("by_hand", "hand"),
    ("other_system", "the other team's own system"),
)
WHAT_SENDING_DOES = (
    "This makes the letter and marks the referral as sent. imparts delivers nothing itself: "
    "print or save the letter and send it."
)


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One referral: its words, what goes with them, and what happened to it."""

    referral: UUID
    patient: UUID
    sitting: UUID | None
    banner: Banner
    state: str
    is_open: bool
    may_write: bool
    based_on: int
    draft: Draft
    within: str
    theirs: str
    told: tuple[str, ...]
    scores: tuple[ScoreRow, ...]
    leaves_out: str
    letter: UUID | None
    happened: tuple[str, ...]
    problem: str
    title: str = "Referral"
    heads: tuple[str, ...] = HEADS[:4]
    ways: tuple[tuple[str, str], ...] = WAYS
    sending: str = WHAT_SENDING_DOES

    @classmethod
    def of(
        cls,
        story: ReferralStory,
        *,
        patient: UUID,
        banner: Banner,
        may_write: bool,
        called: Callable[[str], str],
        told: Sequence[str] = (),
        scores: Sequence[ScoreRow] = (),
        left_out: int = 0,
        typed: Draft | None = None,
        problem: str = "",
    ) -> "ReferralPage":
        """One referral; with `typed`, what was written and refused stands there still."""
        draft = typed or story.draft
        is_changed = typed is not None and (typed.to, typed.words) != (
            story.draft.to,
            story.draft.words,
        )
        within = within_in_words(story.referral.within)
        return cls(
            referral=story.referral.pk,
            patient=patient,
            sitting=story.referral.sitting,
            banner=banner,
            state=_state(story, called),
            is_open=story.is_open,
            may_write=may_write and story.is_open,
            based_on=story.last.pk,
            draft=draft,
            within=f"The step asks for it {within}." if within else "",
            theirs=story.draft.words if is_changed and problem else "",
            told=tuple(told),
            scores=tuple(scores),
            leaves_out=_leaves_out(left_out),
            letter=story.letter,
            happened=tuple(_event(event, called) for event in story.events),
            problem=problem,
        )


def _state(story: ReferralStory, called: Callable[[str], str]) -> str:
    last = story.last
    if last.name == Name.SENT:
        return sent_in_words(last, called)
    if last.name == Name.WITHDRAWN:
        return f"Withdrawn by {called(last.by)}, {day(last.at)}: {last.reason}"
    return f"Draft of {called(last.by)}, {day(last.at)}, {clock(last.at)}. Nothing has gone out."


def _event(event: "ReferralEvent", called: Callable[[str], str]) -> str:
    how = f" {event.get_how_display()}" if event.how else ""
    return (
        f"{event.get_name_display()}{how}: {called(event.by)}, {day(event.at)}, {clock(event.at)}"
    )


def _leaves_out(number: int) -> str:
    if not number:
        return ""
    measures = "measure" if number == 1 else "measures"
    return f"Only what this referral rests on goes with it: {number} other {measures} stay here."
