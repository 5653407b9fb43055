"""A rheumatology clinic and a machine that may ask of it, and another clinic, nobody's business.

`asked_clinic` is a clinic whose patients answer questionnaires, and `send` sends their answers.
"""

import pytest
from freezegun import freeze_time


@pytest.fixture
def noon():
    """The day and the hour of the tests."""
    from tests.builders import NOON

    with freeze_time(NOON):
        yield


@pytest.fixture
def clinic(db):
    """A service."""
    from tests.builders import a_service

    return a_service(with_content=False)


@pytest.fixture
def asked_clinic(noon, db, in_the_demo):
    """A service whose pack asks the PHQ-9."""
    from tests.builders import a_service

    return a_service()


@pytest.fixture
def elsewhere(db):
    """Another service of another trust."""
    from tests.builders import a_service

    return a_service("Dermatology", with_content=False)


@pytest.fixture
def ask(clinic):
    """A machine that may do everything at the clinic."""
    return _machine(clinic)


@pytest.fixture
def send(asked_clinic):
    """A portal that may send answers to the clinic."""
    return _machine(asked_clinic)


def _machine(service):
    from tests.gateway.fhir_server.asking import Asked
    from tests.gateway.fhir_server.clients import token_for

    return Asked(token_for(scopes="system/*.cruds", services=[service]))
