"""The page on which an alert is handed to someone else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.dates import clock
from imparts.pathways.alert_words import asked_before
from imparts.pathways.forms import HandOn
from imparts.pathways.queries import AlertStory, Cover
from imparts.people.pages import Banner

if TYPE_CHECKING:
    from imparts.access.models import Staff


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone to whom the alert may be handed."""

    staff_id: int
    name: str
    """Name, job title and today's duty: "Robin Example, Nurse, deputy today"."""


@dataclass(frozen=True, slots=True)
class HandOnPage:
    """To whom, why, and what happens then."""

    title: str
    alert: int
    banner: Banner
    answer: str
    form: HandOn
    people: tuple[Colleague, ...]
    is_yours: bool
    not_yours: str
    what_follows: str
    status: int

    @classmethod
    def of(
        cls,
        story: AlertStory,
        *,
        form: HandOn,
        banner: Banner,
        people: tuple[Colleague, ...],
        reader: str,
    ) -> "HandOnPage":
        """Put it into words."""
        yours = bool(story.taken and story.taken.by == reader)
        minutes = story.clocks.deputy_after
        return cls(
            title="Hand this alert to someone else",
            alert=story.alert.pk,
            banner=banner,
            answer=f"{asked_before(story)}{story.gravest.what}",
            form=form,
            people=people,
            is_yours=yours and not story.is_closed,
            not_yours="" if yours and not story.is_closed else _not_yours(story),
            what_follows=(
                "They are called at once. Its clock goes on until they take it: the deputy is "
                f"called after {minutes} minutes. Until then it also stands in your list."
            ),
            status=422 if form.errors else 200,
        )


def _not_yours(story: AlertStory) -> str:
    if story.closed:
        return f"This alert was closed at {clock(story.closed.at)}. Nothing is left to hand on."
    return "Only whoever has taken an alert can hand it on. Take it first."


def people_to_hand_to(
    colleagues: Iterable["Staff"], cover: Cover, *, reader: str
) -> tuple[Colleague, ...]:
    """Who may act on alerts here today, but the reader; today's duties first."""
    duties = {held.staff.pk: str(held.duty.label).lower() for held in cover.all if held.staff}
    found = [
        Colleague(
            each.pk,
            f"{each.name}, {each}" + (f", {duties[each.pk]} today" if each.pk in duties else ""),
        )
        for each in colleagues
        if each.username != reader
    ]
    return tuple(sorted(found, key=lambda one: (one.staff_id not in duties, one.name)))
