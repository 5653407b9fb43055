"""The summary of one visit: the gist first, then safety, measures, next steps, and every answer.

It states what was answered and never an absence: "item 9: not at all" is an answer, not safety; a
number never stands without its scale, words and change (hazards H1, H2 and H6).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.design.dates import clock, day, record_day
from imparts.design.words import Phrase, capital
from imparts.pathways.queries import AlertStory
from imparts.people.pages import Banner
from imparts.rules.scoring.change import important_from
from imparts.rules.summary.reasons import Reasons
from imparts.workspace.pages.answers import (
    AnswerGroup,
    HowScored,
    answer_groups,
    how_scored,
    notices,
    number_of_answers,
)
from imparts.workspace.pages.diagnoses import DiagnosisWords, diagnosis_words
from imparts.workspace.pages.forms import FormResult, form_groups, form_notices, form_results
from imparts.workspace.pages.letter import letter
from imparts.workspace.pages.measures import Measures, measures
from imparts.workspace.pages.next_steps import NextSteps
from imparts.workspace.pages.numbers import numbers_of
from imparts.workspace.pages.safety_strip import Strip
from imparts.workspace.sitting_facts import SittingFacts


@dataclass(frozen=True, slots=True)
class Summary:
    """One visit on one page."""

    patient: UUID
    sitting: UUID
    banner: Banner
    answered: tuple[Phrase, ...]
    gist: tuple[Phrase, ...]
    strips: tuple[Strip, ...]
    measures: tuple[Measures, ...]
    caution: tuple[Phrase, ...]
    legend: str
    diagnoses: tuple[DiagnosisWords, ...]
    next: NextSteps
    letter: str
    all_answers: str
    groups: tuple[AnswerGroup, ...]
    forms: tuple[FormResult, ...]
    how: tuple[HowScored, ...]
    about: tuple[str, ...]
    notices: tuple[str, ...]
    printed: str
    trend: str
    """The measure whose trend is opened first; empty where nothing was scored."""
    title: str = "Summary of one visit"

    @property
    def is_sent(self) -> bool:
        """Whether the answers have been sent, so that there is something to take away."""
        return bool(self.letter)

    @classmethod
    def of(
        cls,
        facts: SittingFacts,
        *,
        gist: tuple[Phrase, ...],
        caution: tuple[Phrase, ...],
        alerts: Sequence[AlertStory],
        reader: str,
        shown_as: str,
        called: Callable[[str], str],
        before: Callable[[AlertStory], tuple[Phrase, ...]],
        reasons: Reasons,
        now: datetime,
    ) -> "Summary":
        """Put one sitting into words for one reader."""
        today = now.date()
        is_sent = facts.submitted_at is not None
        strips = _strips(alerts, reader, called, before)
        return cls(
            patient=facts.patient,
            sitting=facts.sitting,
            banner=facts.banner,
            answered=_answered(facts, today=today),
            gist=gist if is_sent else (Phrase("Not finished: there are no scores yet.", True),),
            strips=strips,
            measures=_measures(facts, today) if is_sent else (),
            caution=caution if is_sent else (),
            legend=_legend(facts) if is_sent else "",
            diagnoses=diagnosis_words(facts.diagnoses),
            next=_next_steps(facts, strips, reasons, today),
            letter=letter(facts) if is_sent else "",
            all_answers=number_of_answers(facts.results, facts.forms, is_sent=is_sent),
            groups=(*answer_groups(facts.results), *form_groups(facts.forms)),
            forms=form_results(facts.forms) if is_sent else (),
            how=how_scored(facts.results) if is_sent else (),
            about=_about(facts),
            notices=(*notices(facts.results), *form_notices(facts.forms)),
            printed=_printed(facts, now, by=shown_as),
            trend=_first_trend(facts) if is_sent else "",
        )


def _strips(
    alerts: Sequence[AlertStory],
    reader: str,
    called: Callable[[str], str],
    before: Callable[[AlertStory], tuple[Phrase, ...]],
) -> tuple[Strip, ...]:
    return tuple(
        Strip.of(story, reader=reader, called=called, before=before(story))
        for story in alerts
        if not story.is_closed
    )


def _next_steps(
    facts: SittingFacts, strips: Sequence[Strip], reasons: Reasons, today: date
) -> NextSteps:
    above = [strip.do.rstrip(".") for strip in strips]
    is_sent = facts.submitted_at is not None
    return NextSteps.of(facts.suggested, reasons=reasons, today=today, above=above, is_sent=is_sent)


def _printed(facts: SittingFacts, now: datetime, *, by: str) -> str:
    """The foot of the paper: when and by whom, what it is, and who has checked the files."""
    checked = "; ".join(dict.fromkeys([facts.pack_checked_by, *facts.checked_by]))
    return (
        f"Printed {record_day(now)} {clock(now)} by {by}. Screening result, not a diagnosis. "
        f"{facts.pack}: {checked}. {facts.service}."
    )


def _answered(facts: SittingFacts, *, today: date) -> tuple[Phrase, ...]:
    """One line: which visit, when, where, in what language, who helped, how many, in the record?"""
    visit = f"Clinic visit {clock(facts.appointment_at)}. " if facts.appointment_at else ""
    number = sum(a.is_answered for r in facts.results for a in r.answers)
    number += sum(form.answered for form in facts.forms)
    asked = sum(len(each.answers) for each in (*facts.results, *facts.forms))
    day_ = "today" if facts.day == today else day(facts.day)
    start, end = facts.started_at, facts.submitted_at
    if end is None:
        when = f"{day_} {clock(start)}" if start else "not yet"
        return (
            Phrase(f"{visit}Begun "),
            Phrase(when, True),
            Phrase(f". {number} answered so far."),
        )
    times = f"{clock(start)} to {clock(end)}" if start else clock(end)
    how = f", {facts.where}, {facts.language}, {facts.who_helped}."
    count = f" {number} of {asked} answered."
    return (
        Phrase(f"{visit}Answered "),
        Phrase(f"{day_} {times}", True),
        Phrase(f"{how}{count} "),
        *_in_record(facts),
    )


def _in_record(facts: SittingFacts) -> tuple[Phrase, ...]:
    if facts.in_record_at is None:
        return (Phrase("Not yet in the hospital record.", True),) if facts.is_owed else ()
    is_same_day = facts.in_record_at.date() == facts.day
    when = clock(facts.in_record_at) if is_same_day else day(facts.in_record_at)
    return (Phrase(f"In the hospital record {when}."),)


def _first_trend(facts: SittingFacts) -> str:
    """Mood before the others: what leads the gist leads the trends."""
    scored = [r.instrument for r in facts.results if r.score is not None]
    scored.sort(key=lambda instrument: not instrument.leads_gist)
    return scored[0].id if scored else ""


def _measures(facts: SittingFacts, today: date) -> tuple[Measures, ...]:
    return measures(
        facts.results, on=facts.day, today=today, body=facts.body, treatments=facts.treatments
    )


def _legend(facts: SittingFacts) -> str:
    agreed = any(result.baseline for result in facts.results)
    since = "the agreed baseline" if agreed else "last time"
    words = [f"Grey band: no more than chance since {since}.", "Line: usual cut."]
    if any(p.is_estimate for r in facts.results for p in r.history) or any(
        r.is_estimate for r in facts.results
    ):
        words.append("Open circle: estimate.")
    words.append("Break: not asked.")
    return " ".join([*words, *_important(facts), *_marks(facts)])


def _marks(facts: SittingFacts) -> list[str]:
    """What is known of measures of the body from general knowledge alone, said once."""
    found: dict[str, list[str]] = {}
    for one in facts.body:
        for mark in one.marks:
            found.setdefault(mark, []).append(one.short)
    return [f"{', '.join(names)}: {mark}." for mark, names in found.items()]


def _important(facts: SittingFacts) -> list[str]:
    """From where a change is called important, of the measures of which it was said."""
    said = [n for r in facts.results for n in numbers_of(r) if n.important]
    files = dict.fromkeys(number.instrument for number in said)
    return [f"{one.short_title}: {important_from(one)} matters to people." for one in files]


def _about(facts: SittingFacts) -> tuple[str, ...]:
    """How the answers came about, for the folded part and the printed page."""
    when = f"{day(facts.day)}, {facts.service}"
    return (
        f"Asked with the pack {facts.pack} ({facts.pack_checked_by}), {when}.",
        f"{capital(facts.where)}, {facts.language}, {facts.who_helped}.",
        *(f"Not asked: {why}" for why in facts.left_out),
        *(f"Questionnaire files: {who}." for who in facts.checked_by),
        *([facts.suggested.in_full] if facts.suggested.in_full else []),
        *(f"{step.verb_first}: {step.because}." for step in facts.suggested.steps),
    )
