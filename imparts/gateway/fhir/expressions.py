"""Expressions: every result of one instrument, each with the FHIRPath that works it out.

A result that needs what only a licensed wording brings (a table, a formula) has no expression
until it is there. An estimate from fewer answers is never worked out by an expression: it leaves as
an Observation, which can say how far it may be trusted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from imparts.gateway.fhir.adding import Added, Worth, added, rounded
from imparts.gateway.fhir.applies import Applying
from imparts.gateway.fhir.best import best_of_each
from imparts.gateway.fhir.paths import answers_to, first_that_holds, joined, quoted
from imparts.rules.instruments.definition import Band, Instrument, Item, SubscaleRule
from imparts.rules.instruments.scoring_definition import LookUp
from imparts.rules.scoring.totals import contribution

WHEN_COMPLETE = "Empty unless every question that applies has been answered."
TOTAL = "result.score"


@dataclass(frozen=True, slots=True)
class Result:
    """One result: the name and the words of its item, its type, and how it is worked out."""

    link_id: str
    text: str
    type: str  # integer, decimal or string
    fhirpath: str
    description: str


def link_id_of(name: str) -> str:
    """The item that holds the result of a subscale."""
    return f"result.{name}"


def results_of(instrument: Instrument, applying: Applying) -> tuple[Result, ...]:
    """Every result that can be worked out from a response alone."""
    found = [*_whole(instrument, applying)]
    for rule in instrument.scoring.subscales:
        found += _part(instrument, applying, rule)
    return tuple(found)


def _whole(instrument: Instrument, applying: Applying) -> Iterator[Result]:
    ways = {
        "sum": _number,
        "mean": _number,
        "best_of_category": _number,
        "table": _number,
        "category": _category,
        "decision_table": _decided,
        "profile": _profile,
    }
    make = ways.get(instrument.scoring.method)
    if make is not None and not instrument.scoring.needs:
        yield from make(instrument, applying)


def _number(instrument: Instrument, applying: Applying) -> Iterator[Result]:
    rule = instrument.scoring
    name = instrument.short_title
    if rule.method == "best_of_category":
        parts, method = best_of_each(instrument, applying), "mean"
    else:
        parts, method = added(applying, instrument.scored_items, contribution), rule.method
    table = rule.table("score") if rule.method == "table" else None
    times = Fraction(rule.multiply_by)
    fhirpath = _worked_out(parts, method, times, rule.decimals, table)
    words = f"{_IN_WORDS[rule.method]} {WHEN_COMPLETE}"
    kind = "integer" if rule.decimals == 0 else "decimal"
    yield Result(TOTAL, f"{name} score{_range(rule.lowest, rule.highest)}", kind, fhirpath, words)
    yield from _band(TOTAL, name, instrument.bands)


_IN_WORDS = {
    "sum": "The sum of what the answers count.",
    "mean": "The mean of what the answers count, halves rounded up.",
    "best_of_category": "The mean over the categories of the highest answer in each.",
    "table": "The sum of what the answers count, turned by the published table.",
}


def _worked_out(
    parts: Added, method: str, times: Fraction, decimals: int, table: LookUp | None
) -> str:
    if table is not None:
        cases = [(f"$this = {raw}", format(result, "f")) for raw, result in table.pairs]
        return f"{parts.when_complete(parts.amount)}.select({first_that_holds(cases)})"
    over = parts.asked if method == "mean" else "1"
    return parts.when_complete(rounded(parts.amount, times=times, over=over, decimals=decimals))


def _range(lowest: Decimal | None, highest: Decimal | None) -> str:
    if lowest is None or highest is None:
        return ""
    return f", {format(lowest, 'f')} to {format(highest, 'f')}"


def _band(link_id: str, name: str, bands: Sequence[Band]) -> Iterator[Result]:
    if not bands:
        return
    cases = [
        (
            f"$this >= {format(band.lowest, 'f')} and $this <= {format(band.highest, 'f')}",
            quoted(band.code),
        )
        for band in bands
    ]
    fhirpath = f"{answers_to([link_id])}.select({first_that_holds(cases)})"
    words = "The code of the band that the score falls in. Empty without a score."
    yield Result(f"{link_id}.band", f"{name} band", "string", fhirpath, words)


def _part(instrument: Instrument, applying: Applying, rule: SubscaleRule) -> Iterator[Result]:
    table = instrument.scoring.table(rule.table) if rule.table else None
    if rule.table and table is None:
        return
    items = [instrument.by_id[name] for name in rule.items]
    parts = added(applying, items, _worth_in(rule))
    fhirpath = _worked_out(parts, rule.method, Fraction(1), rule.decimals, table)
    kind = "integer" if rule.decimals == 0 else "decimal"
    name = f"{instrument.short_title}, {rule.label}"
    words = f"{_IN_WORDS['table' if table else rule.method]} {WHEN_COMPLETE}"
    yield Result(link_id_of(rule.name), f"{name}: score", kind, fhirpath, words)
    yield from _band(link_id_of(rule.name), name, rule.bands)


def _worth_in(rule: SubscaleRule) -> Worth:
    recoded = dict(rule.recoded)

    def worth(item: Item, value: int) -> int:
        return recoded[value] if value in recoded else contribution(item, value)

    return worth


def _category(instrument: Instrument, applying: Applying) -> Iterator[Result]:
    item = instrument.scored_items[0]
    choices = applying.choices[item.id]
    same = (lambda code: f"$this = {code}") if choices.is_number else _same_code
    known = {category.code for category in instrument.categories}
    cases = [
        (same(choices.code(option)), quoted(option.category))
        for option in item.options
        if option.category in known and option.category
    ]
    fhirpath = f"{answers_to([item.id])}.select({first_that_holds(cases)})"
    words = f"The code of the category that the answer to {item.id} leads to."
    yield Result("result.category", f"{instrument.short_title} result", "string", fhirpath, words)


def _same_code(code: str) -> str:
    return f"code = {quoted(code)}"


def _decided(instrument: Instrument, applying: Applying) -> Iterator[Result]:
    cases = [
        (
            joined([applying.holds(one) for one in decision.when] or ["true"], "and"),
            quoted(decision.category),
        )
        for decision in instrument.scoring.decisions
    ]
    if not cases:
        return
    parts = added(applying, instrument.scored_items, contribution)
    fhirpath = parts.when_complete(first_that_holds(cases))
    words = f"The code of the category by the decision table. {WHEN_COMPLETE}"
    yield Result("result.category", f"{instrument.short_title} result", "string", fhirpath, words)


def _profile(instrument: Instrument, applying: Applying) -> Iterator[Result]:
    digits = [_digit(applying, item) for item in instrument.scored_items]
    parts = added(applying, instrument.scored_items, contribution)
    words = f"The answers in order as one text. {WHEN_COMPLETE}"
    yield Result(
        "result.profile",
        f"{instrument.short_title} profile",
        "string",
        parts.when_complete(joined(digits, "&")),
        words,
    )


def _digit(applying: Applying, item: Item) -> str:
    choices = applying.choices[item.id]
    given = answers_to([item.id])
    if choices.is_number:
        return f"{given}.toString()"
    cases = [
        (f"code = {quoted(choices.code(option))}", quoted(str(option.value)))
        for option in item.options
    ]
    return f"{given}.select({first_that_holds(cases)})"
