"""Agreeing from which score changes are counted, and taking that back; each is a row."""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.informatics.results.actions.not_stored import NotStored
from imparts.informatics.results.models import AgreedBaseline, ResponseScore
from imparts.rules.scoring.totals import COMPLETE


def agree_baseline(*, score: ResponseScore, by: str, at: datetime) -> AgreedBaseline:
    """Count changes of this person's instrument from this score on; only a whole one will do."""
    if score.status != COMPLETE or (score.score is None and not score.subscales):
        raise NotStored("An estimate cannot be a baseline. Choose a score with every answer given.")
    return _add(score, score, by=by, at=at, did="agreed baseline")


def take_back_baseline(*, score: ResponseScore, by: str, at: datetime) -> AgreedBaseline:
    """Changes are counted from the measurement before again."""
    return _add(score, None, by=by, at=at, did="took back baseline")


def _add(
    of: ResponseScore, score: ResponseScore | None, *, by: str, at: datetime, did: str
) -> AgreedBaseline:
    with transaction.atomic():
        made = AgreedBaseline.objects.create(
            patient_id=of.patient_id, service_id=of.service_id, instrument=of.instrument,
            score=score, at=at, by=by,
        )  # fmt: skip
        about = f"{of.instrument} score {of.pk}"
        audit.record(who=by, did=did, patient=of.patient_id, about=about, at=at)
    return made
