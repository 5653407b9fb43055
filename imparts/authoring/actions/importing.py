"""Bringing in a questionnaire, a wording or a language, and confirming what asks about harm."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import version_with_text
from imparts.rules.content import ContentRefused, read_toml

Kind = ContentVersion.Kind
NOT_JSON = (
    "This file is not JSON. Save the questionnaire as FHIR R4 in JSON, or take the wording pack as "
    "it came. Words of the pages and texts for patients are TOML."
)
NEITHER_TOML = (
    "This TOML file holds neither words of the tablet's pages nor texts for patients. Words of "
    "the pages have a language and a table [words], texts for patients a nation and a table [calm]."
)
NEITHER = (
    "This file is neither a FHIR Questionnaire nor a wording pack. A questionnaire says "
    '"resourceType": "Questionnaire", a wording pack says "format": "imparts-wording-1".'
)


_A_LINE_OF_TOML = re.compile(r"^[ \t]*[\w-]+[ \t]*=", re.MULTILINE)


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
        return _kind_of_toml(text)
    if not isinstance(found, dict):
        raise ContentRefused(NEITHER)
    if found.get("resourceType") == "Questionnaire":
        return str(Kind.FORM)
    if "format" in found and "instrument" in found:
        return str(Kind.WORDING)
    if isinstance(other := found.get("resourceType"), str):
        raise ContentRefused(f"This is a FHIR {other[:40]}. Only a Questionnaire can be asked.")
    raise ContentRefused(NEITHER)


def _kind_of_toml(text: str) -> str:
    """A slip in a TOML file is said with its line; what was never TOML is said not to be JSON."""
    if text.lstrip().startswith("{") or not _A_LINE_OF_TOML.search(text):
        raise ContentRefused(NOT_JSON)
    table = read_toml(text, "TOML")
    if table.has("words") and table.has("language"):
        return str(Kind.PAGE_WORDS)
    if table.has("nation") and table.has("calm"):
        return str(Kind.PATIENT_TEXT)
    raise ContentRefused(NEITHER_TOML)
