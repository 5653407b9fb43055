"""Questionnaire/$populate: an empty response about one person, ready to be filled in.

Answers are the person's own: nothing is filled in from earlier ones. A form that someone else wrote
may say itself what stands in it at the start, such as a name; that is worked out as on the tablet.
"""

from typing import TYPE_CHECKING

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.answered import ROOT
from imparts.gateway.fhir.asked import Asked as AskedItems
from imparts.gateway.fhir_server.addressed import person_in
from imparts.gateway.fhir_server.answers_sent import asked_in
from imparts.gateway.fhir_server.asking.sent import parameters_of, reference_in
from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.problems import bad_request, not_found
from imparts.gateway.fhir_server.queries import questionnaires
from imparts.gateway.fhir_server.reading import find, note_seen, require
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.library import queries as library
from imparts.rules.forms.response import response_of
from imparts.rules.forms.told import Told

if TYPE_CHECKING:
    from imparts.people.models import Patient


def populate(call: Call) -> Answer:
    """Parameters with the response."""
    held = parameters_of(call)
    require(call.reader, "Patient", "r")
    url = _url(call, held)
    written = reference_in(held.get("subject"))
    if not written:
        raise bad_request("Say whom it is about: the parameter subject.", "subject")
    about = {"resourceType": ROOT, "questionnaire": url, "subject": {"reference": written}}
    asked = asked_in(about, call.reader)
    patient = person_in(about, call.reader)
    note_seen(call.reader, "populated a questionnaire", [patient.pk], f"questionnaire {asked.key}")
    response = _response(asked.content_id, patient, call.reader)
    parameter = [{"name": "response", "resource": response}]
    return Answer(200, {"resourceType": "Parameters", "parameter": parameter})


def _url(call: Call, held: Json) -> str:
    if len(call.path) == 3:
        found = find("Questionnaire", call.path[1], call.reader)
        if found is None:
            raise not_found()
        return questionnaires.canonical_of(found[1].pk)
    sent = held.get("questionnaire") or held.get("canonical") or held.get("identifier")
    if isinstance(sent, dict):
        sent = sent.get("url") or sent.get("value")
    if not sent:
        raise bad_request("Say which questionnaire: the parameter canonical.", "canonical")
    return str(sent)


def _response(content_id: int, patient: "Patient", reader: Reader) -> Json:
    made = {
        "resourceType": ROOT,
        "questionnaire": questionnaires.canonical_of(content_id),
        "status": "in-progress",
        "subject": {"reference": f"Patient/{patient.pk}"},
        "authored": reader.at.isoformat(timespec="seconds"),
    }
    if library.is_form(content_id):
        return made | _of_form(content_id, patient, reader)
    asked = AskedItems(library.instrument_of(content_id), Addresses())
    items = [{"linkId": one.id, "text": one.text} for one in asked.instrument.items if one.text]
    return made | ({"item": items} if items else {})


def _of_form(content_id: int, patient: "Patient", reader: Reader) -> Json:
    told = Told(at=reader.at, name=patient.name, birth_date=patient.born_on)
    found = response_of(library.form_of(content_id), {}, told=told, is_complete=False)
    return {"item": found["item"]} if found.get("item") else {}
