"""Observations: the OBX segments of one result, each with the notes that belong to it.

A note stands right after its OBX. The choices made here are explained in result_message.py.
"""

from collections.abc import Iterator
from decimal import Decimal

from imparts.gateway.hl7v2.message import Composite, Given, Segment, segment
from imparts.rules.record.result_facts import ItemFacts, ResultFacts, ScoreFacts

OUR_CODES = "99IMPARTS"
CANNOT_BE_OBTAINED = "X"
_SCORE_UNITS = ("{score}", "score", "UCUM")


def status_of(facts: ResultFacts) -> str:
    """F, P or C for the whole message."""
    if facts.is_correction:
        return "C"
    return "F" if facts.score.status == "complete" else "P"


def observations(facts: ResultFacts) -> Iterator[Segment]:
    """Every OBX, numbered from 1, with its notes."""
    drafts = [*_total(facts), *_band(facts), *(_item(facts, item) for item in facts.items)]
    for number, (fields, notes) in enumerate(drafts, start=1):
        yield segment("OBX", {1: str(number), **fields})
        for place, words in enumerate(notes, start=1):
            yield segment("NTE", {1: str(place), 2: "L", 3: words})


_Draft = tuple[dict[int, Given], tuple[str, ...]]


def _is_category(score: ScoreFacts) -> bool:
    """A result in words and without a number, such as "smokes every day"."""
    return score.score is None and bool(score.band)


def _total(facts: ResultFacts) -> Iterator[_Draft]:
    score = facts.score
    if facts.instrument.is_form:  # its numbers are items, under its author's words
        return
    fields: dict[int, Given] = {
        3: _code_of_total(facts),
        8: "A" if score.is_flagged else "",
        11: status_of(facts),
    }
    if _is_category(score):
        fields |= {2: "CWE", 5: (score.band, score.band_label or score.band, OUR_CODES)}
    else:
        fields |= {2: "NM", 5: "" if score.score is None else _exact(score.score)}
        fields |= {6: _SCORE_UNITS}
    yield fields, tuple(_notes_on_total(facts))


def _code_of_total(facts: ResultFacts) -> Composite:
    asked = facts.instrument
    words = asked.short_title if _is_category(facts.score) else f"{asked.short_title} total"
    codes = [
        (asked.loinc_total, words, "LN"),
        (asked.snomed_total, words, "SCT"),
        (f"{asked.id}.total", words, OUR_CODES),
    ]
    known = [code for code in codes if code[0]]
    return tuple(part for code in known[:2] for part in code)


def _notes_on_total(facts: ResultFacts) -> Iterator[str]:
    score = facts.score
    if score.out_of is not None:
        yield f"Out of {_exact(score.out_of)}."
    if score.status == "complete":
        return
    begun = "Estimated" if score.status == "prorated" else "No total"
    could_be = ""
    if score.lower is not None and score.upper is not None:
        could_be = f", could be {_exact(score.lower)} to {_exact(score.upper)}"
    yield f"{begun}, {score.answered} of {score.asked} answered{could_be}."


def _band(facts: ResultFacts) -> Iterator[_Draft]:
    score = facts.score
    if score.band:
        yield (
            {
                2: "CWE",
                3: (
                    f"{facts.instrument.id}.band",
                    f"{facts.instrument.short_title} band",
                    OUR_CODES,
                ),
                5: (score.band, score.band_label or score.band, OUR_CODES),
                11: status_of(facts),
            },
            ("From an estimated total.",) if score.status == "prorated" else (),
        )


def _item(facts: ResultFacts, item: ItemFacts) -> _Draft:
    ours = (f"{facts.instrument.id}.{item.id}", item.text, OUR_CODES)
    code = (item.loinc, item.text, "LN", ours[0], "", OUR_CODES) if item.loinc else ours
    fields: dict[int, Given] = {3: code, 8: "A" if item.flagged else ""}
    if not item.is_answered:
        why = "The patient chose not to answer." if item.declined else "Not reached."
        return {**fields, 11: CANNOT_BE_OBTAINED}, (why,)
    if item.number is not None:
        units = {6: (item.unit, item.unit, OUR_CODES)} if item.unit else {}
        return {**fields, 2: "NM", 5: _exact(item.number), **units, 11: status_of(facts)}, ()
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


def _exact(value: Decimal) -> str:
    return format(value, "f")
