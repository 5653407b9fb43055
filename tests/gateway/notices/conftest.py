"""Servers that notices are handed to, each on a free port of this machine."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.gateway.notices.servers import Hanging, Mail, Notify

if TYPE_CHECKING:
    from imparts.gateway.notices.delivery import Notices


@pytest.fixture
def mail() -> Iterator[Mail]:
    """A mail server that takes everything until it is told otherwise."""
    running = Mail()
    yield running
    running.stop()


@pytest.fixture
def notify() -> Iterator[Notify]:
    """A Notify that takes every number until it is told otherwise."""
    running = Notify()
    yield running
    running.stop()


@pytest.fixture
def dripping() -> Iterator[Hanging]:
    """A mail server that says one byte at a time and never a line."""
    running = Hanging(drips=True)
    yield running
    running.stop()


@pytest.fixture
def notices(mail: Mail, notify: Notify) -> "Notices":
    """Both ways, with nothing left to chance."""
    from imparts.gateway.notices.by_email import ByEmail
    from imparts.gateway.notices.by_notify import ByNotify
    from imparts.gateway.notices.delivery import EMAIL, SMS, Notices

    ways = {EMAIL: ByEmail(mail.named, seconds_a_step=0.5), SMS: ByNotify(notify.account)}
    return Notices(ways, chance=lambda: 0.0)
