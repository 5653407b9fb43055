"""Standing in: known senders, one message received, and something instead of what messages do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connections

from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.listener import Patience, Peer
from imparts.gateway.hl7v2.message import Message
from imparts.gateway.inbound.actions import Applied, know_sender, receive
from imparts.gateway.inbound.answering import answers_to, answers_to_cut_short
from imparts.gateway.inbound.models import KnownSender
from tests.builders import NOON, an_organisation
from tests.gateway.hl7v2.lines import LONG, RunningListener

HERE = Peer("127.0.0.1")


class StandIn:
    """Instead of `applying.apply`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.senders: list[KnownSender] = []
        self.does: Callable[[Message], Applied] = lambda message: Applied()

    def __call__(
        self, message: Message, *, sender: KnownSender, at: datetime, came_at: datetime
    ) -> Applied:
        self.asked.append(message.header.text(10))
        self.senders.append(sender)
        return self.does(message)


def a_known_sender(application: str = "PAS", facility: str = "RXX", **agreed: Any) -> KnownSender:
    """An application that may send."""
    return know_sender(
        application=application, facility=facility, by="test", at=NOON,
        **{"organisation": an_organisation(), **agreed},
    )  # fmt: skip


def received(raw: bytes, *, peer: Peer = HERE, at: datetime = NOON) -> Answer:
    """One message taken in."""
    return receive(raw, peer=peer, at=at)


@contextmanager
def a_listener(patience: Patience = LONG, **settings: Any) -> Iterator[RunningListener]:
    """A listener whose messages are kept and applied."""

    def with_a_connection(ask: Callable[[], list[bytes]]) -> list[bytes]:
        try:
            return ask()
        finally:
            connections.close_all()  # threads come and go in tests

    running = RunningListener(
        answer=lambda raw, peer: with_a_connection(
            lambda: answers_to(raw, peer=peer, now=lambda: NOON)
        ),
        cut_short=lambda begun, words, peer: with_a_connection(
            lambda: answers_to_cut_short(begun, words, peer=peer, now=lambda: NOON)
        ),
        patience=patience,
        **settings,
    )
    try:
        yield running
    finally:
        running.stop()
