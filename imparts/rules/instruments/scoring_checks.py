"""Whether the scoring of an instrument makes sense: its range, bands, parts, tables and rows."""

from decimal import Decimal
from itertools import pairwise
from math import prod

from imparts.rules.content import ContentRefused, Place
from imparts.rules.instruments.definition import Band, Instrument, Item
from imparts.rules.instruments.named_items import refusal, refuse_unknown
from imparts.rules.instruments.scoring_definition import LookUp, SubscaleRule

# Bounds try every answer to the open questions on which others depend; so many ways at most.
MOST_WAYS = 10_000
SCORE_TABLE = "score"  # the table of an instrument that is scored by one


def check_scoring(instrument: Instrument) -> None:
    """Refuse a way of scoring that contradicts itself or lacks a part."""
    _check_ways(instrument)
    _check_groups(instrument)
    _check_parts(instrument)
    _check_range(instrument)
    _check_bands(instrument)
    _check_categories(instrument)
    _check_decisions(instrument)
    _check_profile(instrument)
    _check_needs(instrument)


def check_bands(name: str, bands: tuple[Band, ...], decimals: int) -> None:
    """Refuse bands that overlap, or that leave out a score that can happen."""
    step = Decimal(1).scaleb(-decimals)
    for number, band in enumerate(bands, start=1):
        if band.lowest > band.highest:
            raise ContentRefused(
                f"{name}: band {band.code} ends before it begins", at=("bands", number)
            )
    for number, (below, above) in enumerate(pairwise(bands), start=2):
        if above.lowest <= below.highest:
            raise ContentRefused(
                f"{name}: bands {below.code} and {above.code} overlap", at=("bands", number)
            )
        first_above = (below.highest // step + 1) * step
        if first_above < above.lowest:
            raise ContentRefused(
                f"{name}: no band holds a score of {first_above}, "
                f"between {below.code} and {above.code}",
                at=("bands", number),
            )


def _check_ways(instrument: Instrument) -> None:
    names = {name for skip in instrument.scoring.skips for name in skip.when_items}
    for item in instrument.scored_items:
        names.update(item.show_if.items if item.show_if else ())
    ways = prod(max(1, len(instrument.by_id[name].options)) for name in names)
    if ways > MOST_WAYS:
        raise refusal(
            instrument, f"too much depends on other answers: there are {ways} ways to answer them"
        )


def _check_range(instrument: Instrument) -> None:
    rule = instrument.scoring
    if rule.method == "best_of_category" and not rule.groups:
        return
    if not rule.gives_number:
        return
    lowest, highest = _range_of(instrument)
    if (lowest, highest) != (rule.lowest, rule.highest):
        raise refusal(
            instrument,
            f"scores run from {_plain(lowest)} to {_plain(highest)}, "
            f"not from {rule.lowest} to {rule.highest}",
            ("scoring", "highest" if lowest == rule.lowest else "lowest"),
        )


def _range_of(instrument: Instrument) -> tuple[Decimal, Decimal]:
    rule, items = instrument.scoring, instrument.scored_items
    if rule.method == "best_of_category":
        return _mean_of_best(instrument)
    lowest = Decimal(sum(item.lowest for item in items)) * rule.multiply_by
    highest = Decimal(sum(item.highest for item in items)) * rule.multiply_by
    return (
        (lowest, highest) if rule.method != "mean" else (lowest / len(items), highest / len(items))
    )


def _mean_of_best(instrument: Instrument) -> tuple[Decimal, Decimal]:
    groups = [[instrument.by_id[name] for name in one.items] for one in instrument.scoring.groups]
    lowest = sum(max(item.lowest for item in items) for items in groups)
    highest = sum(max(item.highest for item in items) for items in groups)
    return Decimal(lowest) / len(groups), Decimal(highest) / len(groups)


def _check_bands(instrument: Instrument) -> None:
    rule = instrument.scoring
    for subscale in rule.subscales:
        if subscale.bands:
            check_bands(instrument.id, subscale.bands, subscale.decimals)
    if not instrument.bands:
        return
    if rule.method in ("category", "profile", "subscales", "decision_table"):
        raise refusal(instrument, "there are bands, but no total score", ("bands", 1))
    check_bands(instrument.id, instrument.bands, rule.decimals)
    if rule.method == "table":
        return
    if (instrument.bands[0].lowest, instrument.bands[-1].highest) != (rule.lowest, rule.highest):
        raise refusal(
            instrument,
            f"the bands do not run from {rule.lowest} to {rule.highest}",
            ("bands", len(instrument.bands)),
        )


def _check_categories(instrument: Instrument) -> None:
    if instrument.scoring.method != "category":
        return
    known = {category.code for category in instrument.categories}
    for option in instrument.scored_items[0].options:
        if option.category not in known:
            raise refusal(instrument, f"the answer {option.label!r} leads to no category")


def _check_decisions(instrument: Instrument) -> None:
    rule, known = instrument.scoring, {category.code for category in instrument.categories}
    if rule.method != "decision_table" or rule.needs:
        return
    if not rule.decisions or rule.decisions[-1].when:
        raise refusal(instrument, "the last row of a decision table must hold whatever is answered")
    for number, row in enumerate(rule.decisions, start=1):
        at = ("scoring", "decisions", number)
        if row.category not in known:
            raise refusal(instrument, f"a row leads to {row.category}, which is no category", at)
        for condition in row.when:
            refuse_unknown(instrument, condition.items, at)


def _check_groups(instrument: Instrument) -> None:
    rule = instrument.scoring
    if rule.method != "best_of_category" or rule.needs:
        return
    if not 1 <= rule.groups_needed <= len(rule.groups):
        raise refusal(
            instrument,
            f"{rule.groups_needed} of {len(rule.groups)} categories cannot be needed",
            ("scoring", "groups_needed"),
        )
    named: list[str] = []
    for number, group in enumerate(rule.groups, start=1):
        at = ("scoring", "groups", number)
        names = (*group.items, *group.aids)
        refuse_unknown(instrument, names, at)
        if not all(instrument.by_id[name].scored for name in names):
            raise refusal(
                instrument, f"the category {group.name} has an item that is not scored", at
            )
        named += names
    for name in (item.id for item in instrument.scored_items):
        if name not in named:
            raise refusal(instrument, f"{name} is scored, but stands in no category")


def _check_parts(instrument: Instrument) -> None:
    rule = instrument.scoring
    for number, subscale in enumerate(rule.subscales, start=1):
        at = ("scoring", "subscales", number)
        refuse_unknown(instrument, subscale.items, at)
        items = [instrument.by_id[name] for name in subscale.items]
        if subscale.recoded:
            _check_recoded(instrument, subscale, items, at)
        if subscale.table:
            _check_table(instrument, subscale.table, items, at, subscale.decimals)
    if rule.method == "table" and not rule.needs:
        at = ("scoring", "tables", 1)
        _check_table(instrument, SCORE_TABLE, list(instrument.scored_items), at, rule.decimals)


def _check_recoded(
    instrument: Instrument, subscale: SubscaleRule, items: list[Item], at: Place
) -> None:
    known = dict(subscale.recoded)
    for item in items:
        for option in item.options:
            if option.value not in known:
                raise refusal(
                    instrument, f"{subscale.name} does not say what {option.value} counts", at
                )


def _check_table(
    instrument: Instrument, name: str, items: list[Item], at: Place, decimals: int
) -> None:
    """A table must hold every raw score, and never fall: then its ends bound what is between."""
    table = instrument.scoring.table(name)
    if table is None:
        raise refusal(instrument, f"there is no table called {name}", at)
    lowest, highest = sum(item.lowest for item in items), sum(item.highest for item in items)
    held = [raw for raw, _ in table.pairs]
    if held != list(range(lowest, highest + 1)):
        raise refusal(
            instrument, f"the table {name} must hold each score from {lowest} to {highest} once", at
        )
    if instrument.scoring.skips or any(item.show_if for item in items):
        raise refusal(instrument, "a table cannot follow answers that do not always apply", at)
    if any(result != round(result, decimals) for _, result in table.pairs):
        raise refusal(instrument, f"the table {name} has results finer than decimals says", at)
    if not (_is_rising(table) or _is_falling(table)):
        raise refusal(instrument, f"the table {name} rises and falls", at)


def _is_rising(table: LookUp) -> bool:
    return all(low <= high for (_, low), (_, high) in pairwise(table.pairs))


def _is_falling(table: LookUp) -> bool:
    return all(low >= high for (_, low), (_, high) in pairwise(table.pairs))


def _check_profile(instrument: Instrument) -> None:
    if instrument.scoring.method != "profile":
        return
    for item in instrument.scored_items:
        if item.lowest < 0 or item.highest > 9:
            raise refusal(instrument, f"{item.id} is not one digit, so it cannot be in a profile")


def _check_needs(instrument: Instrument) -> None:
    rule = instrument.scoring
    if rule.missing_counts_as_zero and rule.method != "sum":
        raise refusal(
            instrument, "only in a sum can a missing answer count 0", ("scoring", "missing")
        )
    at = ("scoring", "needs")
    if rule.needs and instrument.has_wording:
        raise refusal(instrument, f"it cannot be asked while its {rule.needs} is missing", at)
    if rule.method == "licensor" and rule.needs != "formula":
        raise refusal(instrument, 'a licensor\'s method needs a formula: needs = "formula"', at)
    if rule.method == "subscales" and not rule.subscales and not rule.needs:
        raise refusal(instrument, "there are no subscales", at)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
