"""One small trust for all tests of the demonstration; everything is rolled back at the end."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

LONDON = ZoneInfo("Europe/London")
MORNING = datetime(2026, 11, 17, 10, 16, 4, tzinfo=LONDON)
PEOPLE = 260


@pytest.fixture(scope="package")
def trust(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The trust as `imparts demo` makes it, with the clinics of the morning."""
    from imparts.demo import fill

    with django_db_blocker.unblock(), override_settings(IMPARTS_DEMO=True), transaction.atomic():
        fill.fill(people=PEOPLE, services=13, seed=7, at=MORNING)
        fill.make_today(at=MORNING)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def undone(trust: None) -> Iterator[None]:
    """For a test that changes something: undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
