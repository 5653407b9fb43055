"""`imparts instruments list` and `show`: the library on a terminal, in words."""

from collections.abc import Iterator

from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.refused import ScoringRefused, check_can_be_scored

NO_WORDS = "structure, no wording"
METHODS = {
    "sum": "the sum of the answers",
    "mean": "the mean of the answers",
    "category": "one answer leads to a category",
    "subscales": "parts with a score of their own, no total",
    "profile": "the answers in a row, no total",
    "best_of_category": "the mean of the highest answer of each category",
    "table": "the sum of the answers, turned by a table",
    "decision_table": "a decision table leads to a category",
    "licensor": "the licensor's formula",
}

DIRECTIONS = {
    "higher_is_worse": "Higher is worse",
    "higher_is_better": "Higher is better",
    "no_direction": "No direction is said",
}


def line_of_list(instrument: Instrument) -> str:
    """One line of the list: what it is, what it measures, and whether its words are here."""
    words = "with wording" if instrument.has_wording else NO_WORDS
    return f"{instrument.id:<14}{instrument.short_title:<26}{words:<24}{instrument.measures}"


def lines_of(instrument: Instrument) -> Iterator[str]:
    """Everything about one instrument that a reviewer asks for first."""
    yield f"{instrument.title} ({instrument.id}, version {instrument.version})"
    yield f"Measures: {instrument.measures}. Checked by: {instrument.checked_by}."
    yield f"Rights: {instrument.rights.holder}: {instrument.rights.statement}"
    if instrument.rights.notice:
        yield f"Notice: {instrument.rights.notice}"
    yield from _questions(instrument)
    yield from _scoring(instrument)
    yield from _marks(instrument)


def _questions(instrument: Instrument) -> Iterator[str]:
    yield ""
    if instrument.stem:
        yield instrument.stem
    for item in instrument.items:
        yield f"{item.id}: {_asked(item)}{'' if item.scored else ' (not scored)'}"
        if item.free_text:
            yield "    in the patient's own words"
        for option in item.options if instrument.has_wording else ():
            yield f"    {option.value}  {option.label}"
        if not instrument.has_wording and item.options:
            yield f"    {_values(item)}"


def _asked(item: Item) -> str:
    words = item.text or item.topic or "(the words come with a licence)"
    return f"{words} (counts from the other end)" if item.reverse else words


def _values(item: Item) -> str:
    values = [option.value for option in item.options]
    if len(values) <= 11:
        return ", ".join(str(value) for value in values)
    return f"{values[0]} to {values[-1]}"


def _scoring(instrument: Instrument) -> Iterator[str]:
    rule = instrument.scoring
    yield ""
    yield f"Score: {METHODS[rule.method]}{_range(instrument)}. {DIRECTIONS[instrument.direction]}."
    if instrument.direction_note:
        yield f"Direction: {instrument.direction_note}"
    if rule.note:
        yield f"Note: {rule.note}"
    yield f"Missing answers: {rule.missing_rule}"
    yield from _results(instrument)
    try:
        check_can_be_scored(instrument)
    except ScoringRefused as refused:
        yield f"Not scored here: {refused}"


def _results(instrument: Instrument) -> Iterator[str]:
    for part in instrument.scoring.subscales:
        yield f"Part {part.name} ({part.label}): {part.method} of {', '.join(part.items)}"
        for band in part.bands:
            yield f"    {plain(band.lowest)} to {plain(band.highest)}: {band.label}"
    for band in instrument.bands:
        yield f"{plain(band.lowest)} to {plain(band.highest)}: {band.label}"
    for category in instrument.categories:
        yield f"{category.code}: {category.label}"
    for cut in instrument.cuts:
        where = f" of {cut.of}" if cut.of else ""
        yield f"Cut {cut.code}{where}: {plain(cut.value)} ({cut.status})"


def _range(instrument: Instrument) -> str:
    rule = instrument.scoring
    if rule.lowest is None or rule.highest is None:
        return ""
    times = f" times {plain(rule.multiply_by)}" if rule.multiply_by != 1 else ""
    return f"{times}, {plain(rule.lowest)} to {plain(rule.highest)}"


def _marks(instrument: Instrument) -> Iterator[str]:
    for one in instrument.harm_items:
        yield f"Asks about harm: {one.item} ({one.about}); alert from {one.positive_from} up"
    if instrument.harm_items_come_with_pack:
        yield "Asks about harm: its wording must say which question does"
    if instrument.unverified:
        yield ""
        yield "From general knowledge, not verified:"
        yield from (f"  {said}" for said in instrument.unverified)
