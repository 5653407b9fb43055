"""What is said of one measure: by the state of its result, and by how it has moved since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.change import change, plain
from imparts.rules.scoring.parts import bands_between, cut_on, words_of
from imparts.rules.scoring.totals import COMPLETE, PRORATED
from imparts.rules.summary.measured import Before, Measured, MeasuredPart, to_act_on
from imparts.rules.summary.words import GistWords

IN_A_SENTENCE = "{measures} is"
ON_ITEMS = ("item_gte", "item_missing")


@dataclass(frozen=True, slots=True)
class Move:
    """How a complete score has moved: a word, whether it is beyond chance, and since when."""

    word: str
    is_reliable: bool = False
    since: date | None = None

    def than(self, words: GistWords, on: date, said: Collection[str] = ()) -> str:
        """ " than in June", unless that has just been said."""
        when = words.when(self.since, on) if self.since else ""
        return "" if not when or when in said else words.day["than"].format(when=when)


NOTHING_BEFORE = Move("first")


def move_of(measured: Measured) -> Move:
    """Only a complete score is compared, and only with a complete one."""
    if measured.score is None or measured.status != COMPLETE:
        return NOTHING_BEFORE
    instrument = measured.instrument
    return _move(measured.score, measured.before, instrument, instrument.direction)


def _move(now: Decimal, before: Before | None, instrument: Instrument, direction: str) -> Move:
    if before is None:
        return NOTHING_BEFORE
    found = change(now, before.score, instrument.words_from, direction=direction)
    return Move(found.word, found.is_reliable, before.on)


def has_number(measured: Measured) -> bool:
    """Whether the instrument comes to one number."""
    return measured.instrument.scoring.gives_number


def state_of(measured: Measured) -> str:
    """Which sentence of the file of words tells a result."""
    if not measured.answered:
        return "not_answered"
    if measured.status == COMPLETE:
        return "complete"
    if measured.lower is None or measured.upper is None:
        return "no_score_no_range"
    is_estimate = measured.status == PRORATED and measured.score is not None
    return "estimated" if is_estimate else "no_score"


def said_of(
    measured: Measured, on: date, words: GistWords, *, said: Collection[str] = ()
) -> str:  # fmt: skip
    """One measure in one sentence."""
    instrument, state = measured.instrument, state_of(measured)
    band = band_of(measured) if state == "complete" else _bands(measured)
    return words.measure[state].format(
        measure=instrument.measures,
        says=_in_pattern(instrument, band, measured.score, words),
        halves=_halves(measured, words),
        change=changed(measured, on, words, said=said),
        score=_number(measured.score),
        lower=_number(measured.lower),
        upper=_number(measured.upper),
        answered=measured.answered,
        asked=measured.asked,
    )


def _number(number: Decimal | None) -> str:
    return plain(number) if number is not None else ""


def changed(
    measured: Measured, on: date, words: GistWords, *, said: Collection[str] = ()
) -> str:  # fmt: skip
    """What is added about the time before."""
    move = move_of(measured)
    is_after_is = IN_A_SENTENCE in measured.instrument.gist_pattern
    patterns = words.after_is if is_after_is else words.otherwise
    return patterns[move.word].format(than=move.than(words, on, said))


def band_of(measured: Measured) -> str:
    """The band of a complete score inside a sentence."""
    instrument = measured.instrument
    return words_of(measured.score, instrument.bands, cut_on(instrument.cuts, ""))


def _bands(measured: Measured) -> str:
    lower, upper = measured.lower, measured.upper
    if lower is None or upper is None:
        return band_of(measured)
    return bands_between(lower, upper, measured.instrument.bands)


def _in_pattern(
    instrument: Instrument, band: str, score: Decimal | None, words: GistWords
) -> str:  # fmt: skip
    """The sentence of the file, "Low mood is moderate"; without words for it the bare number."""
    if band:
        return instrument.gist_pattern.format(measures=instrument.measures, band=band)
    highest = instrument.scoring.highest
    pattern = words.measure["number_of" if highest is not None else "number_alone"]
    return pattern.format(
        measure=instrument.measures, score=_number(score), highest=_number(highest)
    )


def _halves(measured: Measured, words: GistWords) -> str:
    """The parts that reach a cut of their own, beside a total: (anxiety at or above the cut)."""
    high = [one.part.label.lower() for one in measured.parts if one.part.reaches_cut]
    return words.parts["halves"].format(parts=" and ".join(high)) if high else ""


def by_parts(measured: Measured, on: date, words: GistWords) -> str:
    """ "HADS: anxiety probable case, depression normal."; parts without bands say nothing."""
    instrument = measured.instrument
    found = [said for one in measured.parts if (said := _part(one, instrument, on, words))]
    together = words.parts["together"]
    return together.format(short=instrument.short_title, parts="; ".join(found)) if found else ""


def _part(one: MeasuredPart, instrument: Instrument, on: date, words: GistWords) -> str:
    part, patterns = one.part, words.parts
    label = part.label.lower()
    if not part.bands:
        return ""
    if part.score is None:
        return patterns["no_score"].format(part=label)
    if part.lower is not None and part.upper is not None and part.is_estimate:
        return patterns["estimated"].format(
            part=label, bands=bands_between(part.lower, part.upper, part.bands),
            score=plain(part.score), lower=plain(part.lower), upper=plain(part.upper),
        )  # fmt: skip
    move = _move(part.score, one.before, instrument, part.direction)
    if move.word not in ("worse", "better"):
        return patterns["plain"].format(part=label, band=part.in_words)
    return patterns["moved"].format(
        part=label, band=part.in_words, change=move.word, than=move.than(words, on)
    )


def stands_out(measured: Measured, words: GistWords) -> bool:
    """Whether a measure that does not lead is told, for one of the reasons in the file."""
    reasons = {"moved": move_of(measured).is_reliable, "flagged": _is_flagged(measured)}
    return any(reasons[reason] for reason in words.told_when)


def _is_flagged(measured: Measured) -> bool:
    flags = measured.instrument.flags
    if any(flag.code in measured.flags for flag in flags if flag.type not in ON_ITEMS):
        return True
    reached = to_act_on(measured)
    return reached is not None and any(
        flag.value is not None and reached >= flag.value
        for flag in flags
        if flag.type == "score_gte"
    )
