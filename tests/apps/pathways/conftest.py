"""The service at which these alerts are raised."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from imparts.organisations.models import Service


@pytest.fixture
def service() -> "Service":
    """A service without content: nothing is asked, alerts are raised by hand."""
    from tests.builders import a_service

    return a_service(with_content=False)
