"""Brought in: an invented questionnaire, its file, and the answers about its questions on harm."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from imparts.library.models import ContentVersion
from tests.apps.authoring.composed import text_of
from tests.rules.forms.published import form_of

YES_NO = [{"valueCoding": {"code": "n", "display": "No"}},
          {"valueCoding": {"code": "y", "display": "Yes"}}]  # fmt: skip
ITEMS: list[dict[str, Any]] = [
    {"linkId": "sleep", "text": "Did you sleep?", "type": "choice", "answerOption": YES_NO},
    {"linkId": "dead", "text": "Have you wished to be dead?", "type": "choice",
     "answerOption": YES_NO},
    {"linkId": "often", "text": "How often did you want to die?", "type": "integer"},
    {"linkId": "own", "text": "What hurts?", "type": "text"},
    {"linkId": "scan", "text": "A picture", "type": "attachment"},
]  # fmt: skip
ANSWERED = {
    "asks-1": "yes", "counts-1": ["y"], "words-1": "Talk before they leave",
    "short_words-1": "Talk", "asks-2": "no",
}  # fmt: skip


def questionnaire(**changed: Any) -> str:
    """An invented questionnaire, as FHIR."""
    named = {"url": "http://example.org/Questionnaire/invented", "title": "Invented questions"}
    return json.dumps(form_of(**(named | {"item": ITEMS} | changed)))


def bring(browser, text: str | bytes, name: str = "invented.json"):
    body = text.encode() if isinstance(text, str) else text
    return browser.post("/library/imports/", {"file": SimpleUploadedFile(name, body)})


def brought(browser, text: str) -> ContentVersion:
    answer = bring(browser, text)
    assert answer.status_code == 302, text_of(answer)
    return ContentVersion.objects.get(kind="form")


def confirm(browser, content: ContentVersion, **given: Any):
    return browser.post(f"/library/imports/{content.pk}/harm/", {**ANSWERED, **given})
