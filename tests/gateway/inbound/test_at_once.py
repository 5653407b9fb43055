"""Two connections that say something of one person at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from imparts.people.models import Patient
from tests.gateway.inbound.standing_in import a_known_sender, received

_LINES = (
    "MSH|^~\\&|PAS|RXX|||20261117080000||{kind}|{id}|P|2.5.1",
    "EVN|{event}|202611170800{second:02d}",
    "PID|||H1^^^^MR||{name}^Ada^^^^^L||19610314|F",
)


def _sent_at_once(messages: list[bytes]) -> list[str]:
    """What each is answered, all of them sent at the same moment."""
    ready = Barrier(len(messages))

    def send(raw: bytes) -> str:
        try:
            ready.wait(timeout=30)
            return received(raw).code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(messages)) as pool:
        return list(pool.map(send, messages))


def _message(event: str, name: str, second: int) -> bytes:
    kind = f"ADT^{event}"
    lines = (
        line.format(kind=kind, id=f"{event}{second}", event=event, name=name, second=second)
        for line in _LINES
    )
    return "".join(f"{line}\r" for line in lines).encode()


@pytest.mark.django_db(transaction=True)
def test_one_new_person_is_registered_once() -> None:
    a_known_sender()
    answers = _sent_at_once([_message("A28", "Moss", second) for second in range(4)])
    assert "AA" in answers
    assert set(answers) <= {"AA", "AE"}, "who comes second sends it again"
    assert Patient.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_changes_at_once_the_one_that_was_said_last_stands() -> None:
    a_known_sender()
    received(_message("A28", "Moss", 0))
    names = ["First", "Second", "Third", "Last"]
    answers = _sent_at_once(
        [_message("A08", name, second) for second, name in enumerate(names, start=1)]
    )
    assert answers == ["AA"] * 4
    assert Patient.objects.get().family_name == "Last"
