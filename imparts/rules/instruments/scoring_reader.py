"""Reading how an instrument is scored: its method, skip rules, subscales, tables and bands."""

from decimal import Decimal
from typing import Any

from imparts.rules.content import Table, one_of
from imparts.rules.instruments.conditions import read_condition
from imparts.rules.instruments.item_reader import read_value
from imparts.rules.instruments.scoring_definition import (
    Band,
    BestOf,
    Decision,
    LookUp,
    ScoringRule,
    SkipRule,
    SubscaleRule,
)

METHODS = (
    "sum",
    "mean",
    "category",
    "subscales",
    "profile",
    "best_of_category",
    "table",
    "decision_table",
    "licensor",
)
NEEDS = ("", "table", "formula", "subscales", "categories", "decision_table", "reversed_items")
MOST_DECIMALS = 6


def read_scoring(table: Table, *, scored: int) -> ScoringRule:
    """The table [scoring] of a file; scored is the number of items that count."""
    scoring = table.table("scoring")
    rule = ScoringRule(
        method=one_of(scoring, "method", METHODS),
        lowest=scoring.number_or("lowest"),
        highest=scoring.number_or("highest"),
        decimals=_decimals(scoring),
        skips=tuple(_read_skip(one) for one in scoring.tables("skips")),
        subscales=tuple(read_subscale(one) for one in scoring.tables("subscales")),
        note=scoring.words_or("note"),
        multiply_by=_multiplier(scoring),
        groups=tuple(read_group(one) for one in scoring.tables("groups")),
        groups_needed=scoring.whole_or("groups_needed", 0) or 0,
        tables=tuple(_read_table(one) for one in scoring.tables("tables")),
        decisions=tuple(read_decision(one) for one in scoring.tables("decisions")),
        needs=one_of(scoring, "needs", NEEDS, ""),
        **_read_missing(scoring.table("missing"), scored),
    )
    scoring.end()
    if rule.gives_number and (rule.lowest is None or rule.highest is None):
        raise scoring.refuse("say the lowest and the highest score")
    return rule


def read_bands(table: Table) -> tuple[Band, ...]:
    """The bands of a table, in the order of the file."""
    return tuple(_read_band(one) for one in table.tables("bands"))


def _read_missing(missing: Table, scored: int) -> dict[str, Any]:
    """The rule about missing answers; "at least 7 answered" is "6 may be missing" of 13."""
    least = missing.whole_or("least_answered")
    if least is not None and not 1 <= least <= scored:
        raise missing.refuse(f"least_answered is {least}, of {scored} that count", "least_answered")
    may_be = missing.whole("may_be_missing") if least is None else scored - least
    as_zero = missing.whole_or("counts_as_zero", 0) or 0
    if may_be < 0 or as_zero < 0:
        raise missing.refuse("a number of answers cannot be below 0")
    found = {
        "least_answered": least,
        "may_be_missing": may_be,
        "missing_counts_as_zero": as_zero,
        "missing_rule": missing.words("rule"),
        "missing_status": missing.words_or("status"),
    }
    missing.end()
    return found


def _decimals(table: Table) -> int:
    decimals = table.whole_or("decimals", 0) or 0
    if not 0 <= decimals <= MOST_DECIMALS:
        raise table.refuse(
            f"decimals is {decimals}; it must be from 0 to {MOST_DECIMALS}", "decimals"
        )
    return decimals


def _multiplier(scoring: Table) -> Decimal:
    factor = scoring.number_or("multiply_by")
    if factor is not None and factor <= 0:
        raise scoring.refuse("multiply_by must be above 0", "multiply_by")
    return Decimal(1) if factor is None else factor


def _read_band(one: Table) -> Band:
    label = one.words("label")
    in_words = one.words_or("in_words", label.lower())
    band = Band(
        code=one.words("code"),
        label=label,
        lowest=one.number("lowest"),
        highest=one.number("highest"),
        in_words=in_words,
        short=one.words_or("short", in_words),
    )
    one.end()
    return band


def _read_skip(one: Table) -> SkipRule:
    rule = one_of(one, "rule", ("if_true", "if_zero", "if_sum_zero"))
    if rule == "if_true":
        made = SkipRule(rule, one.names("skips"), when_context=one.words("when_context"))
    else:
        made = SkipRule(rule, one.names("skips"), when_items=one.names("when_items"))
    one.end()
    return made


def read_subscale(one: Table) -> SubscaleRule:
    """One part with a score of its own."""
    subscale = SubscaleRule(
        name=one.words("name"),
        label=one.words("label"),
        items=one.names("items"),
        method=one_of(one, "method", ("sum", "mean"), "sum"),
        may_be_missing=one.whole_or("may_be_missing", 0) or 0,
        bands=read_bands(one),
        decimals=_decimals(one),
        table=one.words_or("table"),
        recoded=_read_recoded(one),
        direction=one.words_or("direction"),
    )
    if not subscale.items:
        raise one.refuse("a subscale without items has no score", "items")
    one.end()
    return subscale


def _read_recoded(one: Table) -> tuple[tuple[int, int], ...]:
    """What each answer counts here: recoded = { 0 = 0, 1 = 0, 2 = 1, 3 = 1 }."""
    recoded = one.table_or("recoded")
    if recoded is None:
        return ()
    return tuple(
        sorted((read_value(recoded, key), recoded.whole(key)) for key in recoded.names_left())
    )


def read_group(one: Table) -> BestOf:
    """One category, of which the highest answer counts."""
    group = BestOf(
        name=one.words("name"),
        label=one.words("label"),
        items=one.names("items"),
        aids=one.names_or("aids"),
    )
    if not group.items:
        raise one.refuse("a category without items has no score", "items")
    one.end()
    return group


def _read_table(one: Table) -> LookUp:
    """A look-up table: pairs = [[7, 7.00], [8, 9.51]], the raw score and what it becomes."""
    name, pairs = one.words("name"), one.take("pairs", list, "a list of pairs like [7, 7.00]")
    found = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not int:
            raise one.refuse("pairs must be a list of pairs like [7, 7.00]", "pairs")
        raw = int(one.as_number("pairs", pair[0]))
        found.append((raw, one.as_number("pairs", pair[1])))
    one.end()
    return LookUp(name, tuple(sorted(found)))


def read_decision(one: Table) -> Decision:
    """One row of a decision table."""
    decision = Decision(
        category=one.words("category"),
        when=tuple(read_condition(condition) for condition in one.tables("when")),
    )
    one.end()
    return decision
