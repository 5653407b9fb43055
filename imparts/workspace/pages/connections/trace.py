"""Trace: what happened to one result, from the answer to the acknowledgement, by any of its ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from imparts.design.dates import clock, local, short_day
from imparts.workspace.connection_facts import TraceStep
from imparts.workspace.pages.connections.spans import pause

LOOKS_LIKE = "response, sitting, message control id, document, hospital number"


@dataclass(frozen=True, slots=True)
class StepShown:
    """One line of a trace."""

    time: str
    after: str
    step: str
    what: str
    message: str


@dataclass(frozen=True, slots=True)
class Traced:
    """What was found, or why nothing was."""

    looked_for: str
    steps: tuple[StepShown, ...]
    nothing: str
    on: str

    @classmethod
    def of(cls, looked_for: str, steps: Sequence[TraceStep] | None, *, now: datetime) -> "Traced":
        """Put the steps into lines, oldest first; times to the millisecond."""
        nothing = ""
        if looked_for and not steps:
            nothing = (
                f"Nothing is known by that id. It may be any of: {LOOKS_LIKE}. Ids are compared "
                "whole. A message that is older than the site keeps is not found."
            )
        return cls(
            looked_for=looked_for,
            steps=_lines(steps or (), now),
            nothing=nothing,
            on=short_day(steps[0].at) if steps else "",
        )


def _lines(steps: Sequence[TraceStep], now: datetime) -> tuple[StepShown, ...]:
    ordered = sorted(steps, key=lambda step: (step.is_now, step.at))
    before = [None, *ordered]
    return tuple(
        StepShown(_time(step, now), _between(last, step), step.step, step.words, step.message)
        for last, step in zip(before, ordered, strict=False)
    )


def _between(before: TraceStep | None, after: TraceStep) -> str:
    return "" if before is None or after.is_now else pause(after.at - before.at)


def _time(step: TraceStep, now: datetime) -> str:
    if step.is_now:
        return f"{clock(step.at)} to now"
    at = local(step.at)
    day = "" if at.date() == local(now).date() else f"{short_day(step.at)} "
    return f"{day}{at:%H:%M:%S}.{at.microsecond // 1000:03d}"
