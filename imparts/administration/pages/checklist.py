"""The checklist from first sign-in to the first test patient, each step as it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from imparts.administration.pages.rooms import Link, choices, rooms
from imparts.administration.pages.steps import Step, steps_of

if TYPE_CHECKING:
    from imparts.administration.queries.standing import Standing
    from imparts.organisations.models import Service

TWO_PEOPLE = (
    "One person can set all of this up, but not sign it alone: what one person puts together, a "
    "second person, a clinician, signs."
)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Set up this site: one service, in the order of doing."""

    title: str
    rooms: tuple[Link, ...]
    services: tuple[Link, ...]
    service: str
    progress: str
    next_step: str
    steps: tuple[Step, ...]
    two_people: str = TWO_PEOPLE

    @classmethod
    def of(
        cls,
        standing: "Standing | None",
        *,
        services: "Sequence[Service]",
        may_sign: bool,
        today: date,
    ) -> "Checklist":
        """Put one service's standing into words, for someone who may sign or may not."""
        steps = _in_order(steps_of(standing, may_sign=may_sign, today=today)) if standing else ()
        done = sum(step.is_done for step in steps)
        coming = next((step for step in steps if not step.is_done), None)
        chosen = standing.service.pk if standing else 0
        return cls(
            title="Set up this site",
            rooms=rooms("Checklist"),
            services=choices(services, chosen, with_all=False),
            service=str(standing.service) if standing else "",
            progress=f"{done} of {len(steps)} done" if steps else "",
            next_step=_next_sentence(standing, coming),
            steps=steps,
        )


def _next_sentence(standing: "Standing | None", coming: Step | None) -> str:
    if standing is None:
        return "Every service that you set up is closed. Open a service first."
    if coming is None:
        return "Everything is ready. Real patients can be booked."
    return f"Next: {coming.said}"


def _in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The first that is not done is next; steps may be done out of order."""
    coming = next((n for n, step in enumerate(steps) if not step.is_done), -1)
    return tuple(
        replace(step, state="Done" if step.is_done else "Next" if n == coming else "To do")
        for n, step in enumerate(steps)
    )
