"""Formulas: how each scoring method works out its number, as one would write it down."""

from collections.abc import Sequence

from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.instruments.scoring_definition import ScoringRule, SubscaleRule
from imparts.rules.passport.phrases import MINUS, number, runs

PLUS = " + "
LONG_RUN = 4


def added(items: Sequence[Item]) -> str:
    """q1 + … + q9, each reversed item from the other end of its own scale."""
    reversed_ones = {item.id: item for item in items if item.reverse}
    pieces: list[str] = []
    plain_run: list[str] = []
    for item in items:
        if item.id in reversed_ones:
            pieces += _joined(plain_run)
            plain_run = []
            pieces.append(f"({item.lowest + item.highest} {MINUS} {item.id})")
        else:
            plain_run.append(item.id)
    return PLUS.join([*pieces, *_joined(plain_run)])


def _joined(names: list[str]) -> list[str]:
    pieces: list[str] = []
    for run in runs(names):
        short = len(run) < LONG_RUN
        pieces += run if short else [run[0], "…", run[-1]]
    return pieces


def averaged(items: Sequence[Item]) -> str:
    """The sum over the number of items."""
    return f"({added(items)}) ÷ {len(items)}"


def subscale_formula(instrument: Instrument, rule: SubscaleRule) -> str:
    """One part of an instrument: anxiety = q1 + q3 + …"""
    items = [instrument.by_id[name] for name in rule.items]
    made = averaged(items) if rule.method == "mean" else added(items)
    made += ", answers recoded as below" if rule.recoded else ""
    made += rounding(rule.decimals, needed=rule.method == "mean")
    name = f"raw {rule.label}" if rule.table else rule.label
    turned = f"; {rule.label} = what table {rule.table} gives for it" if rule.table else ""
    return f"{name} = {made}{turned}"


def rounding(decimals: int, *, needed: bool) -> str:
    """How the number is rounded, where there is anything to round."""
    if not needed and not decimals:
        return ""
    if not decimals:
        return ", rounded to a whole number, halves up"
    return f", rounded to {decimals} decimal{'s' if decimals > 1 else ''}, halves up"


def span(rule: ScoringRule) -> str:
    """0 to 27."""
    return f"{number(rule.lowest)} to {number(rule.highest)}"
