"""A message that is applied once more, weeks later, is as old as it was."""

from datetime import timedelta

import pytest

from imparts.gateway.inbound.actions import replay
from imparts.gateway.inbound.models import ReceivedMessage
from imparts.people.models import Patient
from tests.builders import NOON
from tests.gateway.inbound.standing_in import a_known_sender, received

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


def _message(name: str, said: str, number: int) -> bytes:
    evn = f"EVN|A08|{said}\r" if said else ""
    return (
        f"MSH|^~\\&|PAS|RXX|||{said}||ADT^A08|M{number}|P|2.5.1\r{evn}"
        f"PID|||H1^^^^MR||{name}^Ada^^^^^L||19610314|F\r"
    ).encode()


@pytest.mark.parametrize("said", ["20261117080000", ""])
def test_what_was_said_since_stands(said: str) -> None:
    a_known_sender()
    assert received(_message("Old", said, 1)).code == "AA"
    first = ReceivedMessage.objects.get()
    newer = received(_message("Newer", "20261118080000", 2), at=NOON + timedelta(days=1))
    assert newer.code == "AA"
    assert replay(first.pk, by="integrator", at=LATER).code == "AA"
    assert Patient.objects.get().family_name == "Newer"
