"""What the clinic's pathways suggested after one sitting, and what was decided about each step."""

from collections.abc import Callable
from dataclasses import dataclass

from imparts.design.dates import clock
from imparts.design.words import counted
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.workspace.queries.names import called
from imparts.workspace.sitting_facts import Step


def steps_of(entry: PathwayEntry | None) -> tuple[Step, ...]:
    """The steps in order; the last decision on each counts."""
    if entry is None:
        return ()
    taken = {step.step: step for step in entry.taken.all()}
    known_as = called(step.by for step in taken.values())
    return tuple(_step(step, taken.get(step["step_id"]), known_as) for step in entry.steps)


def _step(step: dict[str, str], taken: StepTaken | None, known_as: Callable[[str], str]) -> Step:
    return Step(
        id=step["step_id"],
        verb_first=step["verb_first"],
        text=step["text"],
        reason=step["reason"],
        decided=_decided(taken, known_as) if taken else "",
        is_done=bool(taken and taken.decision == StepTaken.Decision.DONE),
    )


def _decided(taken: StepTaken, known_as: Callable[[str], str]) -> str:
    why = f": {taken.why}" if taken.why else ""
    return f"{taken.get_decision_display()}{why}. {known_as(taken.by)}, {clock(taken.at)}"


@dataclass(frozen=True, slots=True)
class Followed:
    """The pathways that suggestions came from: in one line, and in full."""

    line: str = ""
    in_full: str = ""


def pathways_followed(entry: PathwayEntry | None) -> Followed:
    """How many pathways of the clinic spoke and who has checked them; in full with versions."""
    if entry is None or not entry.steps:
        return Followed()
    wanted = dict.fromkeys((s["pathway_id"], s["pathway_version"]) for s in entry.steps)
    ids = ContentVersion.objects.filter(
        kind=ContentVersion.Kind.PATHWAY, key__in=[key for key, _ in wanted]
    ).values_list("key", "version", "pk")
    known = {(key, version): pk for key, version, pk in ids}
    found = [library.pathway_of(known[each]) for each in wanted if each in known]
    titles = "; ".join(f"{p.title} ({p.version}, {p.checked_by})" for p in found)
    checked = "; ".join(dict.fromkeys(p.checked_by for p in found))
    return Followed(
        line=f"From {counted(len(found), 'pathway')} of this clinic: {checked}.",
        in_full=f"Suggestions from: {titles}.",
    )
