"""What a GP is asked to do: the answers that may be ticked, and the first two lines of the letter.

"None" is an answer like the others and is chosen, never assumed. The wordings follow the clinical
reference, sections 3.1 and 3.2 (a review of medicines, a follow-up by the GP); they are a local
choice and not yet checked by a clinician.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from imparts.rules.letters.definition import LetterRefused
from imparts.rules.letters.text import one_line, sentence

NONE, OTHER = "none", "other"
FOR_INFORMATION = "For your information. What was decided here stands below."


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a GP may be asked to do, as it stands after "Action for GP: please "."""

    code: str
    words: str


ALWAYS = (
    Ask("see", "see the patient about these results"),
    Ask("medicines", "review the patient's medicines"),
)
AFTER_TALK = Ask("after_talk", "follow up our talk about item 9 with the patient")
NAMED = {ask.code: ask.words for ask in (*ALWAYS, AFTER_TALK)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clinician ticked and wrote."""

    codes: tuple[str, ...]
    other: str = ""
    by_when: str = ""


def may_be_asked(*, gp_was_named: bool) -> tuple[Ask, ...]:
    """What can be ticked; a follow-up of the talk only where the alert's record names the GP."""
    return (*ALWAYS, AFTER_TALK) if gp_was_named else ALWAYS


def first_two_lines(asked: Asked, because: Sequence[str]) -> tuple[str, str]:
    """The two lines that a GP reads first; raises LetterRefused with a sentence."""
    _refuse(asked.codes, asked.other)
    if NONE in asked.codes:
        return "Action for GP: none.", FOR_INFORMATION
    wanted = [NAMED[code] for code in asked.codes if code in NAMED]
    if OTHER in asked.codes:
        wanted.append(one_line(asked.other).rstrip("."))
    when = f"{sentence(asked.by_when)} " if one_line(asked.by_when) else ""
    first = f"Action for GP: please {_joined(wanted)}."
    return first, f"{when}{' '.join(sentence(one) for one in because[:2])}".strip()


def _refuse(codes: Collection[str], other: str) -> None:
    if not codes:
        raise LetterRefused("Choose what the GP is asked to do, or “none”.")
    unknown = set(codes) - {NONE, OTHER, *NAMED}
    if unknown:
        raise LetterRefused("Choose among the actions shown.")
    if NONE in codes and len(set(codes)) > 1:
        raise LetterRefused("You chose “none” and an action. Take one of them away.")
    if OTHER in codes and not one_line(other):
        raise LetterRefused("Write what else the GP is asked to do, or take “something else” away.")


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{'; '.join(words[:-1])}; and {words[-1]}"
