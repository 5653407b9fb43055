"""A known sender, and a listener that keeps and applies what it sends."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from imparts.gateway.inbound.models import KnownSender
    from tests.gateway.hl7v2.lines import RunningListener
    from tests.gateway.inbound.standing_in import StandIn


@pytest.fixture
def pas(db: None) -> "KnownSender":
    """The application PAS at the facility RXX may send."""
    from tests.gateway.inbound.standing_in import a_known_sender

    return a_known_sender()


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> "StandIn":
    """Instead of what messages do: what was asked of it, and what it is told to say."""
    from tests.gateway.inbound.standing_in import StandIn

    stand_in = StandIn()
    monkeypatch.setattr("imparts.gateway.inbound.actions.outcomes.apply", stand_in)
    return stand_in


@pytest.fixture
def listener(transactional_db: None) -> "Iterator[RunningListener]":
    """A listener with threads and database connections of its own."""
    from tests.gateway.inbound.standing_in import a_listener

    with a_listener() as running:
        yield running
