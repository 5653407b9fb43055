"""The paragraph to copy into a letter: plain text, every number with its scale and its words."""

from collections.abc import Sequence
from datetime import date

from imparts.design.dates import brief_day
from imparts.design.words import plain_number
from imparts.library.queries import gist_words
from imparts.pathways.alert_words import item_name
from imparts.rules.summary.gist import answers_said
from imparts.workspace.pages.numbers import Number, is_profile, numbers_of
from imparts.workspace.sitting_facts import Result, SittingFacts


def letter(facts: SittingFacts) -> str:
    """One sitting in sentences."""
    in_order = sorted(facts.results, key=lambda result: not result.instrument.leads_gist)
    told = [result for result in in_order if not _is_said_beside(result, facts.results)]
    said = [
        sentence for result in told if (sentence := _sentence(result, facts.results, facts.day))
    ]
    return " ".join(
        [
            f"{brief_day(facts.day)}:",
            *said,
            "These are screening results, not a diagnosis.",
        ]
    )


def _is_said_beside(result: Result, results: Sequence[Result]) -> bool:
    """Whether a measure is told by the words of its part: how much is smoked, not what HSI is."""
    more = {rule.by_instrument: rule.instrument for rule in gist_words().instead}
    asked = {other.instrument.id for other in results if other.answered}
    return result.status == "complete" and more.get(result.instrument.id, "") in asked


def _sentence(result: Result, results: Sequence[Result], on: date) -> str:
    instrument, numbers = result.instrument, numbers_of(result)
    if not numbers and not is_profile(result):
        return _in_words(result, results)
    short = instrument.short_title
    name = instrument.measures if short.startswith(instrument.measures) else short
    if is_profile(result):
        what = result.in_words or f"no profile ({result.answered} of {result.asked} answered)"
        said = [f"{name}: {what}", *(_part(number, on) for number in numbers)]
    elif instrument.scoring.gives_number:
        total, *parts = numbers
        said = [f"{name} {_number(total, on)}", *(_part(part, on) for part in parts)]
    else:
        said = [f"{name}: {_part(numbers[0], on)}", *(_part(part, on) for part in numbers[1:])]
    return f"{', '.join(said)}.{_items_with_alerts(result)}"


def _in_words(result: Result, results: Sequence[Result]) -> str:
    """What the answers say in the words of the file; a word that was worked out is said as such."""
    said = ", ".join(answers_said(result, results, gist_words()))
    if not said and result.instrument.scoring.method == "decision_table" and result.in_words:
        said = f"{result.instrument.short_title}: {result.in_words}"
    return f"{said}." if said else ""


def _part(number: Number, on: date) -> str:
    label = number.name
    return f"{label[:1].lower()}{label[1:]} {_number(number, on)}"


def _number(number: Number, on: date) -> str:
    if number.score is None:
        return f"not scored ({number.how_many})" if number.answered else number.how_many
    out_of = f"/{plain_number(number.out_of)}" if number.out_of is not None else ""
    scored = f"{plain_number(number.score)}{out_of}"
    inside = "; ".join(words for words in (_words(number), _before(number, on)) if words)
    return f"{scored} ({inside})" if inside else scored


def _words(number: Number) -> str:
    if number.status == "prorated" and number.could_be:
        return f"estimated, {number.could_be}"
    return number.in_words


def _before(number: Number, on: date) -> str:
    before, moved = number.before, number.moved
    if before is None or moved is None:
        return ""
    beyond = {True: "a rise beyond chance", False: "a fall beyond chance"}
    words = f", {beyond[moved.by > 0]}" if moved.is_reliable else ""
    if number.important:
        words = f", an {number.important}"
    when = f"{before.on:%B}" if before.on.year == on.year else f"{before.on:%B %Y}"
    return f"{plain_number(before.score)} in {when}{words}"


def _items_with_alerts(result: Result) -> str:
    """Item 9 is always said, in the words that were chosen."""
    flags = {flag.code: flag.item for flag in result.instrument.flags}
    items = {flags[rule.flag] for rule in result.instrument.alerts}
    said = [
        f" {item_name(answer.item.id)}: {answer.words.lower()}."
        for answer in result.answers
        if answer.item.id in items
    ]
    return "".join(said)
