"""Scales of instruments: of a total, and of each part that has a score of its own."""

from decimal import Decimal

from imparts.rules.instruments.definition import (
    HIGHER_IS_BETTER,
    HIGHER_IS_WORSE,
    Instrument,
    SubscaleRule,
)
from imparts.rules.instruments.unverified import is_unverified
from imparts.rules.scoring.bounds import bounds
from imparts.rules.scoring.parts import cut_on
from imparts.rules.scoring.totals import method_of_part
from imparts.rules.trends.definition import Scale

NOT_VERIFIED = "from general knowledge, not verified here"


def scale_of(instrument: Instrument) -> Scale | None:
    """The scale of the total; None where the result is a word, digits, or parts alone."""
    scoring = instrument.scoring
    if not scoring.gives_number or scoring.lowest is None or scoring.highest is None:
        return None
    return Scale(
        key=instrument.id,
        name=instrument.measures,
        short=short_of(instrument),
        lowest=scoring.lowest,
        highest=scoring.highest,
        direction=instrument.direction,
        bands=instrument.bands,
        cut=cut_on(instrument.cuts, ""),
        chance=_chance(instrument),
        is_reliable=instrument.reliable_change is not None,
        higher=_higher(instrument, instrument.direction),
        marks=_marks(instrument),
    )


def scale_of_part(rule: SubscaleRule, instrument: Instrument) -> Scale | None:
    """The scale of one subscale; what the file says of change is about parts without a total."""
    items = [instrument.by_id[name] for name in rule.items]
    lowest, highest = bounds(instrument, items, {}, {}, method_of_part(rule, instrument.scoring))
    if lowest >= highest:
        return None
    is_compared = instrument.scoring.method == "subscales"
    direction = rule.direction or instrument.direction
    return Scale(
        key=instrument.id,
        name=rule.label,
        short=short_of(instrument),
        lowest=lowest,
        highest=highest,
        direction=direction,
        bands=rule.bands,
        cut=cut_on(instrument.cuts, rule.name),
        chance=_chance(instrument) if is_compared else None,
        is_reliable=instrument.reliable_change is not None,
        higher=_higher(instrument, direction),
        marks=_marks(instrument),
        part=rule.name,
    )


def short_of(instrument: Instrument) -> str:
    """What an instrument is called beside what it measures: "PHQ-9", "0 to 10"."""
    return instrument.short_title.removeprefix(f"{instrument.measures} ")


def _chance(instrument: Instrument) -> Decimal | None:
    return Decimal(instrument.words_from) if instrument.words_from is not None else None


def _higher(instrument: Instrument, direction: str) -> str:
    if direction == HIGHER_IS_BETTER:
        return "better"
    if direction == HIGHER_IS_WORSE:
        return "more symptoms" if instrument.leads_gist else "worse"
    return "not stated"


def _marks(instrument: Instrument) -> tuple[str, ...]:
    """What stands in the file from general knowledge and shows in the plot."""
    of = []
    if instrument.bands and is_unverified(instrument.bands_status):
        of.append("bands")
    if instrument.words_from is not None and is_unverified(instrument.change_source):
        of.append(f"change of {instrument.words_from}")
    return (f"{' and '.join(of)}: {NOT_VERIFIED}",) if of else ()
