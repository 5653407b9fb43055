"""Servers that notices are handed to, each on a free port of this machine."""

from collections.abc import Iterator

import pytest

from tests.gateway.notices.servers import Hanging, Mail, Notify


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
def hanging() -> Iterator[Hanging]:
    """A mail server that says nothing."""
    running = Hanging()
    yield running
    running.stop()


@pytest.fixture
def dripping() -> Iterator[Hanging]:
    """A mail server that says one byte at a time and never a line."""
    running = Hanging(drips=True)
    yield running
    running.stop()
