"""Bringing in a questionnaire or a licensed wording, and confirming what asks about harm."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.authoring.queries.importing import version_with_text
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.rules.content import ContentRefused

Kind = ContentVersion.Kind
NOT_JSON = (
    "This file is not JSON. Save the questionnaire as FHIR R4 in JSON, or take the wording pack as "
    "it came."
)
NEITHER = (
    "This file is neither a FHIR Questionnaire nor a wording pack. A questionnaire says "
    '"resourceType": "Questionnaire", a wording pack says "format": "imparts-wording-1".'
)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What a file became; one that is here already is not kept twice."""

    content: ContentVersion
    is_new: bool


def bring_in(*, text: str, by: str, at: datetime) -> BroughtIn:
    """Keep a file as a version that is asked nowhere until it is reviewed and signed.

    Raises ContentRefused with a sentence.
    """
    kind = _kind_of(text)
    made = library.load_file(kind=kind, text=text, at=at, is_shipped=False, by=by)
    if made is not None:
        return BroughtIn(made, is_new=True)
    return BroughtIn(version_with_text(kind, text), is_new=False)


def confirm_harm(
    *, content: ContentVersion, items: Sequence[Mapping[str, Any]], by: str, as_role: str,
    at: datetime,
) -> None:  # fmt: skip
    """A named person says which questions ask about harm, and which answers raise an alert."""
    library.confirm_harm_items(content=content, items=list(items), by=by, as_role=as_role, at=at)


def _kind_of(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ContentRefused(NOT_JSON) from None
    if not isinstance(found, dict):
        raise ContentRefused(NEITHER)
    if found.get("resourceType") == "Questionnaire":
        return str(Kind.FORM)
    if "format" in found and "instrument" in found:
        return str(Kind.WORDING)
    if isinstance(other := found.get("resourceType"), str):
        raise ContentRefused(f"This is a FHIR {other[:40]}. Only a Questionnaire can be asked.")
    raise ContentRefused(NEITHER)
