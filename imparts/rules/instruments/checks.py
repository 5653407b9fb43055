"""Whether an instrument that could be read also makes sense as a whole.

The rules about item 9 of PHQ-9 stand here in code, not in a file, so that no edited file can weaken
them: a PHQ-9 without item 9 or without its alerts is refused (hazard H1).
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from imparts.rules.content import ContentRefused
from imparts.rules.instruments.definition import Band, Flag, Instrument

# Items that a person must act on, and what to take where nobody watches the alert.
SAFETY_ITEMS = {"phq9": ("q9", "take phq8 instead"), "core10": ("q6", "it may not be altered")}
MUST_ASK_WHEN_MISSING = {"phq9"}

NEEDS: dict[str, tuple[str, ...]] = {
    "score_gte": ("value",),
    "item_gte": ("item", "value"),
    "item_missing": ("item",),
    "subset_sum_gte": ("items", "value"),
    "count_items_gte": ("item_value", "count"),
    "phq9_algorithm": ("least", "most"),
    "dsm5_pcl5": (),
}


def check_instrument(instrument: Instrument) -> None:
    """Refuse an instrument whose parts contradict each other."""
    _check_safety(instrument)
    _check_rules_name_items(instrument)
    for flag in instrument.flags:
        _check_flag(instrument, flag)
    _check_alerts(instrument)
    _check_range(instrument)
    _check_categories(instrument)
    for subscale in instrument.scoring.subscales:
        if subscale.bands:
            check_bands(instrument.id, subscale.bands, subscale.decimals)
    if instrument.next_review <= instrument.reviewed_on:
        raise _refusal(instrument, "the next review is not after the last one")


def check_bands(name: str, bands: tuple[Band, ...], decimals: int) -> None:
    """Refuse bands that overlap, or that leave out a score that can happen."""
    step = Decimal(1).scaleb(-decimals)
    for band in bands:
        if band.lowest > band.highest:
            raise ContentRefused(f"{name}: band {band.code} ends before it begins")
    for below, above in pairwise(bands):
        if above.lowest <= below.highest:
            raise ContentRefused(f"{name}: bands {below.code} and {above.code} overlap")
        first_above = (below.highest // step + 1) * step
        if first_above < above.lowest:
            raise ContentRefused(
                f"{name}: no band holds a score of {first_above}, "
                f"between {below.code} and {above.code}"
            )


def _check_safety(instrument: Instrument) -> None:
    if instrument.id not in SAFETY_ITEMS:
        return
    item, instead = SAFETY_ITEMS[instrument.id]
    asked = instrument.by_id.get(item)
    if asked is None or asked.show_if is not None:
        raise _refusal(instrument, f"{item} cannot be taken out of {instrument.id}; {instead}")
    wanted = [("item_gte", f"for {item} from 1 up")]
    if instrument.id in MUST_ASK_WHEN_MISSING:
        wanted.append(("item_missing", f"for {item} not answered"))
    for kind, said in wanted:
        found = [
            flag.code
            for flag in instrument.flags
            if flag.type == kind
            and flag.item == item
            and (kind != "item_gte" or flag.value is None or flag.value <= 1)
        ]
        if not found:
            raise _refusal(instrument, f"there is no flag {said}; it cannot be left out")
        alerts = {alert.flag for alert in instrument.alerts if alert.tier == "A"}
        if not alerts.intersection(found):
            raise _refusal(instrument, f"there is no tier A alert {said}; it cannot be left out")


def _check_rules_name_items(instrument: Instrument) -> None:
    named: list[str] = list(instrument.somatic_items)
    for skip in instrument.scoring.skips:
        named += [*skip.when_items, *skip.skips]
    for subscale in instrument.scoring.subscales:
        named += subscale.items
    for item in instrument.items:
        named += item.show_if.items if item.show_if else ()
    for example in instrument.examples:
        named += [name for name, _ in example.answers]
    _refuse_unknown(instrument, named)
    if not instrument.scored_items:
        raise _refusal(instrument, "no item is scored")


def _check_flag(instrument: Instrument, flag: Flag) -> None:
    if flag.type not in NEEDS:
        known = ", ".join(NEEDS)
        raise _refusal(instrument, f"flag {flag.code} is of type {flag.type}; types are {known}")
    for key in NEEDS[flag.type]:
        if getattr(flag, key) in (None, ()):
            raise _refusal(instrument, f"flag {flag.code} needs {key}")
    _refuse_unknown(instrument, [*flag.items, *([flag.item] if flag.item else [])])
    if [other.code for other in instrument.flags].count(flag.code) > 1:
        raise _refusal(instrument, f"the flag {flag.code} stands there twice")


def _check_alerts(instrument: Instrument) -> None:
    flags = {flag.code for flag in instrument.flags}
    for alert in instrument.alerts:
        if alert.flag not in flags:
            raise _refusal(instrument, f"there is an alert for {alert.flag}, but no such flag")


def _check_range(instrument: Instrument) -> None:
    rule = instrument.scoring
    if rule.method not in ("sum", "mean") or rule.lowest is None or rule.highest is None:
        return
    lowest = Decimal(sum(item.lowest for item in instrument.scored_items))
    highest = Decimal(sum(item.highest for item in instrument.scored_items))
    if rule.method == "mean":
        lowest /= len(instrument.scored_items)
        highest /= len(instrument.scored_items)
    if (lowest, highest) != (rule.lowest, rule.highest):
        raise _refusal(
            instrument,
            f"scores run from {lowest} to {highest}, not from {rule.lowest} to {rule.highest}",
        )
    if not instrument.bands:
        return
    check_bands(instrument.id, instrument.bands, rule.decimals)
    if instrument.bands[0].lowest != lowest or instrument.bands[-1].highest != highest:
        raise _refusal(instrument, f"the bands do not run from {lowest} to {highest}")


def _check_categories(instrument: Instrument) -> None:
    if instrument.scoring.method != "category":
        return
    known = {category.code for category in instrument.categories}
    for option in instrument.scored_items[0].options:
        if option.category not in known:
            raise _refusal(instrument, f"the answer {option.label!r} leads to no category")


def _refuse_unknown(instrument: Instrument, named: Iterable[str]) -> None:
    for name in named:
        if name not in instrument.by_id:
            raise _refusal(instrument, f"a rule names {name}, but there is no such item")


def _refusal(instrument: Instrument, sentence: str) -> ContentRefused:
    return ContentRefused(f"{instrument.id}: {sentence}")
