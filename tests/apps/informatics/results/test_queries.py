"""Scores over time: one person's, all their records', and only those that stand."""

from datetime import timedelta

import pytest

from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import (
    days_since_answered,
    scores_of,
    scores_over_time,
)
from imparts.people import actions as people
from imparts.people.queries import record_ids
from tests.builders import NOON, a_patient, a_sent_sitting, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


def test_scores_of_two_merged_records_are_one_series() -> None:
    service, a, b = a_service(), a_patient("Ann"), a_patient("Anne")
    a_sent_sitting(service, a, at=NOON - timedelta(days=200), phq9={"q1": 3})
    a_sent_sitting(service, b, at=NOON, phq9={"q1": 1})
    people.merge(loser=a, survivor=b, by="clerk", at=NOON, why="same person")
    b.refresh_from_db()
    series = scores_over_time(record_ids(b))["phq9"]
    assert [int(score.score) for score in series] == [3, 1]


def test_a_corrected_score_no_longer_counts() -> None:
    sent = a_sent_sitting(a_service(), phq9={"q1": 3})
    wrong = ResponseScore.objects.get(sitting=sent.pk, instrument="phq9")
    fields = {
        field.attname: getattr(wrong, field.attname)
        for field in ResponseScore._meta.concrete_fields
        if field.name != "id"
    }
    ResponseScore.objects.create(**(fields | {"corrects_id": wrong.pk, "score": 2}))
    assert int(scores_of([sent.pk])[sent.pk]["phq9"].score) == 2


def test_only_complete_forms_count_as_answered_lately() -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=NOON - timedelta(days=10), gad7={"q1": None})
    days = days_since_answered([patient.pk], at=NOON)
    assert days["phq9"] == 10
    assert "gad7" not in days
