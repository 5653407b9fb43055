"""Simulating: a pathway run over past visits, by the very function that live running follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.rules.pathways.context import ScoreSeen, VisitContext
from imparts.rules.pathways.definition import Pathway


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One sitting of the past, with exactly what the pathways saw of it."""

    about: UUID  # the sitting, as in PathwayEntry.about
    person: UUID  # the record that stands today, so that a merged person counts once
    service_id: int
    at: datetime
    on: date
    scores: Mapping[str, ScoreSeen]
    context: VisitContext
    responses: int  # how many instruments were answered


@dataclass(frozen=True, slots=True)
class Run:
    """What one pathway would have done; people are counted once an option."""

    pathway: Pathway
    responses: int
    visits: int
    people: frozenset[UUID]
    steps: Mapping[UUID, tuple[str, ...]]  # what was suggested after each sitting, by step id
    # For each option, who would have been sent there, and on which day for the first time.
    sent: Mapping[str, Mapping[UUID, date]]
    talks: int  # sittings after which item 9 calls for a conversation, by the flags of the scores


def run(pathway: Pathway, visits: Iterable[PastVisit]) -> Run:
    """Follow a pathway at every visit; somebody in treatment with an option is not sent there."""
    raise NotImplementedError
