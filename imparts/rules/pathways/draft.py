"""Drafting: the steps that change a pathway; each gives a new Pathway, none changes one in place.

What a draft may still get wrong is refused by reader.py and checks.py when it becomes a file.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.rules.pathways.definition import Level, OnlyWhen, Pathway, Step


class NotPossible(ValueError):
    """A step that the rules of pathways do not allow; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a version of a pathway, when, and under which name."""

    version: str
    authored_by: str
    on: date
    next_review: date


def with_threshold(pathway: Pathway, level: str, trigger: int, value: Decimal) -> Pathway:
    """Set the threshold of a trigger (counted from 1) of a level.

    Triggers that can no longer be reached go, a level that has none left goes with its steps, and
    reasons of the form "low mood is 15 to 19" are written anew.
    """
    raise NotImplementedError


def without_trigger(pathway: Pathway, level: str, trigger: int) -> Pathway:
    """Take a trigger (counted from 1) out of a level."""
    raise NotImplementedError


def with_because(pathway: Pathway, level: str, trigger: int, because: str) -> Pathway:
    """Give a trigger other words."""
    raise NotImplementedError


def with_only_when(pathway: Pathway, level: str, only_when: OnlyWhen | None) -> Pathway:
    """Say for whom a level is; None: for everybody."""
    raise NotImplementedError


def with_step(pathway: Pathway, level: str, step: Step) -> Pathway:
    """Put a step into a level, or another in the place of the one with its id."""
    raise NotImplementedError


def without_step(pathway: Pathway, step_id: str) -> Pathway:
    """Take a step out; a level that has no step left goes as well."""
    raise NotImplementedError


def with_level(pathway: Pathway, level: Level, *, above: str | None = None) -> Pathway:
    """Put a level in, above another or at the end."""
    raise NotImplementedError


def without_level(pathway: Pathway, level: str) -> Pathway:
    """Take a level out with its steps."""
    raise NotImplementedError


def as_version(pathway: Pathway, made: Made) -> Pathway:
    """The draft as a version of its own, not yet checked by a clinician."""
    raise NotImplementedError
