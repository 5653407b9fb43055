"""Outcomes: what is wrong with a request, as an OperationOutcome with the place that is wrong."""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A request that cannot be done, with its HTTP status."""

    def __init__(self, status: int, code: str, words: str, *, where: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.outcome = outcome(code, words, where=where)


def outcome(code: str, words: str, *, where: str = "", severity: str = "error") -> Json:
    """One issue; `where` is a FHIRPath, such as Bundle.entry[3].request."""
    issue: Json = {"severity": severity, "code": code, "diagnostics": words}
    if where:
        issue["expression"] = [where]
    return {"resourceType": "OperationOutcome", "issue": [issue]}
