"""What the pathways suggested after each visit, as CarePlans, and each step as a Task."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from imparts.gateway.fhir.care_plan import PlanFacts, care_plan_of
from imparts.gateway.fhir.task import StepFacts, task_of
from imparts.gateway.fhir_server.queries.encounters import encounters_of_sittings
from imparts.gateway.fhir_server.queries.referrals import responses_of_sittings
from imparts.gateway.fhir_server.queries.seen import (
    last,
    many,
    patient,
    results,
    stamped,
    withdrawn,
)
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.pathways.models import PathwayEntry, SteppedOut, StepTaken, SuggestedStep

_BACK = StepTaken.Decision.TAKEN_BACK
_WRONG, _GOOD = Q(_is_in_error=True), Q(_is_in_error=False)
_OUT = Q(_is_back=False)
STATUSES = {"entered-in-error": _WRONG, "revoked": _GOOD & _OUT, "active": _GOOD & ~_OUT}
"""Of a CarePlan, as conditions on rows of PathwayEntry."""
DECISIONS = {
    "entered-in-error": _WRONG,
    "requested": _GOOD & (Q(_decision__isnull=True) | Q(_decision=_BACK)),
    "completed": _GOOD & Q(_decision=StepTaken.Decision.DONE),
    "on-hold": _GOOD & Q(_decision=StepTaken.Decision.NOT_NOW),
}
"""Of a Task, as conditions on rows of SuggestedStep."""


def rows(reader: Reader) -> QuerySet[PathwayEntry]:
    """Entries of the services whose results the reader may see."""
    out = SteppedOut.objects.filter(entry=OuterRef("pk"))
    return PathwayEntry.objects.filter(results(reader)).annotate(
        _stored=Coalesce(last(out, "at"), F("at")),
        _changes=many(out, "entry"),
        _is_back=last(out, "is_back"),
        _why_out=last(out, "why"),
        _is_in_error=withdrawn("about"),
    )


def render(found: Sequence[PathwayEntry], reader: Reader) -> list[Json]:
    """Each entry as one plan."""
    about = [row.about for row in found]
    where, asked = encounters_of_sittings(about), responses_of_sittings(about)
    return [
        stamped(care_plan_of(_plan(row, where, asked)), row._stored, 1 + (row._changes or 0))
        for row in found
    ]


def step_rows(reader: Reader) -> QuerySet[SuggestedStep]:
    """Every suggested step, with the last decision on it."""
    decisions = StepTaken.objects.filter(entry=OuterRef("entry"), step=OuterRef("step"))
    return (
        SuggestedStep.objects.filter(results(reader, "entry__patient_id", "entry__service_id"))
        .annotate(
            _decision=last(decisions, "decision"),
            _decided_at=last(decisions, "at"),
            _why=last(decisions, "why"),
            _details=last(decisions, "details"),
            _decisions=many(decisions, "step"),
            _is_in_error=withdrawn("entry__about"),
            _stored=Coalesce(last(decisions, "at"), F("entry__at")),
        )
        .select_related("entry")
    )


def render_steps(found: Sequence[SuggestedStep], reader: Reader) -> list[Json]:
    """Each step with the last decision on it."""
    where = encounters_of_sittings(row.entry.about for row in found)
    return [
        stamped(task_of(_step(row, where)), row._stored, 1 + (row._decisions or 0)) for row in found
    ]


def step_named(written: str) -> Q | None:
    """Which step an id names: the entry's number, and where the step stands in it."""
    entry, dash, place = written.partition("-")
    parts = (entry, place)
    if not dash or not all(one.isascii() and one.isdigit() and len(one) < 10 for one in parts):
        return None
    return Q(entry_id=int(entry), place=int(place))


def _plan(
    row: PathwayEntry,
    where: Mapping[UUID, str],
    asked: Mapping[UUID | None, list[tuple[str, str]]],
) -> PlanFacts:
    return PlanFacts(
        id=str(row.pk),
        patient=patient(row.patient_id),
        at=row.at,
        pathways=tuple(row.pathways),
        tasks=tuple(f"Task/{row.pk}-{place}" for place in range(1, len(row.steps) + 1)),
        encounter=where.get(row.about, ""),
        rests_on=tuple(ref for ref, _ in asked.get(row.about, ())),
        stepped_out=row._why_out if row._is_back is False else "",
        is_withdrawn=row._is_in_error,
    )


def _step(row: SuggestedStep, where: Mapping[UUID, str]) -> StepFacts:
    step: dict[str, Any] = row.entry.steps[row.place - 1]
    decision = "" if row._decision in (None, _BACK) else str(row._decision)
    referral = (row._details or {}).get("referral") if decision else None
    return StepFacts(
        id=f"{row.entry_id}-{row.place}",
        plan=f"CarePlan/{row.entry_id}",
        patient=patient(row.entry.patient_id),
        code=row.step,
        verb_first=str(step.get("verb_first", "")),
        text=str(step.get("text", "")),
        reason=str(step.get("reason", "")),
        source=str(step.get("source", "")),
        suggested_at=row.entry.at,
        decision=decision,
        why_not=row._why or "" if decision else "",
        decided_at=row._decided_at,
        focus=f"ServiceRequest/{referral}" if referral else "",
        encounter=where.get(row.entry.about, ""),
        is_withdrawn=row._is_in_error,
    )
