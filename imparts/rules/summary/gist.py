"""The gist: one visit in one sentence or two, the largest words of the clinician's page.

"Low mood is moderate and worse than in June. Worry is moderate, about the same. Item 9 (better off
dead, or hurting oneself): several days. Smokes every day, would like help to stop."

Mood, worry, item 9 and every other question about harm that was asked are always said. Another
measure is said when it reaches a level that its file flags, or has moved beyond chance; the table
below the gist shows all of them.
"""

from collections.abc import Sequence
from datetime import date

from imparts.rules.scoring.bands import band_for
from imparts.rules.scoring.change import Change, change, plain
from imparts.rules.scoring.totals import COMPLETE, PRORATED
from imparts.rules.summary.item9 import ITEM9, item9_words, other_harm_words
from imparts.rules.summary.measured import Before, Measured, Phrase, to_act_on

NEAR_DAYS = 45


def gist(measures: Sequence[Measured], *, on: date) -> tuple[Phrase, ...]:
    """The measures of one visit in words; phrases follow each other without a space added."""
    lead = [one for one in measures if one.instrument.leads_gist]
    rest = [one for one in measures if not one.instrument.leads_gist]
    said = [Phrase(_sentence(one, on), strong=True) for one in lead]
    said.append(Phrase(f"{ITEM9}: {item9_words(measures)}.", strong=True))
    said += [Phrase(words, strong=True) for one in measures for words in other_harm_words(one)]
    said += [Phrase(_sentence(one, on)) for one in rest if _is_scored(one) and _stands_out(one)]
    said += [Phrase(words) for one in rest if not _is_scored(one) and (words := _answers(one))]
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
        said = instrument.gist_pattern.format(measures=instrument.measures, band=_band(measured))
        return f"{said}{_compared(measured, on)}."
    could_be = _could_be(measured)
    if measured.status == PRORATED and measured.score is not None:
        said = instrument.gist_pattern.format(measures=instrument.measures, band=_bands(measured))
        return f"{said} (estimated {plain(measured.score)}, {could_be})."
    answered = f"{measured.answered} of {measured.asked} answered"
    return f"{instrument.measures} has no score: {answered}, {could_be}."


def _band(measured: Measured) -> str:
    band = band_for(measured.score, measured.instrument.bands)
    if band is not None:
        return band.in_words or band.label.lower()
    return plain(measured.score) if measured.score is not None else "not known"


def _bands(measured: Measured) -> str:
    """The bands that an estimate could be in: "mild", "mild or moderate", "mild to severe"."""
    lower, upper = measured.lower, measured.upper
    if lower is None or upper is None:
        return _band(measured)
    found = [
        band.in_words or band.label.lower()
        for band in measured.instrument.bands
        if band.lowest <= upper and band.highest >= lower
    ]
    if len(found) <= 1:
        return found[0] if found else _band(measured)
    return f"{found[0]} {'or' if len(found) == 2 else 'to'} {found[-1]}"


def _could_be(measured: Measured) -> str:
    if measured.lower is None or measured.upper is None:
        return "not scored"
    return f"could be {plain(measured.lower)} to {plain(measured.upper)}"


def _compared(measured: Measured, on: date) -> str:
    moved, before = _moved(measured), measured.before
    if moved is None or before is None:
        return ""
    if moved.word in ("worse", "better"):
        joint = " and" if "{measures} is" in measured.instrument.gist_pattern else ","
        return f"{joint} {moved.word} than {when_before(before.on, on)}"
    return ", about the same" if moved.word == "same" else ""


def _moved(measured: Measured) -> Change | None:
    before: Before | None = measured.before
    if before is None or measured.score is None or measured.status != COMPLETE:
        return None
    instrument = measured.instrument
    return change(
        measured.score, before.score, instrument.words_from, direction=instrument.direction
    )


def _stands_out(measured: Measured) -> bool:
    moved = _moved(measured)
    if moved is not None and moved.is_reliable:
        return True
    reached = to_act_on(measured)
    return reached is not None and any(
        flag.value is not None and reached >= flag.value
        for flag in measured.instrument.flags
        if flag.type == "score_gte"
    )


def _answers(measured: Measured) -> str:
    """A measure without a number: what its answers say, each in the words of its file."""
    options = [
        answer.item.option(answer.value) for answer in measured.answers if answer.value is not None
    ]
    said = [option.said for option in options if option is not None and option.said]
    if not said:
        return "" if options else f"{measured.instrument.measures}: not answered."
    return f"{', '.join(said)}."
