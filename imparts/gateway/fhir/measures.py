"""Measures: what stands inside an Observation: values, bounds, bands, flags, other scales."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from imparts.gateway.fhir.addresses import (
    ABSENT_REASONS,
    ON_ANOTHER_SCALE,
    RESULT_NAMES,
    UCUM,
    Addresses,
    coding,
    published_codes,
)
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.totals import COMPLETE

Json = dict[str, Any]


def quantity(value: Decimal) -> Json:
    """A score as a quantity: a number without a unit of measure, whole where it is whole."""
    exact = int(value) if value == int(value) else float(value)
    return {"value": exact, "unit": "score", "system": UCUM, "code": "{score}"}


class Measures:
    """The score of one response to one instrument, in FHIR's words."""

    def __init__(self, instrument: Instrument, score: Score, addresses: Addresses) -> None:
        self.instrument = instrument
        self.score = score
        self.addresses = addresses

    def band_coding(self, code: str, label: str) -> Json:
        """A band or a category, in our own code system."""
        return self.addresses.coding("bands", f"{self.instrument.id}.{code}", label)

    def absent(self, missing: Collection[str], declined: Collection[str]) -> Json:
        """Why there is no value: every open question was declined, or it is not known."""
        open_items = [name for name in missing if name in self.score.missing]
        chose = bool(open_items) and all(name in declined for name in open_items)
        reason = (
            coding(ABSENT_REASONS, "asked-declined", "Asked But Declined")
            if chose
            else coding(ABSENT_REASONS, "unknown", "Unknown")
        )
        return {"dataAbsentReason": {"coding": [reason], "text": "Answers are missing."}}

    def bounds(
        self, name: str, status: str, lower: Decimal | None, upper: Decimal | None
    ) -> Iterator[Json]:
        """The least and the greatest that a score with missing answers could still be."""
        if status == COMPLETE or lower is None or upper is None:
            return
        ends = (("least", "Least possible", lower), ("greatest", "Greatest possible", upper))
        for code, words, value in ends:
            ours = self.addresses.coding("scores", f"{self.instrument.id}.{name}.{code}", words)
            yield {
                "code": {"coding": [ours], "text": f"{words} score"},
                "valueQuantity": quantity(value),
            }

    def on_other_scales(self) -> Iterator[Json]:
        """A complete score under a published code whose scale begins elsewhere (K10 from 0)."""
        if self.score.score is None or self.score.status != COMPLETE:
            return
        for one in published_codes(self.instrument, RESULT_NAMES):
            if one["code"] in ON_ANOTHER_SCALE:
                less = ON_ANOTHER_SCALE[one["code"]]
                yield {
                    "code": {"coding": [one], "text": f"The same score, less {less}"},
                    "valueQuantity": quantity(self.score.score - less),
                }

    def flags(self) -> Iterator[Json]:
        """Every flag that fired; one that a person must act on says what to do."""
        to_do = {alert.flag: alert.words for alert in self.instrument.alerts}
        for code in (*self.score.flags, *self._only_alerting()):
            words = to_do.get(code, code.replace("_", " ").capitalize())
            ours = self.addresses.coding("flags", code)
            yield {"code": {"coding": [ours], "text": words}, "valueBoolean": True}

    def _only_alerting(self) -> Iterator[str]:
        """A question about harm was not answered: told even where no published result lists it."""
        for flag in self.instrument.flags:
            is_open = flag.type == "item_missing" and flag.item in self.score.missing
            if flag.only_alerts and is_open:
                yield flag.code
