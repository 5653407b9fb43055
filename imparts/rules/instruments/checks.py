"""Whether an instrument that could be read also makes sense as a whole.

Items that ask about harm have their own checks in harm_checks.py, and the ways of scoring theirs in
scoring_checks.py; here is what holds for every instrument.
"""

from imparts.rules.content import Place
from imparts.rules.instruments.definition import Flag, Instrument
from imparts.rules.instruments.harm_checks import check_harm_items
from imparts.rules.instruments.named_items import refusal, refuse_unknown
from imparts.rules.instruments.scoring_checks import check_scoring

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
    check_harm_items(instrument)
    _check_rules_name_items(instrument)
    for number, flag in enumerate(instrument.flags, start=1):
        _check_flag(instrument, flag, ("flags", number))
    _check_alerts(instrument)
    _check_cuts(instrument)
    check_scoring(instrument)
    if instrument.next_review <= instrument.reviewed_on:
        raise refusal(instrument, "the next review is not after the last one", ("next_review",))


def _check_rules_name_items(instrument: Instrument) -> None:
    refuse_unknown(instrument, instrument.somatic_items, ("somatic_items",))
    for number, skip in enumerate(instrument.scoring.skips, start=1):
        refuse_unknown(instrument, (*skip.when_items, *skip.skips), ("scoring", "skips", number))
    for number, item in enumerate(instrument.items, start=1):
        if item.show_if:
            refuse_unknown(instrument, item.show_if.items, ("items", number, "show_if"))
    for number, example in enumerate(instrument.examples, start=1):
        named = [name for name, _ in example.answers]
        refuse_unknown(instrument, named, ("examples", number, "answers"))
    if not instrument.scored_items:
        raise refusal(instrument, "no item is scored")


def _check_flag(instrument: Instrument, flag: Flag, at: Place) -> None:
    if flag.type not in NEEDS:
        known = ", ".join(NEEDS)
        raise refusal(
            instrument, f"flag {flag.code} is of type {flag.type}; types are {known}", (*at, "type")
        )
    for key in NEEDS[flag.type]:
        if getattr(flag, key) in (None, ()):
            raise refusal(instrument, f"flag {flag.code} needs {key}", at)
    named = [*flag.items, *([flag.item] if flag.item else [])]
    refuse_unknown(instrument, named, at, or_free_text=flag.type != "item_missing")
    if [other.code for other in instrument.flags].count(flag.code) > 1:
        raise refusal(instrument, f"the flag {flag.code} stands there twice", at)


def _check_alerts(instrument: Instrument) -> None:
    flags = {flag.code for flag in instrument.flags}
    for number, alert in enumerate(instrument.alerts, start=1):
        if alert.flag not in flags:
            raise refusal(
                instrument,
                f"there is an alert for {alert.flag}, but no such flag",
                ("alerts", number, "flag"),
            )
    on_alert = {alert.flag for alert in instrument.alerts}
    for number, flag in enumerate(instrument.flags, start=1):
        if flag.only_alerts and flag.code not in on_alert:
            raise refusal(
                instrument,
                f"the flag {flag.code} only alerts, and there is no alert for it",
                ("flags", number),
            )


def _check_cuts(instrument: Instrument) -> None:
    parts = {"", "each", *(subscale.name for subscale in instrument.scoring.subscales)}
    for number, cut in enumerate(instrument.cuts, start=1):
        if cut.of not in parts:
            raise refusal(
                instrument,
                f"the cut {cut.code} is on {cut.of}, but there is no such subscale",
                ("cuts", number, "of"),
            )
