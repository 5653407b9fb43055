"""What both letters tell of one visit, put into words by whoever knows the visit."""

from dataclasses import dataclass
from datetime import datetime

from imparts.rules.letters.definition import LetterFacts, Person, Said, ScoreRow, Section
from imparts.rules.letters.fitting import fitted
from imparts.rules.letters.text import one_line

HARM = "Questions about harm"


@dataclass(frozen=True, slots=True)
class VisitTold:
    """One visit as letters tell it."""

    sender: str
    """The service and where it is."""
    person: Person
    seen: str
    gist: tuple[Said, ...]
    scores: tuple[ScoreRow, ...]
    scores_note: str
    harm: tuple[str, ...]
    """Questions about harm: as answered, and what was recorded as done; empty where none asked."""
    foot: str
    kept_at: str
    plot: str = ""


def letter_about(
    visit: VisitTold,
    *,
    kind: str,
    to: str,
    first: str,
    second: str,
    sections: tuple[Section, ...],
    signed: str,
    made_at: datetime,
) -> LetterFacts:
    """A letter of one page, without sections that say nothing; raises LetterRefused."""
    facts = LetterFacts(
        kind=kind, to=to, sender=visit.sender, signed=one_line(signed), made_at=made_at,
        first=first, second=second, person=visit.person, seen=visit.seen, gist=visit.gist,
        scores=visit.scores, scores_note=visit.scores_note,
        sections=tuple(one for one in sections if one.lines),
        left_out="", foot=visit.foot, plot=visit.plot,
    )  # fmt: skip
    return fitted(facts, kept_at=visit.kept_at)
