"""The letter to the GP: what the GP is asked to do, then who, then what was found and decided."""

from dataclasses import dataclass
from datetime import datetime

from imparts.rules.letters.asking import Asked, first_two_lines
from imparts.rules.letters.definition import GP, LetterFacts, section
from imparts.rules.letters.text import one_line
from imparts.rules.letters.visit import HARM, VisitTold, letter_about

NOT_KNOWN = "the patient's GP practice (not recorded here)"
DECIDED, REFERRALS = "Decided at this visit", "Referrals"
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
    sections = (
        section(HARM, visit.harm),
        section(NOTE, (note,)),
        section(DECIDED, decided.steps, may_shorten=True),
        section(REFERRALS, decided.referrals, may_shorten=True),
        section(TREATMENTS, decided.treatments, may_shorten=True),
        section(AGREEMENT, (agreement,)),
    )
    return letter_about(
        visit, kind=GP, to=one_line(to) or NOT_KNOWN, first=first, second=second,
        sections=sections, signed=signed, made_at=made_at,
    )  # fmt: skip
