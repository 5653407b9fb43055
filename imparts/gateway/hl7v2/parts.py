"""Parts: the OBX of an instrument's subscales, and of a profile.

A subscale has its number and its band, under codes of our own (hads.anxiety.total and
hads.anxiety.band), each with a status of its own: one may be final when the other is not. A profile
such as 11223 is text (ST), so that nobody adds or averages it.
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
    status_when,
)
from imparts.gateway.hl7v2.message import Given
from imparts.rules.record.result_facts import PartFacts, ResultFacts


def parts(facts: ResultFacts) -> Iterator[Draft]:
    """The number and the band of each subscale, in the order of the instrument's file."""
    for part in facts.score.parts:
        yield _number(facts, part)
        if part.band:
            yield _band(facts, part)


def profile(facts: ResultFacts) -> Draft:
    """The answers in a row, as text."""
    score, asked = facts.score, facts.instrument
    code = (f"{asked.id}.profile", f"{asked.short_title} profile", OUR_CODES)
    fields: dict[int, Given] = {3: code, 8: "A" if score.is_flagged else ""}
    if not score.profile:
        why = f"No profile, {score.answered} of {score.asked} answered."
        return {**fields, 11: CANNOT_BE_OBTAINED}, (why,)
    note = "One digit for each answer, in the order asked; not to be added up."
    return {**fields, 2: "ST", 5: score.profile, 11: status_of(facts)}, (note,)


def _number(facts: ResultFacts, part: PartFacts) -> Draft:
    ours = (f"{facts.instrument.id}.{part.name}.total", _words(facts, part), OUR_CODES)
    notes = tuple(_notes(part))
    fields: dict[int, Given] = {
        3: coded(ours, facts.mapping.of(facts.instrument.id).parts.get(part.name)),
        8: "A" if part.is_flagged else "",
        11: status_when(facts, part.status),
        **number(facts, part.score, part.status, notes),
    }
    return fields, notes


def _band(facts: ResultFacts, part: PartFacts) -> Draft:
    fields: dict[int, Given] = {
        2: "CWE",
        3: (f"{facts.instrument.id}.{part.name}.band", f"{_words(facts, part)} band", OUR_CODES),
        5: (part.band, part.band_label or part.band, OUR_CODES),
        11: status_when(facts, part.status),
    }
    return fields, ("From an estimated score.",) if part.status == "prorated" else ()


def _notes(part: PartFacts) -> Iterator[str]:
    if part.out_of is not None:
        yield f"Out of {exact(part.out_of)}."
    if part.status != "complete":
        begun = "Estimated" if part.status == "prorated" else "No score"
        yield f"{begun}, answers are missing{could_be(part.lower, part.upper)}."


def _words(facts: ResultFacts, part: PartFacts) -> str:
    return f"{facts.instrument.short_title}, {part.label}"
