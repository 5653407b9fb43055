"""Drafts: the fields of one OBX and the notes that follow it, before they are numbered.

A result that was another person's is sent again with every OBX at status W, "post original as
wrong, e.g., transmitted for wrong patient" (HL7 table 0085), and without any value: a record that
overlooks OBX-11 then files nothing. D ("deletes the OBX record") would ask the record to forget
what somebody may have acted on.
"""

from decimal import Decimal

from imparts.gateway.hl7v2.message import Composite, Given
from imparts.rules.record.mapping import IN_WORDS, Code
from imparts.rules.record.result_facts import ResultFacts

Draft = tuple[dict[int, Given], tuple[str, ...]]

OUR_CODES = "99IMPARTS"
CANNOT_BE_OBTAINED = "X"
WRONG = "W"
WRONG_PERSON = "Filed to the wrong person: these were not this patient's answers."
SCORE_UNITS = ("{score}", "score", "UCUM")


def status_of(facts: ResultFacts) -> str:
    """F, P or C for the whole message."""
    return status_when(facts, facts.score.status)


def status_when(facts: ResultFacts, status: str) -> str:
    """F, P or C for what is complete, estimated or incomplete: nothing but complete is final."""
    if facts.is_withdrawn:
        return WRONG
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


def coded(ours: tuple[str, str, str], mapped: Code | None, *published: Composite) -> Composite:
    """A code and one alternative, the destination's own first, ours last.

    `published` are codes of terminologies, of which those without a code are passed over.
    """
    first = (mapped.code, mapped.text or ours[1], mapped.system) if mapped else ("", "", "")
    known = [code for code in (first, *published, ours) if code[0]]
    return tuple(part for code in (known[:2] if len(known) > 1 else known) for part in code)


def number(
    facts: ResultFacts, value: Decimal | None, status: str, words: tuple[str, ...]
) -> dict[int, Given]:
    """A number with its unit; of what is not complete its words alone, where a record wants it so.

    `words` are its notes: "Estimated, 7 of 9 answered, could be 7 to 13."
    """
    if status == "complete" or facts.mapping.preliminary != IN_WORDS:
        return {2: "NM", 5: "" if value is None else exact(value), 6: SCORE_UNITS}
    said = [*([] if value is None else [f"{exact(value)}."]), *words]
    return {2: "ST", 5: " ".join(said)}


def without_value(draft: Draft) -> Draft:
    """The same observation as wrong: what it was stays, what it said is gone."""
    fields, _ = draft
    kept = {place: value for place, value in fields.items() if place == 3}
    return {**kept, 11: WRONG}, (WRONG_PERSON,)
