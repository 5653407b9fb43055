"""$export at the base, at Patient and at a Group: a Group is the patients of one service."""

from urllib.parse import urlencode

from imparts.gateway.fhir_server.actions import exporting
from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.export.wanted import wanted
from imparts.gateway.fhir_server.operations import Operation, register_operation
from imparts.gateway.fhir_server.parameters import number_key
from imparts.gateway.fhir_server.problems import bad_request, not_found, problem
from imparts.gateway.fhir_server.queries.exports import MOST_AT_ONCE, unfinished

_DEFINITIONS = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition"


def export(call: Call) -> Answer:
    """Note down what is wanted; the files are written by a worker and fetched later."""
    who = call.reader.principal
    if not who.is_machine:
        raise problem(403, "forbidden", "Exports are for machines, with system/ scopes.")
    if "respond-async" not in call.header("prefer").replace(" ", ""):
        raise bad_request("An export takes a while: send Prefer: respond-async.")
    level = {1: "system", 2: "patient", 3: "group"}[len(call.path)]
    service = _service(call) if level == "group" else None
    what = wanted(call, about_people=level != "system")
    if unfinished(who.client_id) >= MOST_AT_ONCE:
        words = f"{MOST_AT_ONCE} exports of this program wait already. Fetch or cancel one first."
        raise problem(429, "throttled", words)
    job = exporting.ask_for(
        who, level=level, service_id=service, types=what.types, since=what.since,
        address=_address(call), at=call.reader.at,
    )  # fmt: skip
    return Answer(202, None, {"Content-Location": f"{call.base}/bulk/{job.pk}/"})


def _service(call: Call) -> int:
    """The service that a Group names, when this program may see its patients."""
    number = number_key(call.path[1])
    if number is None or number not in call.reader.asking.services:
        raise not_found()
    return number


def _address(call: Call) -> str:
    query = f"?{urlencode(call.query)}" if call.query else ""
    return f"{call.base}/{'/'.join(call.path)}{query}"


register_operation(
    Operation(
        name="export", on="system", answer=export, definition=f"{_DEFINITIONS}/export",
        documentation="Everything that the program may read, as files (Bulk Data Access 2).",
    )
)  # fmt: skip
register_operation(
    Operation(
        name="export", on="type", types=("Patient",), answer=export,
        definition=f"{_DEFINITIONS}/patient-export",
        documentation="What is about patients, of every patient whom the program may see.",
    )
)  # fmt: skip
register_operation(
    Operation(
        name="export", on="instance", types=("Group",), answer=export,
        definition=f"{_DEFINITIONS}/group-export",
        documentation="What is about patients of one service: Group/ID, where ID is the id of "
        "its HealthcareService.",
    )
)  # fmt: skip
