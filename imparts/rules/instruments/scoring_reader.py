"""Reading how an instrument is scored: its method, skip rules, subscales and bands."""

from imparts.rules.content import Table, one_of
from imparts.rules.instruments.definition import Band, ScoringRule, SkipRule, SubscaleRule

METHODS = ("sum", "mean", "category", "subscales", "profile")


def read_scoring(table: Table) -> ScoringRule:
    """The table [scoring] of a file."""
    scoring = table.table("scoring")
    missing = scoring.table("missing")
    rule = ScoringRule(
        method=one_of(scoring, "method", METHODS),
        lowest=scoring.number_or("lowest"),
        highest=scoring.number_or("highest"),
        decimals=scoring.whole_or("decimals", 0) or 0,
        may_be_missing=missing.whole("may_be_missing"),
        missing_rule=missing.words("rule"),
        missing_status=missing.words_or("status"),
        skips=tuple(_read_skip(one) for one in scoring.tables("skips")),
        subscales=tuple(_read_subscale(one) for one in scoring.tables("subscales")),
        note=scoring.words_or("note"),
    )
    missing.end()
    scoring.end()
    if rule.method in ("sum", "mean") and (rule.lowest is None or rule.highest is None):
        raise scoring.refuse("say the lowest and the highest score")
    return rule


def read_bands(table: Table) -> tuple[Band, ...]:
    """The bands of a table, in the order of the file."""
    return tuple(_read_band(one) for one in table.tables("bands"))


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


def _read_subscale(one: Table) -> SubscaleRule:
    subscale = SubscaleRule(
        name=one.words("name"),
        label=one.words("label"),
        items=one.names("items"),
        method=one_of(one, "method", ("sum", "mean"), "sum"),
        may_be_missing=one.whole_or("may_be_missing", 0) or 0,
        bands=read_bands(one),
        decimals=one.whole_or("decimals", 0) or 0,
    )
    one.end()
    return subscale
