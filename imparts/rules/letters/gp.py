"""The letter to the GP: what the GP is asked to do, then who, then what was found and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from imparts.rules.letters.asking import Asked, first_two_lines
from imparts.rules.letters.definition import GP, LetterFacts, section
from imparts.rules.letters.fitting import fitted
from imparts.rules.letters.text import one_line
from imparts.rules.letters.visit import VisitTold

NOT_KNOWN = "the patient's GP practice (not recorded here)"
HARM, DECIDED, REFERRALS = "Questions about harm", "Decided at this visit", "Referrals"
TREATMENTS, NOTE, AGREEMENT = "Treatment", "From the clinician", "Agreement"


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided after a visit, newest or most pressing first, each in a sentence."""

    because: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()


def gp_letter(
    visit: VisitTold,
    *,
    to: str,
    signed: str,
    made_at: datetime,
    asked: Asked,
    decided: Decided,
    note: str,
    agreement: str,
) -> LetterFacts:
    """One page; raises LetterRefused with a sentence."""
    first, second = first_two_lines(asked, decided.because)
    return fitted(
        LetterFacts(
            kind=GP, to=one_line(to) or NOT_KNOWN, sender=visit.sender, signed=one_line(signed),
            made_at=made_at, first=first, second=second, person=visit.person, seen=visit.seen,
            gist=visit.gist, scores=visit.scores, scores_note=visit.scores_note,
            sections=tuple(
                one for one in (
                    section(HARM, visit.harm),
                    section(NOTE, (note,)),
                    section(DECIDED, _known(decided.steps), may_shorten=True),
                    section(REFERRALS, _known(decided.referrals), may_shorten=True),
                    section(TREATMENTS, _known(decided.treatments), may_shorten=True),
                    section(AGREEMENT, (agreement,)),
                ) if one.lines
            ),
            left_out="", foot=visit.foot, plot=visit.plot,
        ),
        kept_at=visit.kept_at,
    )  # fmt: skip


def _known(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
