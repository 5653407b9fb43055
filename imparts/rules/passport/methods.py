"""Each scoring method told: in plain words, and as the lines of a formula."""

from collections.abc import Callable
from dataclasses import dataclass

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.scoring_definition import BestOf, ScoringRule
from imparts.rules.passport.formulas import added, averaged, rounding, span
from imparts.rules.passport.phrases import TIMES, counted, listed, named, number


@dataclass(frozen=True, slots=True)
class Told:
    """One scoring method: in words, and as lines of a formula."""

    words: str
    lines: tuple[str, ...] = ()


def told(instrument: Instrument) -> Told:
    """How this instrument is scored."""
    return IN_WORDS[instrument.scoring.method](instrument)


def _sum(instrument: Instrument) -> Told:
    rule = instrument.scoring
    many = counted(len(instrument.scored_items), "question")
    times = "" if rule.multiply_by == 1 else f", and the sum is multiplied by {_factor(rule)}"
    are = f"The answers to the {many} that count are added up"
    if len(instrument.scored_items) == 1:
        are = "The answer to the one question that counts is the total"
    words = f"{are}{times}. The total runs from {span(rule)}."
    total = added(instrument.scored_items)
    if rule.multiply_by != 1:
        total = f"({total}) {TIMES} {_factor(rule)}"
    rounded = rounding(rule.decimals, needed=rule.multiply_by != 1)
    return Told(words, (f"total = {total}{rounded}", f"range {span(rule)}"))


def _factor(rule: ScoringRule) -> str:
    return number(rule.multiply_by)


def _mean(instrument: Instrument) -> Told:
    rule = instrument.scoring
    words = (
        f"The score is the average of the {counted(len(instrument.scored_items), 'answer')} that "
        f"count. It runs from {span(rule)}."
    )
    line = f"score = {averaged(instrument.scored_items)}{rounding(rule.decimals, needed=True)}"
    return Told(words, (line, f"range {span(rule)}"))


def _category(instrument: Instrument) -> Told:
    item = instrument.scored_items[0].id
    words = f"The result is a word, not a number: it is chosen by the answer to {item}."
    return Told(words, (f"result = the word that belongs to the answer to {item}",))


def _subscales(instrument: Instrument) -> Told:
    parts = instrument.scoring.subscales
    if not parts:
        return Told("There is no total. The instrument has parts, each with a score of its own.")
    has = "part has a score of its own" if len(parts) == 1 else "parts have a score each"
    return Told(f"There is no total. {len(parts)} {has}: {listed([part.label for part in parts])}.")


def _profile(instrument: Instrument) -> Told:
    items = named([item.id for item in instrument.scored_items])
    words = (
        "There is no total. The result is a profile: the answers side by side, in the order of "
        "the questions."
    )
    return Told(words, (f"profile = the digits of {items}, side by side",))


def _best_of_category(instrument: Instrument) -> Told:
    rule = instrument.scoring
    words = (
        "The questions belong to categories. In each, the highest answer counts; where an aid or "
        "the help of another person is used for it, it counts 2 at least. The score is the "
        f"average of the categories, from {span(rule)}."
    )
    lines = [_group(group) for group in rule.groups]
    named_groups = f"the {len(rule.groups)} categories" if rule.groups else "the categories"
    average = f"score = average of {named_groups} that were answered"
    lines.append(f"{average}{rounding(rule.decimals, needed=True)}")
    if rule.groups_needed:
        lines.append(f"fewer than {rule.groups_needed} categories answered: no score")
    return Told(words, tuple(lines))


def _group(group: BestOf) -> str:
    aids = f"; {named(group.aids, 'or')} raises it to 2" if group.aids else ""
    return f"{group.label} ({group.name}) = highest of {', '.join(group.items)}{aids}"


def _table(instrument: Instrument) -> Told:
    rule = instrument.scoring
    words = (
        "The answers are added up to a raw sum, and a published table turns the raw sum into the "
        f"score that is reported. The raw sum runs from {span(rule)}."
    )
    lines = (f"raw = {added(instrument.scored_items)}", "score = what the table gives for raw")
    return Told(words, lines)


def _decision_table(instrument: Instrument) -> Told:
    return Told(
        "The result is a word, not a number. A decision table leads to it: the first row whose "
        "conditions all hold gives the result."
    )


def _licensor(instrument: Instrument) -> Told:
    rule = instrument.scoring
    ends = f" It runs from {span(rule)}." if rule.lowest is not None else ""
    return Told(
        "The score is worked out by a formula that belongs to the licensor and is not part of "
        f"imparts. Answers can be stored; no score is shown.{ends}"
    )


IN_WORDS: dict[str, Callable[[Instrument], Told]] = {
    "sum": _sum,
    "mean": _mean,
    "category": _category,
    "subscales": _subscales,
    "profile": _profile,
    "best_of_category": _best_of_category,
    "table": _table,
    "decision_table": _decision_table,
    "licensor": _licensor,
}
