"""Observation: what the answers add up to, with how far it may be trusted.

A complete result is final. A result with answers missing is preliminary, never final: an estimate
has its value and a note ("estimated, 7 of 9 answered"), no result at all has dataAbsentReason
instead of a value; both carry the least and the greatest that the score could still be. So a
reader who takes only final observations never takes an estimate for a measurement.

Each subscale is an Observation of its own, because it has its own bands and can be complete when
another is not; the first Observation lists them (hasMember). The band is an interpretation in our
own code system. It is the published name of a stretch of scores and never a grade of risk. A flag
that fired is a component with the value true.
"""

from collections.abc import Collection, Iterator
from typing import Any

from imparts.gateway.fhir.about import About, filled, reference
from imparts.gateway.fhir.addresses import KINDS_OF_OBSERVATION, Addresses, coding, result_codes
from imparts.gateway.fhir.measures import Measures, quantity
from imparts.gateway.fhir.notices import cautions
from imparts.rules.instruments.definition import Band, Instrument
from imparts.rules.scoring.result import Score, Subscale
from imparts.rules.scoring.totals import COMPLETE, PRORATED
from imparts.rules.scoring.words import answered_in_words

Json = dict[str, Any]

_STATUSES = {
    "completed": "final",
    "amended": "amended",
    "entered-in-error": "entered-in-error",
}


def observations_of(
    instrument: Instrument,
    score: Score,
    *,
    about: About,
    declined: Collection[str] = (),
    addresses: Addresses | None = None,
) -> list[Json]:
    """The result of one response, then one Observation for each of its subscales."""
    measures = Measures(instrument, score, addresses or Addresses())
    parts = [_of_part(measures, part, about, declined) for part in score.subscales]
    return [_of_whole(measures, about, declined), *parts]


def whole_observation(
    instrument: Instrument,
    score: Score,
    *,
    about: About,
    declined: Collection[str] = (),
    addresses: Addresses | None = None,
) -> Json:
    """The result of one response; its parts are named and not given."""
    return _of_whole(Measures(instrument, score, addresses or Addresses()), about, declined)


def part_observation(
    instrument: Instrument,
    score: Score,
    part: Subscale,
    *,
    about: About,
    declined: Collection[str] = (),
    addresses: Addresses | None = None,
) -> Json:
    """One subscale of a response."""
    return _of_part(Measures(instrument, score, addresses or Addresses()), part, about, declined)


def _of_whole(measures: Measures, about: About, declined: Collection[str]) -> Json:
    instrument, score = measures.instrument, measures.score
    made = _around(about, "score", score.status)
    made["code"] = {
        "coding": result_codes(instrument, measures.addresses),
        "text": instrument.short_title,
    }
    made |= _value(measures, declined)
    made |= _band(measures, score.band_found, score.status, instrument.bands)
    made["note"] = [{"text": words} for words in _notes(measures)]
    made["hasMember"] = [
        reference(f"Observation/{about.id_of(part.name)}") for part in score.subscales
    ]
    made["component"] = [
        *measures.bounds("total", score.status, score.lower, score.upper),
        *measures.on_other_scales(),
        *measures.flags(),
    ]
    return filled(made)


def _of_part(measures: Measures, part: Subscale, about: About, declined: Collection[str]) -> Json:
    instrument = measures.instrument
    rule = next(one for one in instrument.scoring.subscales if one.name == part.name)
    ours = measures.addresses.coding("scores", f"{instrument.id}.{part.name}", part.label)
    made = _around(about, part.name, part.status)
    made["code"] = {"coding": [ours], "text": f"{instrument.short_title}, {part.label}"}
    if part.score is None:
        made |= measures.absent(rule.items, declined)
    else:
        made["valueQuantity"] = quantity(part.score)
    made |= _band(measures, part.band_found, part.status, rule.bands, part.name)
    made["note"] = [{"text": "Estimated: answers are missing."}] * (part.status == PRORATED)
    made["component"] = [*measures.bounds(part.name, part.status, part.lower, part.upper)]
    return filled(made)


def _around(about: About, name: str, status: str) -> Json:
    found = _STATUSES.get(about.status, "preliminary")
    if status != COMPLETE and found != "entered-in-error":
        found = "preliminary"
    return {
        "resourceType": "Observation",
        "id": about.id_of(name),
        "status": found,
        "category": [{"coding": [coding(KINDS_OF_OBSERVATION, "survey", "Survey")]}],
        "subject": reference(about.patient),
        "encounter": reference(about.encounter),
        "effectiveDateTime": about.moment,
        "performer": [reference(about.source)] if about.source else [],
        "derivedFrom": [about.response],
    }


def _value(measures: Measures, declined: Collection[str]) -> Json:
    score = measures.score
    if score.score is not None:
        return {"valueQuantity": quantity(score.score)}
    if score.category is not None:
        ours = measures.band_coding(score.category.code, score.category.label)
        return {"valueCodeableConcept": {"coding": [ours], "text": score.category.label}}
    if score.profile is not None:
        return {"valueString": score.profile}
    if measures.instrument.scoring.method == "subscales":
        return {}  # its subscales hold the values, or say why there are none
    return measures.absent(score.missing, declined)


def _band(
    measures: Measures,
    found: Band | None,
    status: str,
    bands: Collection[Band],
    part: str = "",
) -> Json:
    ranges = [
        {
            "low": quantity(one.lowest),
            "high": quantity(one.highest),
            "text": one.label,
        }
        for one in bands
    ]
    if found is None:
        return {"referenceRange": ranges}
    words = found.label if status == COMPLETE else f"{found.label}, from an estimated score"
    ours = measures.band_coding(f"{part}.{found.code}" if part else found.code, found.label)
    return {"interpretation": [{"coding": [ours], "text": words}], "referenceRange": ranges}


def _notes(measures: Measures) -> Iterator[str]:
    score = measures.score
    if score.status == PRORATED:
        yield f"estimated, {answered_in_words(score)}"
    elif score.status != COMPLETE:
        yield f"no score, {answered_in_words(score)}"
    yield from cautions(measures.instrument)
