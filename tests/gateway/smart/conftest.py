"""A hospital record that runs while a test does."""

from collections.abc import Iterator

import pytest

from tests.gateway.smart.issuer import Issuer


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """It answers over real HTTP until the test is over."""
    running = Issuer()
    yield running
    running.stop()
