"""Trying a destination out: one message about nobody real, marked as a test, answered at once.

A receiver of HL7 v2 is sent the result of an invented person with MSH-11 T, which a careful record
reads, answers and files nowhere. FHIR has no such mark, so a FHIR server is only asked, the same
way and with the same token, what it is.
"""

import json
import time
from dataclasses import dataclass

from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.ways import open_way
from imparts.gateway.written import invented_as_hl7, mapping_of
from imparts.outbox.actions.owing import new_control_id
from imparts.outbox.destination import Destination
from imparts.rules.record import invented
from imparts.rules.record.json_facts import FactsRefused

TEST = "T"
_WHAT_ARE_YOU = {
    "resourceType": "Bundle",
    "type": "batch",
    "entry": [{"request": {"method": "GET", "url": "metadata"}}],
}


@dataclass(frozen=True, slots=True)
class TriedOut:
    """What was said, and how long it took."""

    told: Told
    seconds: float


def try_out(to: Destination) -> TriedOut:
    """Send the test and wait for its answer; to be called outside a transaction."""
    control_id = new_control_id()
    try:
        text = _written(to, control_id)
        way = open_way(to)
    except (FactsRefused, ValueError) as wrong:
        return TriedOut(Told(Outcome.REFUSED, f"cannot be tried: {wrong}"), 0.0)
    began = time.monotonic()
    try:
        told = way.send(text, control_id=control_id)
    finally:
        way.close()
    return TriedOut(told, time.monotonic() - began)


def _written(to: Destination, control_id: str) -> str:
    if to.way == "fhir":
        return json.dumps(_WHAT_ARE_YOU)
    return invented_as_hl7(
        invented.a_result(), mapping_of(to.mapping), sends=to.sends, control_id=control_id,
        processing=TEST,
    )  # fmt: skip
