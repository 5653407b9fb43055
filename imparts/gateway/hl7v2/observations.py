"""Observations: the OBX segments of one result, each with the notes that belong to it.

A note stands right after its OBX. The choices made here are explained in result_message.py.
"""

from collections.abc import Iterator

from imparts.gateway.hl7v2.drafts import (
    CANNOT_BE_OBTAINED,
    OUR_CODES,
    Draft,
    coded,
    could_be,
    exact,
    number,
    status_of,
    without_value,
)
from imparts.gateway.hl7v2.message import Composite, Given, Segment, segment
from imparts.gateway.hl7v2.parts import parts, profile
from imparts.rules.record.result_facts import ItemFacts, ResultFacts, ScoreFacts


def observations(facts: ResultFacts) -> Iterator[Segment]:
    """Every OBX, numbered from 1, with its notes."""
    items = (_item(facts, item) for item in facts.items)
    drafts = [*_whole(facts), *_band(facts), *parts(facts), *items]
    if facts.is_withdrawn:
        drafts = [without_value(draft) for draft in drafts]
    for place_in_message, (fields, notes) in enumerate(drafts, start=1):
        yield segment("OBX", {1: str(place_in_message), **fields})
        for place, words in enumerate(notes, start=1):
            yield segment("NTE", {1: str(place), 2: "L", 3: words})


def _is_category(score: ScoreFacts) -> bool:
    """A result in words and without a number, such as "smokes every day"."""
    return score.score is None and bool(score.band)


def _whole(facts: ResultFacts) -> Iterator[Draft]:
    """The total, or the profile; parts without a total and the numbers of a form have neither."""
    if facts.score.kind == "profile":
        yield profile(facts)
    elif facts.score.kind != "parts" and not facts.instrument.is_form:
        yield _total(facts)


def _total(facts: ResultFacts) -> Draft:
    score = facts.score
    fields: dict[int, Given] = {
        3: _code_of_total(facts),
        8: "A" if score.is_flagged else "",
        11: status_of(facts),
    }
    notes = tuple(_notes_on_total(facts))
    if _is_category(score):
        fields |= {2: "CWE", 5: _coded_band(facts)}
    else:
        fields |= number(facts, score.score, score.status, notes)
    return fields, notes


def _code_of_total(facts: ResultFacts) -> Composite:
    asked = facts.instrument
    words = asked.short_title if _is_category(facts.score) else f"{asked.short_title} total"
    return coded(
        (f"{asked.id}.total", words, OUR_CODES),
        facts.mapping.of(asked.id).total,
        (asked.loinc_total, words, "LN"),
        (asked.snomed_total, words, "SCT"),
    )


def _notes_on_total(facts: ResultFacts) -> Iterator[str]:
    score = facts.score
    if score.out_of is not None:
        yield f"Out of {exact(score.out_of)}."
    if score.status == "complete":
        return
    begun = "Estimated" if score.status == "prorated" else "No total"
    answered = f"{score.answered} of {score.asked} answered"
    yield f"{begun}, {answered}{could_be(score.lower, score.upper)}."


def _coded_band(facts: ResultFacts) -> Composite:
    score = facts.score
    mapped = facts.mapping.of(facts.instrument.id).bands.get(score.band)
    return coded((score.band, score.band_label or score.band, OUR_CODES), mapped)


def _band(facts: ResultFacts) -> Iterator[Draft]:
    score, asked = facts.score, facts.instrument
    if score.band:
        ours = (f"{asked.id}.band", f"{asked.short_title} band", OUR_CODES)
        yield (
            {
                2: "CWE",
                3: coded(ours, facts.mapping.of(asked.id).band),
                5: _coded_band(facts),
                11: status_of(facts),
            },
            ("From an estimated total.",) if score.status == "prorated" else (),
        )


def _item(facts: ResultFacts, item: ItemFacts) -> Draft:
    ours = (f"{facts.instrument.id}.{item.id}", item.text, OUR_CODES)
    mapped = facts.mapping.of(facts.instrument.id).items.get(item.id)
    code: Composite = ours
    if mapped:
        code = coded(ours, mapped)
    elif item.loinc:
        code = (item.loinc, item.text, "LN", ours[0], "", OUR_CODES)
    fields: dict[int, Given] = {3: code, 8: "A" if item.flagged else ""}
    if not item.is_answered:
        why = "The patient chose not to answer." if item.declined else "Not reached."
        return {**fields, 11: CANNOT_BE_OBTAINED}, (why,)
    if item.number is not None:
        units = {6: (item.unit, item.unit, OUR_CODES)} if item.unit else {}
        return {**fields, 2: "NM", 5: exact(item.number), **units, 11: status_of(facts)}, ()
    kind, value = _answer(item)
    return {**fields, 2: kind, 5: value, 11: status_of(facts)}, ()


def _answer(item: ItemFacts) -> tuple[str, Given]:
    if item.value is None:
        return "TX", item.words
    number = str(item.value)
    if item.label in ("", number):
        return "NM", number
    ours = (number, item.label, OUR_CODES)
    return "CWE", (item.answer_code, item.label, "LN", *ours) if item.answer_code else ours
