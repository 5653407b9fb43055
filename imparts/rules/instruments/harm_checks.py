"""Items that ask about harm to self or others: no alert rule, no publishing (hazard H1).

The rules stand here in code, not in a file, so that no edited file can weaken them: PHQ-9 without
item 9, or any such item without an alert for yes and one for no answer, is refused.
"""

from imparts.rules.content import Place
from imparts.rules.instruments.definition import HarmItem, Instrument
from imparts.rules.instruments.named_items import refusal

# Known harm items, whatever a file says of itself, and what to take where nobody watches alerts.
KNOWN = {
    "phq9": ("q9", "take phq8 instead"),
    "core10": ("q6", "it may not be altered"),
    "epds": ("q10", "it may not be altered"),
}


def check_harm_items(instrument: Instrument) -> None:
    """Refuse an instrument in which an item about harm can be answered without anyone hearing."""
    _check_known(instrument)
    for number, one in enumerate(instrument.harm_items, start=1):
        at = ("harm_items", number)
        item = instrument.by_id.get(one.item)
        if item is None:
            raise refusal(instrument, f"the harm item {one.item} is not there", at)
        if item.free_text or one.positive_from > item.highest:
            raise refusal(instrument, f"no answer to {one.item} could mean yes", at)
        if item.show_if is not None or _can_be_skipped(instrument, one.item):
            raise refusal(instrument, f"{one.item} asks about harm, so it has no condition", at)
        _check_alert(instrument, one, "item_gte", f"for {one.item} from {one.positive_from} up", at)
        _check_alert(instrument, one, "item_missing", f"for {one.item} not answered", at)
    if (
        instrument.harm_items_come_with_pack
        and instrument.has_wording
        and not instrument.harm_items
    ):
        raise refusal(
            instrument,
            "it asks about harm, so its wording must say which item does, with an alert for yes "
            "and one for no answer",
        )


def _check_known(instrument: Instrument) -> None:
    if instrument.id not in KNOWN:
        return
    name, instead = KNOWN[instrument.id]
    item = instrument.by_id.get(name)
    if item is None or item.show_if is not None:
        raise refusal(instrument, f"{name} cannot be taken out of {instrument.id}; {instead}")
    known = [one for one in instrument.harm_items if one.item == name]
    if not known or known[0].positive_from > 1:
        raise refusal(
            instrument, f"{name} asks about harm; it must stand in harm_items, positive from 1"
        )


def _can_be_skipped(instrument: Instrument, item: str) -> bool:
    return any(item in skip.skips for skip in instrument.scoring.skips)


def _check_alert(instrument: Instrument, one: HarmItem, kind: str, said: str, at: Place) -> None:
    found = [
        flag.code
        for flag in instrument.flags
        if flag.type == kind
        and flag.item == one.item
        and (kind != "item_gte" or flag.value is None or flag.value <= one.positive_from)
    ]
    if not found:
        raise refusal(instrument, f"there is no flag {said}; it cannot be left out", at)
    alerts = {alert.flag for alert in instrument.alerts if alert.tier == "A"}
    if not alerts.intersection(found):
        raise refusal(instrument, f"there is no tier A alert {said}; it cannot be left out", at)
