"""A rheumatology clinic and a machine that may ask of it, and another clinic, nobody's business."""

import pytest


@pytest.fixture
def clinic(db):
    """A service."""
    from tests.builders import a_service

    return a_service(with_content=False)


@pytest.fixture
def elsewhere(db):
    """Another service of another trust."""
    from tests.builders import a_service

    return a_service("Dermatology", with_content=False)


@pytest.fixture
def ask(clinic):
    """A machine that may do everything at the clinic."""
    from tests.gateway.fhir_server.asking import Asked
    from tests.gateway.fhir_server.clients import token_for

    return Asked(token_for(scopes="system/*.cruds", services=[clinic]))
