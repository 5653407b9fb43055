"""The whole surface, tried with what nobody thought of: always an answer in words, never a 5xx."""

import json

import pytest
from freezegun import freeze_time

from tests.builders import NOON
from tests.gateway.fhir_server.asking import Asked
from tests.gateway.fhir_server.clients import token_for
from tests.gateway.fhir_server.surface import Drawn, calls
from tests.gateway.fhir_server.test_who_may_not import SECRET, Everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


@pytest.fixture
def tried(db, in_the_demo):
    """A machine that may do everything, and some resource of each type that there is."""
    with freeze_time(NOON):
        everything = Everything()
        ask = Asked(token_for(scopes="system/*.cruds", services=[everything.clinic]))
        known = {
            name: [everything.allowed.json(f"{name}/{one}") for one in ids[:3]]
            for name, ids in everything.ids.items()
        }
        yield ask, {name: some for name, some in known.items() if some}


def _answered(ask: Asked, drawn: Drawn) -> None:
    headers = {name.replace("-", "_"): value for name, value in drawn.headers.items()}
    answer = ask(drawn.path, verb=drawn.verb, body=drawn.body, **headers)
    assert answer.status_code < 500, (drawn.verb, drawn.path, headers, drawn.body[:3000])
    if answer.status_code >= 400 and drawn.verb != "HEAD" and answer["Content-Type"]:
        said = json.loads(answer.content)
        assert said["resourceType"] in ("OperationOutcome", "Bundle"), drawn.path
        assert SECRET not in answer.content.decode(), (drawn.verb, drawn.path)


def test_nothing_that_is_asked_makes_the_server_fail(tried) -> None:
    ask, known = tried
    for drawn in calls(20261122, 300, known):
        _answered(ask, drawn)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_is_asked_for_long_makes_the_server_fail(tried, seed) -> None:
    ask, known = tried
    for drawn in calls(seed, 5000, known):
        _answered(ask, drawn)
