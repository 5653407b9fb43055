"""Problems: what was wrong with a call, as an OperationOutcome that says how to mend it.

A problem's words never hold a value of a person's data: they name the element or the parameter.
What a client sent back to itself (a parameter's name, a code) may be said again, shortened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault: a code of FHIR's, a sentence, and where it is as FHIRPath."""

    code: str
    says: str
    expression: str = ""
    severity: str = "error"

    def as_fhir(self) -> Json:
        """As it stands in an OperationOutcome."""
        made: Json = {"severity": self.severity, "code": self.code, "diagnostics": self.says}
        return made | ({"expression": [self.expression]} if self.expression else {})


class Problem(Exception):
    """A call that is answered with an OperationOutcome and a status of 4xx."""

    def __init__(
        self, status: int, *issues: Issue, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(issues[0].code)
        self.status = status
        self.issues = issues
        self.headers = headers or {}


def problem(status: int, code: str, says: str, expression: str = "") -> Problem:
    """A problem with one fault."""
    return Problem(status, Issue(code, says, expression))


def bad_request(says: str, expression: str = "") -> Problem:
    """400: what was asked cannot be understood."""
    return problem(400, "invalid", says, expression)


def not_found() -> Problem:
    """404, the same for what does not exist and for what this reader may not see."""
    return problem(404, "not-found", "There is nothing here that you may see.")


def unprocessable(*issues: Issue) -> Problem:
    """422: the resource is FHIR, but it cannot be taken; every fault is named."""
    return Problem(422, *issues)


def outcome(issues: Sequence[Issue]) -> Json:
    """An OperationOutcome."""
    return {"resourceType": "OperationOutcome", "issue": [issue.as_fhir() for issue in issues]}


def shortly(said: str, most: int = 60) -> str:
    """Something that a client sent, short enough for a sentence and without control characters."""
    plain = "".join(sign if sign.isprintable() else " " for sign in said)
    return plain if len(plain) <= most else plain[: most - 1] + "…"
