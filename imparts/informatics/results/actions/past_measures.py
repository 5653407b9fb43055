"""Loading past physical measures and agreed baselines in bulk."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.informatics.results.models import AgreedBaseline, PhysicalMeasure, ResponseScore
from imparts.postgres.copying import copy_rows


class PastMeasure(NamedTuple):
    """One physical measure."""

    patient_id: UUID
    service_id: int
    code: str
    value: Decimal
    second_value: Decimal | None
    measured_on: date
    at: datetime
    by: str
    source: str = PhysicalMeasure.Source.TYPED.value
    is_withdrawn: bool = False


class PastBaseline(NamedTuple):
    """An agreement to count changes from the score of one response."""

    response: UUID
    at: datetime
    by: str


def load_measures(
    *, measures: Sequence[PastMeasure], baselines: Sequence[PastBaseline], by: str, at: datetime
) -> None:
    """Copy physical measures, and agree baselines on scores that are stored already."""
    with transaction.atomic(), connection.cursor() as cursor:
        copy_rows(cursor, PhysicalMeasure._meta.db_table, PastMeasure._fields, measures)
        scores = ResponseScore.objects.filter(response__in=[b.response for b in baselines])
        of_response = {score.response: score for score in scores}
        AgreedBaseline.objects.bulk_create(
            AgreedBaseline(
                patient_id=score.patient_id, service_id=score.service_id,
                instrument=score.instrument, score=score, at=one.at, by=one.by,
            )
            for one in baselines if (score := of_response.get(one.response)) is not None
        )  # fmt: skip
        told = f"{len(measures)} physical measures, {len(baselines)} baselines"
        audit.record(who=by, did="loaded history", about=told, at=at)
