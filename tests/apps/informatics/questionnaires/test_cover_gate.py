"""Nobody is asked about harm on a day on which nobody has said that they answer for it (H1)."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError

from imparts.access.models import Staff
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.models import HandOver, Invitation
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import story_of
from tests.builders import NOON, TODAY, a_service, an_appointment, answer, cover, staff_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


def _hand_over(appointment, *, at: datetime = NOON) -> HandOver:
    made, _ = hand_overs.hand_over(appointment=appointment, tablet=None, by="desk", at=at)
    return made


def test_without_cover_the_tablet_is_not_handed_over_and_it_is_said_what_to_do() -> None:
    appointment = an_appointment(a_service(), is_covered=False)
    with pytest.raises(hand_overs.CannotStart, match="has no owner and no deputy"):
        _hand_over(appointment)
    assert not Invitation.objects.exists()


def test_it_is_said_who_must_still_accept_and_where() -> None:
    service = a_service()
    appointment = an_appointment(service, is_covered=False)
    owner, deputy = staff_with("nurse", service), staff_with("consultant", service)
    for duty, staff in (("owner", owner), ("deputy", deputy)):
        pathways.set_standing_cover(
            service=service, duty=duty, staff=staff, from_on=TODAY, by="test", at=NOON
        )
    pathways.accept_cover(service=service, on=TODAY, duty="owner", by=owner, at=NOON)
    with pytest.raises(hand_overs.CannotStart) as said:
        _hand_over(appointment)
    assert str(said.value) == (
        f"Before anyone is asked today, {deputy.name} (deputy) must first accept, "
        "on the page “Who answers for alerts”."
    )
    pathways.accept_cover(service=service, on=TODAY, duty="deputy", by=deputy, at=NOON)
    assert _hand_over(appointment).pk


def test_yesterdays_yes_does_not_count_today() -> None:
    service = a_service()
    cover(service, on=TODAY - timedelta(days=1))
    appointment = an_appointment(service, is_covered=False)
    with pytest.raises(hand_overs.CannotStart, match="must first accept"):
        _hand_over(appointment)


def test_the_day_is_that_of_the_wall_clock() -> None:
    service = a_service()
    just_after_midnight = datetime(2026, 6, 16, 23, 30, tzinfo=UTC)  # 17 June, 00:30 in London
    appointment = an_appointment(service, at=just_after_midnight, is_covered=False)
    cover(service, on=just_after_midnight.date())
    with pytest.raises(hand_overs.CannotStart, match="must first accept"):
        _hand_over(appointment, at=just_after_midnight)


def test_whoever_has_begun_goes_on_although_cover_has_gone_meanwhile() -> None:
    appointment = an_appointment(a_service())
    first = _hand_over(appointment)
    hand_overs.confirm_identity(hand_over=first, at=NOON)
    hand_overs.begin(hand_over=first, who_helped="nobody", at=NOON)
    Staff.objects.filter(username__startswith="owner.of").update(is_active=False)
    assert _hand_over(appointment).pk != first.pk


def test_when_cover_cannot_be_read_nothing_is_asked() -> None:
    appointment = an_appointment(a_service())
    broken = patch("imparts.pathways.queries.cover._held", side_effect=DatabaseError)
    with broken, pytest.raises(DatabaseError):
        _hand_over(appointment)
    assert not HandOver.objects.exists()


def test_an_answer_on_another_day_than_the_visits_is_one_from_home() -> None:
    service = a_service()
    appointment = an_appointment(service, at=NOON)
    evening_before = NOON - timedelta(hours=18)
    cover(service, on=evening_before.date())
    hand_over = _hand_over(appointment, at=evening_before)
    hand_overs.confirm_identity(hand_over=hand_over, at=evening_before)
    answer(hand_over, "phq9", "q9", 1, at=evening_before)
    story = story_of(Alert.objects.get())
    assert [(rung.duty, f"{rung.at:%d %H:%M}") for rung in story.rungs] == [
        ("owner", "17 08:00"), ("manager", "17 10:00"),
    ]  # fmt: skip
