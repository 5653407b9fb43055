"""Parts: the results of an instrument's subscales, read from where they were stored, in words.

HADS has two numbers and no total, so what is said of it is said of each. A part has its own range,
its own direction, and bands, or a cut, or neither; without them nothing is said but the number.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from imparts.rules.instruments.definition import Band, Cut, Instrument, SubscaleRule
from imparts.rules.scoring.bands import band_for
from imparts.rules.scoring.bounds import bounds
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.totals import COMPLETE, INCOMPLETE, PRORATED, method_of_part


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a result, as it was stored, with what its instrument's file says of it."""

    name: str
    label: str
    status: str
    score: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    out_of: Decimal | None
    in_words: str  # of a complete part: the band, or which side of the cut
    direction: str
    bands: tuple[Band, ...] = ()
    cut: Decimal | None = None
    items: tuple[str, ...] = ()
    is_compared: bool = False  # the instrument's numbers for change are about its parts

    @property
    def is_estimate(self) -> bool:
        """Whether the score was scaled up from fewer answers."""
        return self.status == PRORATED

    @property
    def reaches_cut(self) -> bool:
        """Whether a complete part is at or above its cut."""
        found = self.score if self.status == COMPLETE else None
        return found is not None and self.cut is not None and found >= self.cut


def parts_of(stored: Iterable[Mapping[str, Any]], instrument: Instrument) -> tuple[Part, ...]:
    """The parts of one response, as far as the file that is read beside them knows them."""
    rules = {rule.name: rule for rule in instrument.scoring.subscales}
    known = [one for one in stored if one["name"] in rules]
    return tuple(_part(one, rules[one["name"]], instrument) for one in known)


def _part(stored: Mapping[str, Any], rule: SubscaleRule, instrument: Instrument) -> Part:
    score, lower, upper = (_exact(stored.get(key)) for key in ("score", "lower", "upper"))
    status = stored.get("status") or _status(score, lower, upper)
    cut = cut_on(instrument.cuts, rule.name)
    return Part(
        name=rule.name,
        label=stored["label"],
        status=status,
        score=score,
        lower=lower,
        upper=upper,
        out_of=highest_of(rule, instrument),
        in_words=words_of(score, rule.bands, cut) if status == COMPLETE else "",
        direction=rule.direction or instrument.direction,
        bands=rule.bands,
        cut=cut,
        items=rule.items,
        is_compared=instrument.scoring.method == "subscales",
    )


def highest_of(rule: SubscaleRule, instrument: Instrument) -> Decimal:
    """The greatest score of a part: what every question at its highest comes to."""
    items = [instrument.by_id[name] for name in rule.items]
    return bounds(instrument, items, {}, {}, method_of_part(rule, instrument.scoring))[1]


def cut_on(cuts: Collection[Cut], part: str) -> Decimal | None:
    """The first cut on a part, or on each part; of the total where no part is named."""
    on = (part, "each") if part else ("",)
    return next((cut.value for cut in cuts if cut.of in on), None)


def words_of(score: Decimal | None, bands: tuple[Band, ...], cut: Decimal | None) -> str:
    """The band inside a sentence; without bands which side of the cut; else nothing."""
    found = band_for(score, bands)
    if found is not None:
        return found.in_words or found.label.lower()
    if score is None or cut is None:
        return ""
    side = "at or above" if score >= cut else "below"
    return f"{side} the cut of {plain(cut)}"


def bands_between(lower: Decimal, upper: Decimal, bands: Iterable[Band]) -> str:
    """The bands that an estimate could be in: "mild", "mild or moderate", "mild to severe"."""
    found = [
        band.in_words or band.label.lower()
        for band in bands
        if band.lowest <= upper and band.highest >= lower
    ]
    if len(found) <= 1:
        return "".join(found)
    return f"{found[0]} {'or' if len(found) == 2 else 'to'} {found[-1]}"


def _status(score: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> str:
    """Results stored before parts had a status of their own: bounds that meet are a whole form."""
    if score is None:
        return INCOMPLETE
    return COMPLETE if lower == upper else PRORATED


def _exact(stored: float | int | str | None) -> Decimal | None:
    return None if stored is None else Decimal(str(stored))
