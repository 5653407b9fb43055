"""Steps that a pathway wants answered before the session ends, and that nobody has decided on."""

from collections.abc import Iterable
from dataclasses import dataclass

from imparts.pathways.models import PathwayEntry
from imparts.pathways.queries.booked import steps_out_of
from imparts.pathways.queries.entries import decisions_on


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One such step of one sitting."""

    entry: PathwayEntry
    verb_first: str
    reason: str


def to_assess_before_end(entries: Iterable[PathwayEntry]) -> list[OpenStep]:
    """The first such step of each entry; none once the person has stepped out.

    Entries come with `taken` prefetched (entries_about). Of each step the last decision counts.
    """
    found = list(entries)
    out = steps_out_of(found)
    steps = (_first_of(entry) for entry in found if entry.pk not in out)
    return [step for step in steps if step]


def _first_of(entry: PathwayEntry) -> OpenStep | None:
    decided = decisions_on(entry)
    for step in entry.steps:
        if step.get("answer_before_end") and step["step_id"] not in decided:
            return OpenStep(entry, step["verb_first"], step["reason"])
    return None
