"""Drafts: the fields of one OBX and the notes that follow it, before they are numbered."""

from decimal import Decimal

from imparts.gateway.hl7v2.message import Given
from imparts.rules.record.result_facts import ResultFacts

Draft = tuple[dict[int, Given], tuple[str, ...]]

OUR_CODES = "99IMPARTS"
CANNOT_BE_OBTAINED = "X"
SCORE_UNITS = ("{score}", "score", "UCUM")


def status_of(facts: ResultFacts) -> str:
    """F, P or C for the whole message."""
    return status_when(facts, facts.score.status)


def status_when(facts: ResultFacts, status: str) -> str:
    """F, P or C for what is complete, estimated or incomplete: nothing but complete is final."""
    if facts.is_correction:
        return "C"
    return "F" if status == "complete" else "P"


def exact(value: Decimal) -> str:
    """A number as it was stored, never 1E+1."""
    return format(value, "f")


def could_be(lower: Decimal | None, upper: Decimal | None) -> str:
    """The end of a note on what is not complete."""
    if lower is None or upper is None:
        return ""
    return f", could be {exact(lower)} to {exact(upper)}"
