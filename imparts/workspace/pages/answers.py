"""Every answer with its item's full text, and how each result was worked out."""

from collections.abc import Sequence
from dataclasses import dataclass

from imparts.design.words import counted, plain_number
from imparts.workspace.sitting_facts import AnswerShown, FormShown, Result

FORMULAS = {
    "sum": "The sum of {answers}.",
    "mean": "The mean of {answers}.",
    "table": "The sum of {answers}, turned by a published table.",
    "best_of_category": "The mean of the highest answer of each category, from {answers}.",
    "subscales": "Parts with a score of their own, from {answers}; no total.",
    "profile": "The answers in a row, no number.",
    "decision_table": "A decision table leads from {answers} to a word, no number.",
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question as it was asked, and what was answered."""

    text: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """One instrument's answers."""

    title: str
    stem: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class HowScored:
    """How one result was worked out, by which version, checked by whom."""

    title: str
    words: tuple[str, ...]


def answer_groups(results: Sequence[Result]) -> tuple[AnswerGroup, ...]:
    """The answers of a sitting in the order asked."""
    return tuple(_group(result) for result in results)


def number_of_answers(
    results: Sequence[Result], forms: Sequence[FormShown] = (), *, is_sent: bool = True
) -> str:
    """ "All 25 answers", for the fold; before they are sent there may be more to come."""
    if not is_sent:
        return "Answers so far"
    number = sum(len(each.answers) for each in (*results, *forms))
    return f"All {counted(number, 'answer')}"


def _group(result: Result) -> AnswerGroup:
    instrument = result.instrument
    score = f" ({plain_number(result.score)})" if result.score is not None else ""
    short = instrument.short_title
    name = short if short.startswith(instrument.measures) else f"{instrument.measures}, {short}"
    return AnswerGroup(
        title=f"{name}{score}",
        stem=instrument.stem,
        lines=tuple(_line(n, answer) for n, answer in enumerate(result.answers, start=1)),
    )


def _line(number: int, answer: AnswerShown) -> AnswerLine:
    is_counted = answer.item.scored and answer.value is not None
    return AnswerLine(
        text=f"{number} {answer.item.text}",
        words=answer.words,
        value=str(answer.value) if is_counted and not _is_number(answer.words) else "",
    )


def _is_number(words: str) -> bool:
    return words.split(" ")[0].isdigit()


def how_scored(results: Sequence[Result]) -> tuple[HowScored, ...]:
    """The formula, the version, the bounds and the source of each result."""
    return tuple(_how(result) for result in results)


def notices(results: Sequence[Result]) -> tuple[str, ...]:
    """Whose wording it is and by whose leave, each said once."""
    said = (result.instrument.rights.notice for result in results)
    return tuple(dict.fromkeys(notice for notice in said if notice))


def _how(result: Result) -> HowScored:
    instrument = result.instrument
    words = [
        f"Version {instrument.version}, {result.checked or instrument.checked_by}.",
        _formula(result),
    ]
    if result.status == "prorated" and result.lower is not None and result.upper is not None:
        lowest, highest = plain_number(result.lower), plain_number(result.upper)
        words.append(
            f"Estimated from {result.answered} of {result.asked}: could be {lowest} to {highest}."
        )
    return HowScored(instrument.title, tuple(words))


def _formula(result: Result) -> str:
    counted_items = counted(result.answered, "answer")
    words = FORMULAS.get(result.instrument.scoring.method, "The answer itself, no number.")
    return words.format(answers=counted_items)
