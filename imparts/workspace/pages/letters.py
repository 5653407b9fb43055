"""What the pages of letters may show: one letter as it was made, and a letter to the GP to be made.

A page never says that imparts has sent something: it says what a person said, with who and when.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from imparts.design.dates import clock, day
from imparts.design.words import capital
from imparts.pathways.said_and_done import what_was_done
from imparts.people.pages import Banner
from imparts.rules.letters.agreement import CHOICES
from imparts.rules.letters.asking import NONE, OTHER, may_be_asked
from imparts.rules.letters.definition import LetterFacts, ScoreRow
from imparts.rules.letters.gp import NOT_KNOWN
from imparts.workspace.queries.letters import ToTell

if TYPE_CHECKING:
    from imparts.integrated_care.referrals.models import Letter, ReferralEvent

HEADS = ("Measure", "Score", "In words", "Since last time", "Codes")
NOT_SENT = (
    "imparts has not sent it. Print it or save it as PDF, and send it the way your hospital does."
)
DELIVERS_NOTHING = "imparts itself has delivered nothing: this is what was said about it."
MADE_THEN = "The letter stays as it was made."


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter to be drawn: its facts, the heads of its table, and its plot."""

    facts: LetterFacts
    plot: Mapping[str, Any] | None
    heads: tuple[str, ...] = HEADS

    @classmethod
    def of(cls, facts: LetterFacts) -> "Paper":
        """The facts, ready for either drawing."""
        return cls(facts, json.loads(facts.plot) if facts.plot else None)

    def for_pdf(self, plot_svg: str) -> dict[str, Any]:
        """What letter.typ draws."""
        said = asdict(self.facts)
        plot = self.plot or {}
        said.pop("made_at")
        return said | {
            "title": self.facts.title,
            "heads": list(self.heads),
            "plot_svg": plot_svg,
            "plot_alt": f"{plot.get('title', '')}. {plot.get('described', '')}" if plot else "",
        }


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter that was made."""

    letter: UUID
    patient: UUID
    sitting: UUID | None
    banner: Banner
    paper: Paper
    how: str
    notices: tuple[str, ...]
    no_pdf: str = ""

    @property
    def title(self) -> str:
        """It names nobody."""
        return self.paper.facts.title

    @classmethod
    def of(
        cls,
        letter: "Letter",
        facts: LetterFacts,
        *,
        banner: Banner,
        patient: UUID,
        sent: "ReferralEvent | None",
        called: Callable[[str], str],
        no_pdf: str = "",
    ) -> "LetterPage":
        """One letter beside what the record says of the person now."""
        return cls(
            letter=letter.pk,
            patient=patient,
            sitting=letter.sitting,
            banner=banner,
            paper=Paper.of(facts),
            how=_how(letter, sent, called),
            notices=changed_since(facts, banner),
            no_pdf=no_pdf,
        )


def changed_since(facts: LetterFacts, now: Banner) -> tuple[str, ...]:
    """What the record says otherwise today, so that nobody takes an old name for another person."""
    then = facts.person
    said = []
    if (then.family_name, then.given_name) != (now.family_name, now.given_name):
        said.append(f"the name is now {now.family_name}, {now.given_name}")
    if not then.born.startswith(now.born):
        said.append(f"the birth date is now {now.born}")
    known = [f"{one.label} {one.value}" for one in now.numbers]
    if any(not any(old.startswith(number) for old in then.numbers) for number in known):
        said.append(f"the numbers are now {', '.join(known)}")
    if not said:
        return ()
    return (f"The record has changed since this letter was made: {'; '.join(said)}. {MADE_THEN}",)


def sent_in_words(sent: "ReferralEvent", called: Callable[[str], str]) -> str:
    """ "Marked as sent by post by Consultant, 17 November 2026, 10:16. imparts itself ..."."""
    when = f"{day(sent.at)}, {clock(sent.at)}"
    how = sent.get_how_display()
    return f"Marked as sent {how} by {called(sent.by)}, {when}. {DELIVERS_NOTHING}"


def _how(letter: "Letter", sent: "ReferralEvent | None", called: Callable[[str], str]) -> str:
    if sent is not None:
        return sent_in_words(sent, called)
    return f"Made by {called(letter.by)}, {day(letter.at)}, {clock(letter.at)}. {NOT_SENT}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What has been chosen and written on the page of a letter to the GP; nothing beforehand."""

    asked: tuple[str, ...] = ()
    other: str = ""
    by_when: str = ""
    note: str = ""
    agreement: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GpLetterPage:
    """A letter to the GP before it is made: what to choose, beside what it will say."""

    patient: UUID
    sitting: UUID
    banner: Banner
    to: str
    asks: tuple[Choice, ...]
    agreements: tuple[Choice, ...]
    typed: Typed
    told: tuple[str, ...]
    scores: tuple[ScoreRow, ...]
    record_says: tuple[str, ...]
    not_yet: str
    made: tuple[tuple[UUID, str], ...]
    paper: Paper | None
    problem: str
    title: str = "Letter to the GP"
    heads: tuple[str, ...] = HEADS[:4]

    @classmethod
    def of(
        cls,
        visit: ToTell,
        *,
        typed: Typed,
        told: Sequence[str],
        scores: Sequence[ScoreRow],
        made: Sequence["Letter"],
        called: Callable[[str], str],
        preview: LetterFacts | None = None,
        problem: str = "",
    ) -> "GpLetterPage":
        """The page as it stands after what was typed."""
        return cls(
            patient=visit.facts.patient,
            sitting=visit.facts.sitting,
            banner=visit.facts.banner,
            to=visit.gp or NOT_KNOWN,
            asks=_asks(visit, typed),
            agreements=tuple(
                Choice(code, words, code == typed.agreement) for code, words in CHOICES
            ),
            typed=typed,
            told=tuple(told),
            scores=tuple(scores),
            record_says=tuple(_record_says(visit)),
            not_yet=_not_yet(visit),
            made=tuple((one.pk, _made(one, called)) for one in made),
            paper=Paper.of(preview) if preview else None,
            problem=problem,
        )


def gp_was_named(visit: ToTell) -> bool:
    """Whether the record of an alert of this visit says that the GP is what was decided."""
    return any(one.acted and one.acted.details.get("action") == "gp" for one in visit.alerts)


def _asks(visit: ToTell, typed: Typed) -> tuple[Choice, ...]:
    offered = [(NONE, "None: for information")]
    offered += [
        (ask.code, capital(ask.words)) for ask in may_be_asked(gp_was_named=gp_was_named(visit))
    ]
    offered.append((OTHER, "Something else"))
    return tuple(Choice(code, words, code in typed.asked) for code, words in offered)


def _record_says(visit: ToTell) -> list[str]:
    """What was written about alerts, to read while writing; the letter takes none of it."""
    return [what_was_done(one.acted.details) for one in visit.alerts if one.acted]


def _not_yet(visit: ToTell) -> str:
    if all(one.acted for one in visit.alerts):
        return ""
    return (
        "An alert of this visit is still open. The letter will say that what was done is not yet "
        "recorded; record it first if you can."
    )


def _made(letter: "Letter", called: Callable[[str], str]) -> str:
    return f"{day(letter.at)}, {clock(letter.at)}, {called(letter.by)}"
