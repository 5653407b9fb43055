"""As at a site that works: nothing unsigned is offered, unless a test says otherwise."""

import pytest


@pytest.fixture(autouse=True)
def in_production(settings) -> None:
    """Not the demonstration."""
    settings.IMPARTS_DEMO = False
