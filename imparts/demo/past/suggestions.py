"""Suggestions: what the pathways suggested after each past sitting, and what was decided."""

from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import Any

from imparts.demo.past.courses import Attended
from imparts.pathways.actions.history import PastDecision, PastEntry
from imparts.rules.pathways.context import VisitContext
from imparts.rules.pathways.definition import Recommendation
from imparts.rules.pathways.recommend import recommend

_REASONS = (
    ("said no", 45), ("not today", 20), ("already in hand", 28), ("not right for this patient", 7),
)  # fmt: skip
_DECIDED_ON = 3  # the page shows three steps first


@lru_cache(maxsize=20_000)
def _written(step: Recommendation) -> dict[str, Any]:
    return step.as_json()


def entry_of(attended: Attended, chance: Random) -> PastEntry | None:
    """What was suggested after one finished sitting."""
    desk, sitting = attended.desk, attended.sitting
    if sitting is None or sitting.stopped_after is not None:
        return None
    context = VisitContext(age=sitting.context.get("age"), on=sitting.ended_at.date())
    steps = [
        _written(step)
        for pathway in desk.pathways
        for step in recommend(pathway, sitting.scores, context)
    ]
    steps.sort(key=lambda step: step["order"])
    return PastEntry(
        attended.person.id, desk.service_id, sitting.id, sitting.ended_at,
        [f"{pathway.id} {pathway.version}" for pathway in desk.pathways], steps,
        context.as_json(), tuple(_decided(attended, steps, chance)),
    )  # fmt: skip


def _decided(attended: Attended, steps: list[dict[str, Any]], chance: Random) -> list[PastDecision]:
    made = []
    for number, step in enumerate(steps[:_DECIDED_ON]):
        roll = chance.random()
        if roll > 0.78:
            continue
        at = attended.visit.at + timedelta(minutes=12 + 2 * number, seconds=chance.randrange(60))
        reasons, weights = zip(*_REASONS, strict=True)
        done = roll < 0.55
        why = "" if done else chance.choices(reasons, weights)[0]
        made.append(
            PastDecision(
                step["step_id"], "done" if done else "not_now", why, at, attended.desk.consultant
            )
        )
    return made
