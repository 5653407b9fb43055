"""Questionnaire: one instrument in FHIR R4, complete enough to be asked and scored elsewhere.

What anyone may rely on: linkIds are our item ids; results stand in read-only, hidden items whose
linkIds begin with "result."; the canonical address never changes and the version is the file's.

An instrument that no clinician of the exporting site has signed is a draft and experimental, and
has no approval date: nobody has approved it. Translations are other wordings of the same structure;
they go into FHIR's translation extension, beside the words of the main language.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from imparts.gateway.fhir.addresses import (
    PANEL_NAMES,
    Addresses,
    published_codes,
    result_codes,
)
from imparts.gateway.fhir.asked import Asked
from imparts.gateway.fhir.expressions import TOTAL, Result, results_of
from imparts.gateway.fhir.extensions import CALCULATED, expression, hidden, with_words
from imparts.gateway.fhir.notices import cautions, check_may_leave, copyright_of
from imparts.rules.instruments.definition import Band, Instrument

Json = dict[str, Any]

PUBLISHER = "The imparts project"
_DIRECTIONS = {
    "higher_is_worse": "A higher score is worse.",
    "higher_is_better": "A higher score is better.",
}


def questionnaire_of(
    instrument: Instrument,
    *,
    on: date,
    translations: Sequence[Instrument] = (),
    addresses: Addresses | None = None,
    signed_on: date | None = None,
    publisher: str = PUBLISHER,
) -> Json:
    """One instrument; NotLicensed if its words may not leave on this day."""
    for one in (instrument, *translations):
        check_may_leave(one, on=on)
    _check_translations(instrument, translations)
    addresses = addresses or Addresses()
    asked = Asked(instrument, addresses, tuple(translations))
    made = _heading(instrument, addresses, publisher) | _standing(instrument, signed_on)
    made |= with_words("title", instrument.title, [(t.language, t.title) for t in translations])
    made |= {
        "description": "\n\n".join(_description(instrument)),
        "code": _codes(instrument, addresses),
        "item": [*asked.items(), *_result_items(instrument, asked, addresses)],
    }
    return made | {"copyright": copyright_of(instrument, made)}


def _heading(instrument: Instrument, addresses: Addresses, publisher: str) -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": instrument.id.replace("_", "-"),
        "language": instrument.language,
        "url": addresses.questionnaire(instrument),
        "version": instrument.version,
        "name": "".join(part.capitalize() for part in instrument.id.split("_")),
        "subjectType": ["Patient"],
        "publisher": publisher,
        "purpose": f"Measures: {instrument.measures}.",
    }


def _standing(instrument: Instrument, signed_on: date | None) -> Json:
    made: Json = {"status": "draft", "experimental": True}
    if signed_on is not None:
        made = {"status": "active", "experimental": False, "approvalDate": signed_on.isoformat()}
    licence = instrument.licence
    if licence is not None and licence.expires is not None:
        made["effectivePeriod"] = {"end": licence.expires.isoformat()}
    return made


def _check_translations(instrument: Instrument, translations: Sequence[Instrument]) -> None:
    for one in translations:
        if [item.id for item in one.items] != [item.id for item in instrument.items]:
            raise ValueError(
                f"The wording in {one.language} has other items than {instrument.id} in "
                f"{instrument.language}; only wordings of one structure can stand together."
            )


def _codes(instrument: Instrument, addresses: Addresses) -> list[Json]:
    ours = addresses.coding("instruments", instrument.id, instrument.short_title)
    return [*published_codes(instrument, PANEL_NAMES), ours]


def _description(instrument: Instrument) -> Iterator[str]:
    yield f"{instrument.title}. Recall: {instrument.recall}."
    if instrument.scoring.missing_rule:
        yield f"Missing answers: {instrument.scoring.missing_rule}."
    yield _DIRECTIONS.get(instrument.direction, "No direction of the result is worse than another.")
    if instrument.bands:
        yield f"Bands: {_in_words(instrument.bands)}."
    for rule in instrument.scoring.subscales:
        bands = f" Bands: {_in_words(rule.bands)}." if rule.bands else ""
        yield f"{rule.label}: {', '.join(rule.items)}.{bands}"
    if instrument.scoring.needs:
        yield (
            f"It cannot be scored from this file: its {instrument.scoring.needs.replace('_', ' ')} "
            "must come with a licensed wording."
        )
    yield f"Checked by: {instrument.checked_by}."
    yield from cautions(instrument)


def _in_words(bands: Sequence[Band]) -> str:
    return "; ".join(f"{one.lowest:f} to {one.highest:f} {one.label}" for one in bands)


def _result_items(instrument: Instrument, asked: Asked, addresses: Addresses) -> Iterator[Json]:
    for result in results_of(instrument, asked.applying):
        yield _result_item(instrument, result, addresses)


def _result_item(instrument: Instrument, result: Result, addresses: Addresses) -> Json:
    ours = addresses.coding("scores", f"{instrument.id}.{result.link_id.removeprefix('result.')}")
    return {
        "extension": [hidden(), expression(CALCULATED, result.fhirpath, result.description)],
        "linkId": result.link_id,
        "code": result_codes(instrument, addresses) if result.link_id == TOTAL else [ours],
        "text": result.text,
        "type": result.type,
        "required": False,
        "readOnly": True,
    }
