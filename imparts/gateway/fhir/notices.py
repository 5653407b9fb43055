"""Notices: whose words and whose codes a resource holds, and whether the words may leave at all.

Wording that imparts may not ship leaves only while the site's licence covers it on the day that is
passed in. Without that a structure is exported: every question with its number and its code, and
no text.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from imparts.gateway.fhir.addresses import LOINC, SNOMED
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.record.cautions import IN_UK_UNITS, OWN_WORDS, is_asked_in_uk_units

LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © "
    "Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) "
    "Committee and is available at no cost under the license at http://loinc.org/license. LOINC® "
    "is a registered United States trademark of Regenstrief Institute, Inc."
)
SNOMED_NOTICE = (
    "This material includes SNOMED Clinical Terms® (SNOMED CT®) which is used by permission of "
    "SNOMED International. All rights reserved. SNOMED CT®, was originally created by The College "
    "of American Pathologists. SNOMED and SNOMED CT are registered trademarks of SNOMED "
    "International."
)
WITHOUT_WORDING = (
    "The wording of this questionnaire is licensed and is not part of this file: its questions "
    "have numbers and codes, and no text. Whoever holds a licence adds the wording."
)


class NotLicensed(ValueError):
    """Licensed wording was about to leave without a licence that covers it."""


def check_may_leave(instrument: Instrument, *, on: date) -> None:
    """Refuse licensed wording that no licence covers on this day."""
    if instrument.rights.ships != "no" or not _holds_words(instrument):
        return
    licence = instrument.licence
    if licence is None:
        raise NotLicensed(
            f"The wording of {instrument.id} belongs to {instrument.rights.holder} and no licence "
            "is recorded for it. Export the structure without wording, or load the wording with "
            "its licence."
        )
    if licence.expires is not None and licence.expires < on:
        raise NotLicensed(
            f"The licence for the wording of {instrument.id} ended on {licence.expires:%d.%m.%Y}. "
            "Renew it and load the wording again, or export the structure without wording."
        )


def as_it_may_leave(instrument: Instrument, *, on: date) -> Instrument:
    """The instrument, or its structure where no licence lets its words leave on this day."""
    try:
        check_may_leave(instrument, on=on)
    except NotLicensed:
        return replace(
            instrument, stem="", items=tuple(_without_words(item) for item in instrument.items)
        )
    return instrument


def _without_words(item: Item) -> Item:
    """One question as a number; a bare number among its answers is not a word."""
    options = (
        one if one.label == str(one.value) else replace(one, label="") for one in item.options
    )
    return replace(item, text="", anchors=(), options=tuple(options))


def _holds_words(instrument: Instrument) -> bool:
    return bool(instrument.stem) or any(
        item.text or item.anchors or item != _without_words(item) for item in instrument.items
    )


def copyright_of(instrument: Instrument, used: Any) -> str:
    """Whose words these are, and the notices of the code systems that a resource uses."""
    return "\n\n".join(_paragraphs(instrument, json.dumps(used)))


def _paragraphs(instrument: Instrument, used: str) -> Iterator[str]:
    rights = instrument.rights
    if rights.notice:
        yield rights.notice
    if rights.statement not in rights.notice:
        yield f"{rights.holder}: {rights.statement}"
    if instrument.licence is not None:
        number = f", number {instrument.licence.number}" if instrument.licence.number else ""
        yield f"Wording used under the licence of {instrument.licence.holder}{number}."
    elif rights.ships == "no":
        yield WITHOUT_WORDING
    if f'"{LOINC}"' in used:
        yield LOINC_NOTICE
    if f'"{SNOMED}"' in used:
        yield SNOMED_NOTICE


def cautions(instrument: Instrument) -> list[str]:
    """What a reader of the codes has to know about the words."""
    said = [OWN_WORDS] if any(item.loinc for item in instrument.items) else []
    return said + ([IN_UK_UNITS] if is_asked_in_uk_units(instrument.id) else [])
