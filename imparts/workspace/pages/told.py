"""What letters tell of one visit, in words: who, when, scores with their scale, and what was done.

Of the record of an alert a letter takes what was chosen (who talked, what was done, safety plan,
follow-up) and not what was typed there: that was written for the record. The clinician adds it.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from imparts.design.dates import clock, day, record_day, short_day
from imparts.design.words import Phrase, plain_number
from imparts.integrated_care.referrals.queries import ReferralStory
from imparts.pathways.alert_words import asked_in_full
from imparts.pathways.queries import AlertStory
from imparts.pathways.said_and_done import what_was_done
from imparts.rules.instruments.published_codes import NO_BREAK, result_in_words
from imparts.rules.letters.definition import Person, Said, ScoreRow, person
from imparts.rules.letters.gp import Decided
from imparts.rules.letters.text import one_line, sentence
from imparts.rules.letters.visit import VisitTold
from imparts.rules.scoring.change import Change
from imparts.workspace.pages.numbers import Number, is_in_words, is_profile, numbers_of
from imparts.workspace.pages.plot import Plot
from imparts.workspace.queries.letters import ToTell
from imparts.workspace.sitting_facts import Point, Result, SittingFacts

if TYPE_CHECKING:
    from imparts.workspace.queries.physical import PhysicalRow

_WRITTEN = ("reason", "topics")
_HIGHER = {"higher_is_worse": "Higher = worse", "higher_is_better": "Higher = better"}


def told(
    visit: ToTell,
    *,
    gist: Sequence[Phrase],
    shown_as: str,
    called: Callable[[str], str],
    at: datetime,
    only: Collection[str] = (),
    plot: Plot | None = None,
) -> VisitTold:
    """One visit as a letter tells it; with `only`, no more than these instruments of it."""
    facts = visit.facts
    results = of_interest(facts.results, only)
    scores, note = _scores(results, () if only else facts.body, facts.day)
    return VisitTold(
        sender=facts.service,
        person=_person(facts),
        seen=_seen(facts),
        gist=tuple(Said(phrase.text, phrase.strong) for phrase in gist),
        scores=scores,
        scores_note=note,
        harm=tuple(
            _harm(story, called)
            for story in visit.alerts
            if not only or story.alert.instrument in only
        ),
        foot=_foot(facts, shown_as=shown_as, at=at),
        kept_at=facts.service,
        plot=json.dumps(asdict(plot), default=str) if plot else "",
    )


def of_interest(results: Sequence[Result], only: Collection[str]) -> list[Result]:
    """The results that a letter may tell, the lead ones first."""
    wanted = [one for one in results if not only or one.instrument.id in only]
    return sorted(wanted, key=lambda one: not one.instrument.leads_gist)


def decided(visit: ToTell) -> Decided:
    """What was decided: steps, referrals and treatments, each in a sentence."""
    done = [step for step in visit.steps if step.is_done]
    return Decided(
        because=tuple(dict.fromkeys(step.reason for step in done)),
        steps=tuple(
            f"{step.verb_first}: done." if step.is_done
            else f"{step.verb_first}: not now ({step.why[:1].lower()}{step.why[1:]})."
            for step in visit.steps
            if not step.is_referral
        ),
        referrals=tuple(words for one in visit.referrals if (words := _referral(one))),
        treatments=tuple(
            sentence(
                f"{one.what}, {'' if one.is_event else 'from '}{day(one.began_on)}"
                f"{f' to {day(one.ended_on)}' if one.ended_on else ''}"
            )
            for one in visit.treatments
        ),
    )  # fmt: skip


def _referral(one: ReferralStory) -> str:
    """What became of a referral; a draft is not a referral that was made."""
    to = one.draft.to.rstrip(".")
    if one.is_open:
        return f"{to}: referral drafted, not sent yet."
    if one.letter is None:
        return ""
    return f"{to}: marked as sent {one.last.get_how_display()}, {day(one.last.at)}."


def _person(facts: SittingFacts) -> Person:
    who = facts.banner
    numbers = tuple(
        f"{one.label} {one.value}{f' ({one.note})' if one.note else ''}" for one in who.numbers
    )
    born = f"{who.born} ({who.age})" + (f". {who.died}" if who.died else "")
    return person(
        id=str(facts.patient), family_name=who.family_name, given_name=who.given_name, born=born,
        numbers=numbers, is_test=who.is_test,
    )  # fmt: skip


def _seen(facts: SittingFacts) -> str:
    """When and where, and how the answers came about."""
    at = facts.appointment_at
    seen = f"Clinic visit {day(at)}, {clock(at)}. " if at else ""
    end = facts.submitted_at
    times = f"{day(end)}, {clock(end)}" if end else "not finished"
    return one_line(f"{seen}Answered {times}, {facts.where}, {facts.language}, {facts.who_helped}.")


def _scores(
    results: Sequence[Result], body: Sequence["PhysicalRow"], on: date
) -> tuple[tuple[ScoreRow, ...], str]:
    """A row for each number or word; which way is worse is said once where it is the same."""
    numbers = [(one, number) for one in results for number in numbers_of(one)]
    measured = [one for one in body if one.on == on]
    ways = {number.direction for _, number in numbers} | {one.direction for one in measured}
    is_one_way = len(ways) == 1
    rows = [_row(one, number, says_way=not is_one_way, on=on) for one, number in numbers]
    rows += [_of_body(one, says_way=not is_one_way, on=on) for one in measured]
    rows += [_in_words(one) for one in results if is_in_words(one) or is_profile(one)]
    note = _HIGHER.get(ways.pop(), "") if is_one_way else ""
    words = [f"{note}." if note else "", "“Worse” and “better”: beyond what is chance."]
    words += [f"{one.short}: {mark}." for one in measured for mark in one.marks]
    return tuple(rows), " ".join(word for word in words if word) if rows else ""


def _row(result: Result, number: Number, *, says_way: bool, on: date) -> ScoreRow:
    way = _HIGHER.get(number.direction, "") if says_way else ""
    short = number.short if number.short not in number.name else ""
    name = " ".join(part for part in (number.name, short) if part)
    is_total = not number.is_beside_total and result.instrument.scoring.gives_number
    return ScoreRow(
        name=one_line(f"{name} ({way.lower()})" if way else name),
        score=_score(number),
        in_words=_words(number),
        change=_change(number.moved, number.before, on, important=number.important),
        codes="; ".join(result_in_words(result.instrument)) if is_total else "",
        leads=result.instrument.leads_gist,
    )


def _score(number: Number) -> str:
    if number.score is None:
        return f"not scored ({number.how_many})" if number.answered else number.how_many
    of = f" of {plain_number(number.out_of)}" if number.out_of is not None else ""
    return f"{plain_number(number.score)}{of}"


def _words(number: Number) -> str:
    if number.status == "prorated" and number.could_be:
        return f"estimate, {number.could_be}"
    return number.in_words


def _change(moved: Change | None, before: Point | None, on: date, *, important: str = "") -> str:
    """ "worse by 8 (6 on 16 Jun)"; nothing where there is nothing to compare with."""
    if moved is None or before is None:
        return ""
    year = "" if before.on.year == on.year else f" {before.on.year}"
    when = f"{short_day(before.on)}{year}"
    then = f"({plain_number(before.score)} on {when})".replace(" ", NO_BREAK)
    return f"{important or moved.in_words} {then}"


def _of_body(one: "PhysicalRow", *, says_way: bool, on: date) -> ScoreRow:
    way = _HIGHER.get(one.direction, "") if says_way else ""
    name = f"{one.name} {one.short}"
    return ScoreRow(
        name=one_line(f"{name} ({way.lower()})" if way else name),
        score=f"{one.score} {one.out_of}".strip(), in_words=one.in_words,
        change=_change(one.moved, one.before, on), codes="", leads=False,
    )  # fmt: skip


def _in_words(result: Result) -> ScoreRow:
    said = [
        option.said
        for answer in result.answers
        if answer.value is not None and (option := answer.item.option(answer.value))
    ]
    words = ", ".join(word for word in said if word) or result.in_words
    return ScoreRow(
        name=result.instrument.measures, score="", in_words=words or "not answered", change="",
        codes="; ".join(result_in_words(result.instrument)), leads=False,
    )  # fmt: skip


def _harm(story: AlertStory, called: Callable[[str], str]) -> str:
    """The answer, and what was recorded as done; never more than was recorded."""
    answers = ", then ".join(answer.what for answer in story.answers)
    said = sentence(f"{asked_in_full(story).rstrip(':')}: {answers}")
    acted = story.acted
    if acted is None:
        return f"{said} What was done is not yet recorded here."
    chosen = {name: value for name, value in acted.details.items() if name not in _WRITTEN}
    done = what_was_done(chosen) or acted.what
    return f"{said} Recorded {day(acted.at)} by {called(acted.by).lower()}: {sentence(done)}"


def _foot(facts: SittingFacts, *, shown_as: str, at: datetime) -> str:
    checked = "; ".join(dict.fromkeys([facts.pack_checked_by, *facts.checked_by]))
    return one_line(
        f"Made {record_day(at)} {clock(at)} by {shown_as}. Screening result, not a diagnosis. "
        f"{facts.pack} and its questionnaires: {checked}."
    )
