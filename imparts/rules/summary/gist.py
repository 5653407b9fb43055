"""The gist: one visit in one sentence or two, the largest words of the clinician's page.

"Low mood is moderate and worse than in June. Worry is moderate, about the same. Item 9 (better off
dead, or hurting oneself): several days. Smokes 10 or fewer a day, would like help to stop."

Mood, worry, item 9 and every other question about harm that was asked are always said. Another
measure is said when it stands out (the file of words says when); one that has parts and no total is
said by the bands of its parts. The table below the gist shows all. Which words stand for which
state of a result is data: words.py, and imparts/content/gist.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from imparts.rules.summary.item9 import item9_words, other_harm_words
from imparts.rules.summary.measured import Beside, Measured, Phrase
from imparts.rules.summary.said_of import (
    IN_A_SENTENCE,
    Move,
    band_of,
    by_parts,
    changed,
    has_number,
    move_of,
    said_of,
    stands_out,
    state_of,
)
from imparts.rules.summary.words import GistWords


def gist(
    measures: Sequence[Measured], *, on: date, words: GistWords, beside: Sequence[Beside] = ()
) -> tuple[Phrase, ...]:
    """The measures of one visit in words; phrases follow each other without a space added.

    `beside` are physical measures that have moved beyond chance.
    """
    lead = [one for one in measures if one.instrument.leads_gist]
    rest = [one for one in measures if not one.instrument.leads_gist]
    item9 = words.harm["item9"].format(answer=item9_words(measures, words))
    harm = [text for one in measures for text in other_harm_words(one, words)]
    just_said = {words.when(since, on) for one in lead if (since := _since(one))}
    others = [_other(one, on, words, just_said) for one in rest if _is_told(one, words)]
    others += [_beside(one, on, words, just_said) for one in beside]
    answers = [_answers(one, measures, on, words) for one in rest if not has_number(one)]
    first = words.visit["first_time"] if _is_first(measures) else ""
    strong = [Phrase(text, True) for text in (*_leads(lead, on, words), item9, *harm)]
    plain = [Phrase(t) for t in (*_joined(others, on, words, just_said), *answers, first) if t]
    *before, last = (*strong, *plain)
    return (*(Phrase(f"{one.text} ", one.strong) for one in before), last)


def _since(measured: Measured) -> date | None:
    """When a measure was worse or better than: only then has a day been said."""
    move = move_of(measured)
    return move.since if move.is_reliable else None


def _is_told(measured: Measured, words: GistWords) -> bool:
    return has_number(measured) and stands_out(measured, words)


def _is_first(measures: Sequence[Measured]) -> bool:
    """Whether nothing was measured before, of any of the measures with a number."""
    numbers = [one for one in measures if has_number(one) and one.answered]
    return bool(numbers) and all(one.is_first for one in numbers)


def _leads(lead: Sequence[Measured], on: date, words: GistWords) -> list[str]:
    """Mood and worry, each in a sentence; in one where both say the same of themselves."""
    if len(lead) == 2 and len({_alike(one, on, words) for one in lead}) == 1:
        first, second = lead
        if _alike(first, on, words):
            names = _named([one.instrument.measures for one in (first, second)])
            said = words.together["lead"].format(
                measures=names, band=band_of(first), change=changed(first, on, words)
            )
            return [said]
    return [said_of(one, on, words) for one in lead]


def _alike(one: Measured, on: date, words: GistWords) -> tuple[str, str] | None:
    """Band and change of a complete result; None where it has more to say than these."""
    has_halves = any(part.part.reaches_cut for part in one.parts)
    if state_of(one) != "complete" or has_halves or not _is_sentence(one) or not band_of(one):
        return None
    return band_of(one), changed(one, on, words)


def _is_sentence(measured: Measured) -> bool:
    return IN_A_SENTENCE in measured.instrument.gist_pattern


@dataclass(frozen=True, slots=True)
class _Other:
    """One measure beside mood and worry: its sentence, and how it would join another's."""

    text: str
    name: str = ""
    move: Move | None = None


def _other(one: Measured, on: date, words: GistWords, said: Collection[str]) -> _Other:
    text, move = said_of(one, on, words, said=said), move_of(one)
    if move.is_reliable and _is_sentence(one):
        return _Other(text, one.instrument.measures, move)
    return _Other(text)


def _beside(one: Beside, on: date, words: GistWords, said: Collection[str]) -> _Other:
    move = Move(one.word, True, one.since)
    text = words.together["moved_one"].format(
        measure=one.name, change=one.word, than=move.than(words, on, said)
    )
    return _Other(text, one.name, move)


def _joined(
    others: Sequence[_Other], on: date, words: GistWords, said: Collection[str]
) -> list[str]:
    """Those that have moved the same way since the same time are told in one sentence."""
    found: list[str] = []
    told: set[Move] = set()
    for one in others:
        like = [other for other in others if other.move and other.move == one.move]
        if one.move is None or len(like) == 1:
            found.append(one.text)
        elif one.move not in told:
            told.add(one.move)
            names, than = _named([each.name for each in like]), one.move.than(words, on, said)
            moved = words.together["moved"]
            found.append(moved.format(measures=names, change=one.move.word, than=than))
    return found


def _named(names: Sequence[str]) -> str:
    """ "Pain and joint disease": only the first keeps its capital, unless it is an abbreviation."""
    first, *more = names
    rest = [n if n[1:] != n[1:].lower() else f"{n[:1].lower()}{n[1:]}" for n in more]
    *before, last = [first, *rest]
    return f"{', '.join(before)} and {last}" if before else last


def _answers(one: Measured, measures: Sequence[Measured], on: date, words: GistWords) -> str:
    """A measure without a total: its parts, or what its answers say in the words of its file."""
    if one.answered and (parts := by_parts(one, on, words)):
        return parts
    if not any(answer.value is not None for answer in one.answers):
        return words.measure["not_answered"].format(measure=one.instrument.measures)
    told = answers_said(one, measures, words)
    return f"{', '.join(told)}." if told else ""


def answers_said(one: Measured, measures: Sequence[Measured], words: GistWords) -> list[str]:
    """What the answers say in the words of their file: "Smokes 10 or fewer a day"."""
    said = [_answer(one, answer.item.id, answer.value, measures, words) for answer in one.answers]
    return [text for text in said if text]


def _answer(
    one: Measured, item: str, value: int | None, measures: Sequence[Measured], words: GistWords
) -> str:
    """What one answer says; another answer that says more takes its place."""
    for rule in words.instead:
        if (rule.instrument, rule.item, rule.value) == (one.instrument.id, item, value):
            more = _said_in(measures, rule.by_instrument, rule.by_item)
            if more:
                return rule.says.format(answer=more)
    option = one.instrument.by_id[item].option(value) if value is not None else None
    return option.said if option else ""


def _said_in(measures: Sequence[Measured], instrument: str, item: str) -> str:
    """The words of one answer of another measure of the visit."""
    for one in measures:
        for answer in one.answers if one.instrument.id == instrument else ():
            if answer.item.id == item and answer.value is not None:
                option = answer.item.option(answer.value)
                return option.said if option else ""
    return ""
