"""$validate: whether a resource would be taken: every fault with its place, and nothing stored."""

from imparts.gateway.fhir.structure import faults_of
from imparts.gateway.fhir_server.addressed import moment_in, person_in
from imparts.gateway.fhir_server.answers_sent import checked_answers
from imparts.gateway.fhir_server.asking.sent import resource_of
from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.problems import Issue, Problem, bad_request, outcome
from imparts.gateway.fhir_server.reading import find
from imparts.gateway.fhir_server.registry import Json, Reader

ALL_RIGHT = Issue("informational", "No fault was found.", severity="information")


def validate(call: Call) -> Answer:
    """200 with an OperationOutcome, whether it is right or not; 400 where nothing was sent."""
    type_name = call.path[0]
    resource = resource_of(call, "resource") or _stored(call)
    if resource is None:
        raise bad_request("Send the resource that is to be looked at.")
    issues = [Issue(one.code, one.says, one.where) for one in faults_of(resource)]
    if resource.get("resourceType") != type_name:
        says = f"At this address a {type_name} is looked at."
        issues.append(Issue("invalid", says, "Resource.resourceType"))
    if not issues and type_name == "QuestionnaireResponse":
        issues = _of_answers(resource, call.reader)
    return Answer(200, outcome(issues or [ALL_RIGHT]))


def _stored(call: Call) -> Json | None:
    """One that stands here already; the door is that of every read."""
    if len(call.path) < 3:
        return None
    found = find(call.path[0], call.path[1], call.reader)
    if found is None:
        return None
    kind, row = found
    return kind.render([row], call.reader)[0]


def _of_answers(resource: Json, reader: Reader) -> list[Issue]:
    """What would be refused if these answers were sent, as far as it can be known before."""
    issues: list[Issue] = []
    for check in (checked_answers, person_in, _moment):
        try:
            check(resource, reader)
        except Problem as wrong:
            issues += wrong.issues
    return issues


def _moment(resource: Json, reader: Reader) -> None:
    moment_in(resource, "authored", reader)
