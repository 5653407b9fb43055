"""The same answers sent twice at the same moment: stored once, and both are told so."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.pathways.models import Alert
from tests.builders import a_service
from tests.gateway.fhir_server.answers import WITH_ITEM_9, phq9
from tests.gateway.fhir_server.asking import Asked, known_at
from tests.gateway.fhir_server.clients import token_for

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
def test_answers_that_come_several_times_at_once_are_stored_once(settings) -> None:
    settings.IMPARTS_DEMO = True
    service = a_service()
    token = token_for(scopes="system/*.cruds", services=[service])
    body = phq9(known_at(service), WITH_ITEM_9, authored="2026-01-05T10:00:00Z")

    def send(_: int) -> tuple[int, str]:
        try:
            answer = Asked(token)("QuestionnaireResponse", verb="POST", body=body)
            return answer.status_code, json.loads(answer.content).get("id", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    assert sorted(status for status, _ in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({made for _, made in answers}) == 1
    assert Response.objects.count() == Invitation.objects.count() == Alert.objects.count() == 1
