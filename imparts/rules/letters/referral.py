"""The referral letter: who is asked for what and how soon, and the words that it begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.rules.letters.agreement import AGREED, DID_NOT, agreement_in_words
from imparts.rules.letters.definition import REFERRAL, LetterFacts, LetterRefused, section
from imparts.rules.letters.text import one_line, sentence
from imparts.rules.letters.visit import HARM, VisitTold, letter_about

WHY = "Why, and what is asked"
THIS = "this referral"
LONGEST, LONGEST_TO, LONGEST_ALTHOUGH = 1500, 200, 300
_WITHIN = {"today": "today", "same visit": "at the same visit"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a clinician has written of a referral so far."""

    to: str
    words: str
    is_agreed: bool | None = None
    """None where nobody has said."""
    although: str = ""
    """Why it is sent all the same, where the patient did not agree."""


def prefilled(step: Mapping[str, Any], *, to: str, told: str = "", asks_for: str = "") -> Draft:
    """A draft from the step that was accepted: what is asked, why, what the patient was told.

    `asks_for` is what is asked where the step offers several things and one was chosen.
    """
    asked = (
        f"Please see this patient for: {_without_stop(asks_for or str(step.get('offer') or to))}"
    )
    lines = [sentence(f"{asked}, {within_in_words(str(step.get('within', '')))}".rstrip(", "))]
    lines.append(sentence(str(step.get("reason", ""))))
    lines.append(f"The patient was told: \u201c{sentence(told)}\u201d" if told else "")
    return Draft(to=to[:LONGEST_TO], words="\n".join(line for line in lines if line)[:LONGEST])


def within_in_words(within: str) -> str:
    """ "within 2 weeks", "today"; nothing where the step names no time."""
    said = one_line(within)
    return _WITHIN.get(said, f"within {said}") if said else ""


def refuse_draft(draft: Draft) -> None:
    """Raise LetterRefused where a draft cannot be kept, with how to mend it."""
    if not one_line(draft.to):
        raise LetterRefused("Write who the referral goes to.")
    if not one_line(draft.words):
        raise LetterRefused("Write why the patient is referred, and what is asked.")
    limits = (
        ("The addressee", draft.to, LONGEST_TO),
        ("The text", draft.words, LONGEST),
        ("The reason", draft.although, LONGEST_ALTHOUGH),
    )
    for what, text, longest in limits:
        if len(text) > longest:
            raise LetterRefused(f"{what} is too long: {len(text)} characters, at most {longest}.")


def referral_letter(
    visit: VisitTold, *, draft: Draft, within: str, signed: str, made_at: datetime
) -> LetterFacts:
    """One page; raises LetterRefused, also where nobody has said whether the patient agrees."""
    refuse_draft(draft)
    if draft.is_agreed is None:
        raise LetterRefused("Say whether the patient agrees to this referral.")
    agreed = AGREED if draft.is_agreed else DID_NOT
    agreement = agreement_in_words(agreed, draft.although, what=THIS)
    when = within_in_words(within)
    first = sentence(f"Referral to {_without_stop(draft.to)}{f', {when}' if when else ''}")
    return letter_about(
        visit, kind=REFERRAL, to=one_line(draft.to), first=first, second=agreement,
        sections=(section(WHY, (draft.words,)), section(HARM, visit.harm)),
        signed=signed, made_at=made_at,
    )  # fmt: skip


def _without_stop(text: str) -> str:
    return one_line(text).rstrip(".")
