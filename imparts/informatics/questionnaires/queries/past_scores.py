"""Past scores as a pathway looks at them, each from one text; and those before a moment."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.utils import timezone

from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.rules.pathways.context import History, PastScore, ScoreSeen
from imparts.rules.scoring.bands import band_for
from imparts.rules.scoring.result import number_to_act_on
from imparts.rules.scoring.totals import PRORATED

# Everything that a pathway looks at of a score; flags come last, for they may hold anything.
AS_TEXT = (
    "concat_ws('|', s.instrument, s.content_id, s.status, coalesce(s.score::text, ''),"
    " coalesce(s.lower::text, ''), coalesce(s.upper::text, ''), s.band, s.flags::text)"
)
_PARTS = 8
_BEFORE = f"""
select s.patient_id, s.service_id, s.completed_at, {AS_TEXT}
from {ResponseScore._meta.db_table} s
where s.service_id = any(%(services)s) and s.instrument = any(%(instruments)s)
    and s.completed_at < %(until)s and s.of_form is null and not s.is_withdrawn
    and (%(patient)s::uuid is null or s.patient_id = %(patient)s::uuid)
    and not exists (select 1 from {ResponseScore._meta.db_table} c where c.corrects_id = s.id)
order by s.completed_at, s.id
"""


class PastScores:
    """The scores of people at services over time, for what came before any moment."""

    def __init__(self) -> None:
        self._found: dict[tuple[UUID, int], dict[str, list[tuple[datetime, PastScore]]]] = {}

    def add(self, patient: UUID, service: int, at: datetime, score: ScoreSeen) -> None:
        """Take one score in; they come oldest first."""
        person = self._found.setdefault((patient, service), {})
        past = PastScore(timezone.localdate(at), score)
        person.setdefault(score.instrument, []).append((at, past))

    def before(self, patient: UUID, service: int, moment: datetime) -> History:
        """The earlier scores of a person at a service, by instrument, oldest first."""
        found: Mapping[str, list[tuple[datetime, PastScore]]]
        found = self._found.get((patient, service), {})
        earlier = {
            key: tuple(one for at, one in rows if at < moment) for key, rows in found.items()
        }
        return {key: rows for key, rows in earlier.items() if rows}


def history_before(
    patient_id: UUID, service_id: int, instruments: Collection[str], *, at: datetime
) -> History:
    """Earlier scores of a person at a service, by instrument, oldest first; one question.

    Of this record and this service alone: what the pathways of a service may look back on.
    """
    found = scores_of_people([service_id], at, instruments, patient_id=patient_id)
    return found.before(patient_id, service_id, at)


def scores_of_people(
    services: list[int],
    until: datetime,
    instruments: Collection[str],
    *,
    patient_id: UUID | None = None,
) -> PastScores:
    """Every score of some instruments at some services, of everybody or of one person."""
    asked = {
        "services": services, "instruments": list(instruments), "until": until,
        "patient": patient_id,
    }  # fmt: skip
    found = PastScores()
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, asked)
        for patient, service, at, said in cursor.fetchall():
            found.add(patient, service, at, score_in(said))
    return found


@lru_cache(maxsize=50_000)
def score_in(said: str) -> ScoreSeen:
    """What follow() saw of a score; of an estimate the band to act on is worked out as it was.

    The same text is the same version of an instrument, and a version never changes.
    """
    instrument, content, status, *numbers, band, flags = said.split("|", _PARTS - 1)
    score, lower, upper = (Decimal(one) if one else None for one in numbers)
    asked = library.instrument_of(int(content))
    to_act_on = number_to_act_on(status, score, lower, upper, asked.direction)
    worst: str | None = band or None
    if status == PRORATED and asked.bands:
        found = band_for(to_act_on, asked.bands)
        worst = found.code if found else None
    return ScoreSeen(
        instrument, status, score, lower, upper, band or None, worst, tuple(json.loads(flags)),
        asked.direction, asked.reliable_change, to_act_on,
    )  # fmt: skip
