"""The paragraph to copy into a letter: plain text, every number with its scale and its words."""

from imparts.design.dates import short_day
from imparts.design.words import plain_number
from imparts.pathways.alert_words import item_name
from imparts.rules.scoring.change import change
from imparts.workspace.sitting_facts import Result, SittingFacts


def letter(facts: SittingFacts) -> str:
    """One sitting in sentences."""
    in_order = sorted(facts.results, key=lambda result: not result.instrument.leads_gist)
    said = [sentence for result in in_order if (sentence := _sentence(result))]
    return " ".join(
        [
            f"{short_day(facts.day)} {facts.day.year}:",
            *said,
            "These are screening results, not a diagnosis.",
        ]
    )


def _sentence(result: Result) -> str:
    if result.instrument.direction == "no_direction":
        options = [a.item.option(a.value) for a in result.answers if a.value is not None]
        said = ", ".join(o.said for o in options if o and o.said)
        return f"{said}." if said else ""
    short = result.instrument.short_title
    name = result.instrument.measures if short.startswith(result.instrument.measures) else short
    if result.score is None or result.out_of is None:
        how_many = f"{result.answered} of {result.asked} answered"
        return f"{name} not scored ({how_many}).{_items_with_alerts(result)}"
    number = f"{plain_number(result.score)}/{plain_number(result.out_of)}"
    inside = "; ".join(part for part in (_words(result), _before(result)) if part)
    bracket = f" ({inside})" if inside else ""
    return f"{name} {number}{bracket}.{_items_with_alerts(result)}"


def _words(result: Result) -> str:
    if result.is_estimate and result.lower is not None and result.upper is not None:
        return f"estimated, could be {plain_number(result.lower)} to {plain_number(result.upper)}"
    return result.in_words


def _before(result: Result) -> str:
    before = result.before
    if before is None or result.is_estimate or result.score is None:
        return ""
    moved = change(
        result.score,
        before.score,
        result.instrument.words_from,
        direction=result.instrument.direction,
    )
    beyond = {True: "a rise beyond chance", False: "a fall beyond chance"}
    words = f", {beyond[moved.by > 0]}" if moved.is_reliable else ""
    return f"{plain_number(before.score)} in {before.on:%B %Y}{words}"


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
