"""The morning on which a site is set up in these tests, and its first service.

What needs Django is imported inside, because this file is read before Django is ready.
"""

from collections.abc import Iterator

import pytest
from freezegun import freeze_time

from tests.apps.workspace.morning import A_MORNING


@pytest.fixture(autouse=True)
def a_november_morning() -> Iterator[None]:
    """Half past nine, a Tuesday; the clock does not move."""
    with freeze_time(A_MORNING):
        yield


@pytest.fixture
def service(db):
    """The first service of the site, with nothing in force yet."""
    from tests.builders import a_service

    return a_service(with_content=False)
