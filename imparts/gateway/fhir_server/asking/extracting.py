"""QuestionnaireResponse/$extract: what answers come to, as a transaction of Observations.

Of a response that stands here: the Observations that stand here. Of one that is sent: it is scored
as if it had been given here, and nothing is stored.
"""

from uuid import uuid4

from imparts.gateway.fhir.about import About
from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.observation import observations_of
from imparts.gateway.fhir_server.addressed import moment_in, person_in
from imparts.gateway.fhir_server.answers_sent import checked_answers
from imparts.gateway.fhir_server.asking.sent import resource_of
from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.parameters import uuid_key
from imparts.gateway.fhir_server.problems import bad_request, not_found
from imparts.gateway.fhir_server.reading import find, note_seen, require
from imparts.gateway.fhir_server.registry import Json, kinds_of, person_of, rows_for
from imparts.gateway.fhir_server.writing.single import checked
from imparts.library import queries as library
from imparts.rules.scoring.score import score


def extract(call: Call) -> Answer:
    """A Bundle of type transaction."""
    require(call.reader, "Observation", "r")
    if len(call.path) == 3:
        return Answer(200, _bundle(call, _stored(call)))
    sent = resource_of(call, "questionnaire-response", "resource")
    if sent is None:
        raise bad_request("Send the response, or ask at the address of one.")
    return Answer(200, _bundle(call, _worked_out(call, checked(sent, "QuestionnaireResponse"))))


def _stored(call: Call) -> list[Json]:
    found = find("QuestionnaireResponse", call.path[1], call.reader)
    if found is None:
        raise not_found()
    note_seen(
        call.reader, "extracted a response", [person_of(found[1])],
        f"QuestionnaireResponse {call.path[1]}",
    )  # fmt: skip
    made: list[Json] = []
    for kind in kinds_of("Observation"):
        if "derived-from" in kind.search:
            of_response = kind.search["derived-from"].condition(call.path[1], "", call.reader)
            rows = list(rows_for(kind, call.reader).filter(of_response).order_by("pk"))
            made += kind.render(rows, call.reader)
    return made


def _worked_out(call: Call, resource: Json) -> list[Json]:
    asked, given = checked_answers(resource, call.reader)
    patient = person_in(resource, call.reader)
    if library.is_form(asked.content_id):
        raise bad_request("Numbers of a form are worked out when its answers are sent.")
    instrument = library.instrument_of(asked.content_id)
    values = {item: one.value for item, one in given.items()}
    about = About(
        response_id=str(uuid_key(str(resource.get("id"))) or uuid4()),
        patient=f"Patient/{patient.pk}", authored_at=moment_in(resource, "authored", call.reader),
    )  # fmt: skip
    return observations_of(
        instrument, score(instrument, values, {}), about=about,
        declined=[item for item, one in given.items() if one.declined], addresses=Addresses(),
    )  # fmt: skip


def _bundle(call: Call, made: list[Json]) -> Json:
    entries = [
        {
            "fullUrl": f"{call.base}/Observation/{one['id']}",
            "resource": one,
            "request": {"method": "PUT", "url": f"Observation/{one['id']}"},
        }
        for one in made
    ]
    bundle: Json = {"resourceType": "Bundle", "type": "transaction"}
    return bundle | ({"entry": entries} if entries else {})
