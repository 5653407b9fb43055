"""The gist: one visit in one sentence or two, the largest words of the clinician's page.

"Low mood is moderate and worse than in June. Worry is moderate, about the same. Item 9 (better off
dead, or hurting oneself): several days. Smokes every day, would like help to stop."

Mood, worry, item 9 and every other question about harm that was asked are always said. Another
measure is said when it reaches a level that its file flags, or has moved beyond chance; one that
has parts and no total is said by the bands of its parts. The table below the gist shows all.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.change import Change, change, plain
from imparts.rules.scoring.parts import bands_between, cut_on, words_of
from imparts.rules.scoring.totals import COMPLETE, PRORATED
from imparts.rules.scoring.words import could_be
from imparts.rules.summary.item9 import ITEM9, item9_words, other_harm_words
from imparts.rules.summary.measured import (
    Before,
    Measured,
    MeasuredPart,
    Phrase,
    to_act_on,
)

NEAR_DAYS = 45
ON_ITEMS = ("item_gte", "item_missing")


def gist(measures: Sequence[Measured], *, on: date) -> tuple[Phrase, ...]:
    """The measures of one visit in words; phrases follow each other without a space added."""
    lead = [one for one in measures if one.instrument.leads_gist]
    rest = [one for one in measures if not one.instrument.leads_gist]
    said = [Phrase(_sentence(one, on), strong=True) for one in lead]
    said.append(Phrase(f"{ITEM9}: {item9_words(measures)}.", strong=True))
    said += [Phrase(words, strong=True) for one in measures for words in other_harm_words(one)]
    said += [Phrase(_sentence(one, on)) for one in rest if _is_scored(one) and _stands_out(one)]
    said += [Phrase(words) for one in rest if not _is_scored(one) and (words := _answers(one, on))]
    return tuple(
        Phrase(one.text if last else f"{one.text} ", one.strong)
        for one, last in zip(said, [False] * (len(said) - 1) + [True], strict=True)
    )


def when_before(before: date, on: date) -> str:
    """Such as "on 3 November", "in June" or "in June 2025"."""
    if (on - before).days <= NEAR_DAYS:
        return f"on {before.day} {before:%B}"
    return f"in {before:%B}" if before.year == on.year else f"in {before:%B %Y}"


def _is_scored(measured: Measured) -> bool:
    return measured.instrument.scoring.gives_number


def _sentence(measured: Measured, on: date) -> str:
    instrument = measured.instrument
    if not measured.answered:
        return f"{instrument.measures}: not answered."
    if measured.status == COMPLETE:
        said = _in_pattern(instrument, _band(measured), measured.score)
        return f"{said}{_halves(measured)}{_compared(measured, on)}."
    span = _span(measured)
    if measured.status == PRORATED and measured.score is not None:
        said = _in_pattern(instrument, _bands(measured), measured.score)
        return f"{said} (estimated {plain(measured.score)}, {span})."
    answered = f"{measured.answered} of {measured.asked} answered"
    return f"{instrument.measures} has no score: {answered}, {span}."


def _in_pattern(instrument: Instrument, band: str, score: Decimal | None) -> str:
    """The sentence of the file, "Low mood is moderate"; without words for it the bare number."""
    if band:
        return instrument.gist_pattern.format(measures=instrument.measures, band=band)
    highest = instrument.scoring.highest
    out_of = f" of {plain(highest)}" if highest is not None else ""
    return f"{instrument.measures}: {plain(score) if score is not None else 'not known'}{out_of}"


def _band(measured: Measured) -> str:
    instrument = measured.instrument
    return words_of(measured.score, instrument.bands, cut_on(instrument.cuts, ""))


def _bands(measured: Measured) -> str:
    lower, upper = measured.lower, measured.upper
    if lower is None or upper is None:
        return _band(measured)
    return bands_between(lower, upper, measured.instrument.bands)


def _halves(measured: Measured) -> str:
    """The parts that reach a cut of their own, beside a total: (anxiety at or above the cut)."""
    high = [one.part.label.lower() for one in measured.parts if one.part.reaches_cut]
    return f" ({' and '.join(high)} at or above the cut)" if high else ""


def _by_parts(measured: Measured, on: date) -> str:
    """ "HADS: anxiety probable case, depression normal."; parts without bands say nothing."""
    said = [words for one in measured.parts if (words := _part(one, measured.instrument, on))]
    return f"{measured.instrument.short_title}: {'; '.join(said)}." if said else ""


def _part(one: MeasuredPart, instrument: Instrument, on: date) -> str:
    part, label = one.part, one.part.label.lower()
    if not part.bands:
        return ""
    if part.score is None:
        return f"{label} has no score"
    if part.lower is not None and part.upper is not None and part.is_estimate:
        words = bands_between(part.lower, part.upper, part.bands)
        span = could_be(part.lower, part.upper)
        return f"{label} {words} (estimated {plain(part.score)}, {span})"
    moved = _move(part.score, one.before, instrument, part.direction)
    if one.before is None or moved is None or moved.word not in ("worse", "better"):
        return f"{label} {part.in_words}"
    return f"{label} {part.in_words}, {moved.word} than {when_before(one.before.on, on)}"


def _span(measured: Measured) -> str:
    if measured.lower is None or measured.upper is None:
        return "not scored"
    return could_be(measured.lower, measured.upper)


def _compared(measured: Measured, on: date) -> str:
    moved, before = _moved(measured), measured.before
    if moved is None or before is None:
        return ""
    if moved.word in ("worse", "better"):
        joint = " and" if "{measures} is" in measured.instrument.gist_pattern else ","
        return f"{joint} {moved.word} than {when_before(before.on, on)}"
    return ", about the same" if moved.word == "same" else ""


def _moved(measured: Measured) -> Change | None:
    if measured.score is None or measured.status != COMPLETE:
        return None
    instrument = measured.instrument
    return _move(measured.score, measured.before, instrument, instrument.direction)


def _move(
    now: Decimal, before: Before | None, instrument: Instrument, direction: str
) -> Change | None:
    if before is None:
        return None
    return change(now, before.score, instrument.words_from, direction=direction)


def _stands_out(measured: Measured) -> bool:
    moved = _moved(measured)
    if moved is not None and moved.is_reliable:
        return True
    if any(f.code in measured.flags for f in measured.instrument.flags if f.type not in ON_ITEMS):
        return True
    reached = to_act_on(measured)
    return reached is not None and any(
        flag.value is not None and reached >= flag.value
        for flag in measured.instrument.flags
        if flag.type == "score_gte"
    )


def _answers(measured: Measured, on: date) -> str:
    """A measure without a total: its parts, or what its answers say in the words of its file."""
    if measured.answered and (parts := _by_parts(measured, on)):
        return parts
    options = [
        answer.item.option(answer.value) for answer in measured.answers if answer.value is not None
    ]
    said = [option.said for option in options if option is not None and option.said]
    if not said:
        return "" if options else f"{measured.instrument.measures}: not answered."
    return f"{', '.join(said)}."
