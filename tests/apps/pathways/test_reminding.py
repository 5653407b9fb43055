"""Whoever holds cover and has not said yes today is asked once when the day opens (H1)."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.queries.cover import cover_on
from tests.apps.pathways.raising import covered, stands
from tests.builders import TODAY, a_service, staff_with

pytestmark = pytest.mark.django_db
OPENING = datetime(2026, 11, 17, 8, tzinfo=UTC)


def _named(service) -> dict:
    held = {"owner": staff_with("nurse", service), "deputy": staff_with("consultant", service)}
    for duty, staff in held.items():
        stands(service, duty, staff)
    return held


def _asked() -> list[int]:
    found = Message.objects.filter(destination="notices", kind="cover_asked").order_by("id")
    return [message.facts["staff"] for message in found]


def test_owner_and_deputy_are_asked_at_opening_once_a_day(service) -> None:
    held = _named(service)
    assert pathways.ask_for_cover(at=OPENING - timedelta(seconds=1)) == 0
    assert pathways.ask_for_cover(at=OPENING) == 2
    assert pathways.ask_for_cover(at=OPENING + timedelta(hours=3)) == 0
    assert _asked() == [held["owner"].pk, held["deputy"].pk]
    assert pathways.ask_for_cover(at=OPENING + timedelta(days=1)) == 2


def test_whoever_has_accepted_is_not_asked(service) -> None:
    held = _named(service)
    pathways.accept_cover(
        service=service, on=TODAY, duty="owner", by=held["owner"], at=OPENING - timedelta(hours=1)
    )
    pathways.ask_for_cover(at=OPENING)
    assert _asked() == [held["deputy"].pk]


def test_on_a_day_without_a_clinic_nobody_is_asked(service) -> None:
    _named(service)
    assert pathways.ask_for_cover(at=datetime(2026, 11, 21, 10, tzinfo=UTC)) == 0


def test_yesterdays_yes_is_asked_for_again_today(service) -> None:
    covered(service)
    assert pathways.ask_for_cover(at=OPENING) == 0
    assert pathways.ask_for_cover(at=OPENING + timedelta(days=1)) == 2


def test_one_service_whose_cover_cannot_be_read_keeps_no_other_from_its_turn(service) -> None:
    elsewhere = a_service("Dermatology", with_content=False)
    held = _named(elsewhere)
    _named(service)

    def broken_here(one, day):
        if one == service:
            raise ValueError("broken")
        return cover_on(one, day)

    broken = patch("imparts.pathways.actions.reminding.cover_on", broken_here)
    with broken, pytest.raises(ExceptionGroup):
        pathways.ask_for_cover(at=OPENING)
    assert _asked() == [held["owner"].pk, held["deputy"].pk]
