"""In words: one result as a heading, what it comes to, and its answers; for documents.

The same words as the notes of a result message: what is missing or estimated is said, and nothing
is said that nobody answered.
"""

from decimal import Decimal

from imparts.rules.record.document_facts import SectionFacts
from imparts.rules.record.result_facts import ItemFacts, ResultFacts
from imparts.rules.record.score_facts import PartFacts

_BEGUN = {"prorated": "Estimated", "incomplete": "No score"}


def section_of(facts: ResultFacts) -> SectionFacts:
    """One response in words."""
    return SectionFacts(
        heading=facts.instrument.short_title,
        result=result_in_words(facts),
        lines=(
            *(_part(part) for part in facts.score.parts),
            *(f"{_asked(item)} {answer_in_words(item)}" for item in facts.items),
            *facts.notes,
        ),
    )


def result_in_words(facts: ResultFacts) -> str:
    """What the answers come to: "12 of 27. Moderate."; how far it may be trusted stands with it."""
    score = facts.score
    said = [_number(score.score, score.out_of), score.band_label or score.band, score.profile]
    if score.status != "complete" and not (facts.instrument.is_form or score.kind == "parts"):
        said.append(f"{_BEGUN[score.status]}, {score.answered} of {score.asked} answered")
        said.append(_bounds(score.lower, score.upper))
    return " ".join(f"{one}." for one in said if one)


def answer_in_words(item: ItemFacts) -> str:
    """One answer, with its number; or why there is none."""
    if not item.is_answered:
        return "chose not to answer" if item.declined else "not reached"
    if item.number is not None:
        return f"{_exact(item.number)} {item.unit}".strip()
    if item.value is None:
        return item.words
    number = str(item.value)
    return number if item.label in ("", number) else f"{item.label} ({number})"


def _asked(item: ItemFacts) -> str:
    words = item.text or item.id
    return words if words[-1:] in "?.:" else f"{words}:"


def _part(part: PartFacts) -> str:
    said = [_number(part.score, part.out_of), part.band_label or part.band]
    if part.status != "complete":
        said += [f"{_BEGUN[part.status]}, answers are missing", _bounds(part.lower, part.upper)]
    return f"{part.label}: " + " ".join(f"{one}." for one in said if one)


def _number(value: Decimal | None, out_of: Decimal | None) -> str:
    if value is None:
        return ""
    return _exact(value) if out_of is None else f"{_exact(value)} of {_exact(out_of)}"


def _bounds(lower: Decimal | None, upper: Decimal | None) -> str:
    if lower is None or upper is None:
        return ""
    return f"Could be {_exact(lower)} to {_exact(upper)}"


def _exact(value: Decimal) -> str:
    return format(value, "f")
