"""What the clinic's pathways suggested after one sitting, and what was decided about each step."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from imparts.design.dates import clock, day, local, short_day
from imparts.design.words import Phrase, capital, counted
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.pathways import queries as pathways
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.pathways.queries import Wait
from imparts.rules.pathways.definition import Pathway
from imparts.workspace.queries.checked import signed_here
from imparts.workspace.queries.names import with_title
from imparts.workspace.suggested import Measure, Step, Suggested

Decision = StepTaken.Decision
Waits = Mapping[str, Wait]
_Key = tuple[str, str]  # a pathway's id and version


def suggested_after(
    entry: PathwayEntry | None,
    *,
    on: date,
    records: Iterable[UUID],
    may_repeat: Iterable[Measure],
    answered_on: Mapping[str, date],
) -> Suggested:
    """The steps in order, each with its wait; of each step the last decision counts.

    What was booked and has been answered since is no longer booked.
    """
    if entry is None:
        return Suggested()
    out = pathways.steps_out_of([entry]).get(entry.pk)
    taken = pathways.decisions_on(entry)
    repeats = pathways.repeats_of(records, services=[entry.service_id])
    booked = [one for one in repeats if one.is_open(answered_on.get(one.instrument))]
    known_as = with_title([*(row.by for row in taken.values()), *([out.by] if out else [])])
    waits = pathways.waits_of(entry.service_id, on)
    known = _pathways_of(entry)
    choices = tuple(may_repeat)
    names = {one.id: one.name for one in choices}
    return Suggested(
        entry=entry.pk,
        steps=tuple(
            _step(step, taken.get(step["step_id"]), known_as, waits, known, on)
            for step in entry.steps
        ),
        line=_line(known),
        in_full=_in_full(known),
        stepped_out=f"{capital(out.why)}. {known_as(out.by)}, {day(out.at)}." if out else "",
        booked=tuple(
            (one.instrument, f"{names.get(one.instrument, one.instrument)} {_when(one.due_on, on)}")
            for one in booked
        ),
        may_repeat=choices,
    )


def _when(due: date, on: date) -> str:
    if due <= on:
        return "at the next hand-over"
    return f"from {short_day(due)}" + (f" {due.year}" if due.year != on.year else "")


def _step(
    step: Mapping[str, Any],
    taken: StepTaken | None,
    known_as: Callable[[str], str],
    waits: Waits,
    known: Mapping[_Key, "_Known"],
    on: date,
) -> Step:
    referral = (taken.details or {}).get("referral") if taken else None
    return Step(
        id=step["step_id"],
        verb_first=step["verb_first"],
        text=step["text"],
        reason=step["reason"],
        decided=_decided(taken, known_as, on) if taken else "",
        is_done=bool(taken and taken.decision == Decision.DONE),
        kind=step.get("kind") or "talk",
        waits=_waits(step.get("options") or (), waits),
        because=_because(step, known),
        opt_out=bool(step.get("opt_out")),
        asks=tuple(step.get("asks") or ()),
        referral=UUID(referral) if referral else None,
    )


def _waits(options: Sequence[str], waits: Waits) -> tuple[Phrase, ...]:
    """ "Wait 5 weeks (16 Nov)."; with the option's name where a step offers several."""
    named, offered = library.options(), [code for code in options if code in waits]
    found: list[Phrase] = []
    for number, code in enumerate(offered):
        who = f"{named[code].name}: " if len(options) > 1 else ""
        found += [
            Phrase(f"{'; ' if number else 'Wait '}{who}"),
            Phrase(waits[code].long, True),
            Phrase(f" ({waits[code].dated})"),
        ]
    return (*found, Phrase(".")) if found else ()


def _decided(taken: StepTaken, known_as: Callable[[str], str], on: date) -> str:
    why = f": {taken.why}" if taken.why else ""
    at = local(taken.at)
    when = clock(at) if at.date() == on else day(at)
    return f"{taken.get_decision_display()}{why}. {known_as(taken.by)}, {when}"


@dataclass(frozen=True, slots=True)
class _Known:
    """A pathway as it was followed, and who has checked it."""

    pathway: Pathway
    checked: str


def _pathways_of(entry: PathwayEntry) -> dict[_Key, _Known]:
    """The pathways that the steps came from, in their order."""
    wanted = dict.fromkeys((s["pathway_id"], s["pathway_version"]) for s in entry.steps)
    ids = ContentVersion.objects.filter(
        kind=ContentVersion.Kind.PATHWAY, key__in=[key for key, _ in wanted]
    ).values_list("key", "version", "pk")
    known = {(key, version): pk for key, version, pk in ids if (key, version) in wanted}
    signed = signed_here(known.values())
    found = {each: library.pathway_of(known[each]) for each in wanted if each in known}
    return {
        each: _Known(pathway, signed.get(known[each], pathway.checked_by))
        for each, pathway in found.items()
    }


def _line(known: Mapping[_Key, _Known]) -> str:
    if not known:
        return ""
    checked = "; ".join(dict.fromkeys(one.checked for one in known.values()))
    return f"From {counted(len(known), 'pathway')} of this clinic: {checked}."


def _in_full(known: Mapping[_Key, _Known]) -> str:
    titles = (f"{k.pathway.title} ({k.pathway.version}, {k.checked})" for k in known.values())
    return f"Suggestions from: {'; '.join(titles)}." if known else ""


def _because(step: Mapping[str, Any], known: Mapping[_Key, _Known]) -> str:
    one = known.get((step["pathway_id"], step["pathway_version"]))
    whence = f"{one.pathway.title}, version {one.pathway.version}" if one else ""
    return ". ".join(part for part in (capital(str(step["source"])), whence) if part)
