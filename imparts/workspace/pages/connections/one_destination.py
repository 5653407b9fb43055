"""One destination: how it stands and is used, what is sent to it, before and after its mapping."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.workspace.choices import Choice
from imparts.workspace.connection_forms import DestinationForm

if TYPE_CHECKING:
    from imparts.gateway.mapping_preview import PreviewLine
    from imparts.outbox.queries import Queue

WAYS = {"mllp": "MLLP", "fhir": "FHIR"}
SENDS = {
    "oru": "one ORU^R01 a response",
    "mdm": "one MDM^T02 a visit, with the summary as text and PDF",
    "fhir": "one FHIR transaction a response",
}


@dataclass(frozen=True, slots=True)
class TriedOut:
    """What the destination said to the test message."""

    words: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class OneDestination:
    """The page of one destination."""

    code: str
    title: str
    how: str
    stands: str
    address: str
    form: DestinationForm
    samples: tuple[Choice, ...]
    lines: "tuple[PreviewLine, ...]"
    is_changed: bool
    wrong: str
    """Why there is no preview; empty when there is one."""
    status: int

    @classmethod
    def of(
        cls,
        queue: "Queue",
        form: DestinationForm,
        *,
        samples: Sequence[str],
        sample: int,
        lines: "Sequence[PreviewLine]",
        wrong: str = "",
    ) -> "OneDestination":
        """Put it together."""
        to = queue.destination
        return cls(
            code=to.code,
            title=to.name,
            how=f"{WAYS[to.way]} out, {SENDS[to.sends]}",
            stands=_stands(queue),
            address=to.address if form.is_fixed else "",
            form=form,
            samples=tuple(
                Choice(name, f"?sample={number}", number == sample)
                for number, name in enumerate(samples)
            ),
            lines=tuple(lines),
            is_changed=any(line.is_changed for line in lines),
            wrong=wrong,
            status=422 if form.is_bound and form.errors else 200,
        )


def _stands(queue: "Queue") -> str:
    waiting, refused = queue.stands.waiting, queue.refused
    said = f"{waiting:,} waiting, {refused:,} refused."
    return f"{said} Held back." if queue.destination.is_paused else said
