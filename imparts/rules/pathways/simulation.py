"""Simulating: a pathway run over past visits, by the very function that live running follows.

So a run of the pathway that was live gives what happened; a test holds the two beside each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.rules.pathways.context import ScoreSeen, VisitContext
from imparts.rules.pathways.definition import Pathway, Step
from imparts.rules.pathways.recommend import followed, treated_with
from imparts.rules.pathways.self_harm import SELF_HARM, SELF_HARM_FLAGS

_FLAGS = frozenset(SELF_HARM_FLAGS)


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
    talks: int  # sittings after which item 9 calls for a conversation


def run(pathway: Pathway, visits: Iterable[PastVisit]) -> Run:
    """Follow a pathway at every visit; somebody in treatment with an option is not sent there.

    A step that names several options counts under the first: one person is one referral.
    """
    responses = talks = number = 0
    people: set[UUID] = set()
    suggested: dict[UUID, tuple[str, ...]] = {}
    sent: dict[str, dict[UUID, date]] = {}
    for visit in visits:
        number += 1
        responses += visit.responses
        people.add(visit.person)
        steps = steps_at(pathway, visit)
        if steps:
            suggested[visit.about] = tuple(step.id for step in steps)
            for step in steps:
                _send(sent, step, visit)
        talks += bool(steps) if pathway.id == SELF_HARM else _calls_for_a_talk(visit)
    return Run(pathway, responses, number, frozenset(people), suggested, sent, talks)


def steps_at(pathway: Pathway, visit: PastVisit) -> list[Step]:
    """The steps that follow from one visit, most pressing first; as in recommend()."""
    found = [step for one in followed(pathway, visit.scores, visit.context) for step in one.steps]
    found.sort(key=lambda step: step.order)
    return found


def _send(sent: dict[str, dict[UUID, date]], step: Step, visit: PastVisit) -> None:
    if not step.options or treated_with(step, visit.context):
        return
    people = sent.setdefault(step.options[0], {})
    first = people.get(visit.person)
    if first is None or visit.on < first:
        people[visit.person] = visit.on


def _calls_for_a_talk(visit: PastVisit) -> bool:
    return any(not _FLAGS.isdisjoint(score.flags) for score in visit.scores.values())
