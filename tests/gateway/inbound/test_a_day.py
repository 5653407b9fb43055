"""A day as the pretend record plays it, taken in whole: nothing of it is refused."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from imparts.gateway.inbound.actions import know_sender
from imparts.gateway.inbound.actions.naming import name_service
from imparts.gateway.pretend_record.cast import Cast, read_cast
from imparts.gateway.pretend_record.day.messages import APPLICATION, write
from imparts.gateway.pretend_record.day.script import KINDS, Step, day, one
from imparts.organisations.actions import open_organisation, open_service
from tests.builders import NOON
from tests.gateway.inbound.standing_in import received
from tests.gateway.inbound.what_is_known import all_known

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
CAST = read_cast()


@pytest.fixture(autouse=True)
def _the_cast(settings: "SettingsWrapper") -> None:
    """The organisations and clinics of the cast, whose record may send."""
    settings.IMPARTS_DEMO = True
    for code in {person.organisation for person in CAST.people}:
        organisation = open_organisation(
            code=code, name=code, kind="trust", nation="england", opened_on=date(2000, 1, 1)
        )
        know_sender(
            application=APPLICATION, facility=code, organisation=organisation, by="test", at=NOON
        )
        for clinic in {clinic for clinic in CAST.clinics if clinic.organisation == code}:
            service = open_service(
                organisation=organisation, code=clinic.code, name=clinic.name, site=code,
                opened_on=date(2010, 1, 1), by="test", at=NOON,
            )  # fmt: skip
            name_service(
                organisation=organisation, code=clinic.code, service=service, by="test", at=NOON
            )


def refused_of(steps: list[Step], *, ids: str = "D") -> list[str]:
    """What each message is answered, where it is not taken."""
    refused = []
    for number, step in enumerate(steps):
        raw = write(step.said, control_id=f"{ids}{number}").encode()
        answer = received(raw, at=NOON + timedelta(seconds=number))
        if answer.code != "AA":
            refused.append(f"{step.words}: {answer.where} {answer.words}")
    return refused


def test_a_whole_day_is_taken() -> None:
    # Of whom a result comes, somebody here looks after; in the demonstration they all are known.
    assert refused_of([_one("S12", CAST)], ids="B") == []
    assert refused_of(day(CAST, at=NOON)) == []
    assert any(line.startswith("stay") for line in all_known())
    assert any(line.startswith("appointment") for line in all_known())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "R01"])
def test_one_message_of_each_kind_is_taken(kind: str) -> None:
    assert refused_of([_one(kind, CAST)]) == []


def test_a_result_is_taken_once_somebody_looks_after_the_person() -> None:
    assert refused_of([_one("S12", CAST), _one("R01", CAST)]) == []
    assert len([line for line in all_known() if line.startswith("measure")]) == 3


def _one(kind: str, cast: Cast) -> Step:
    return one(kind, cast.people[0], cast, at=NOON)
