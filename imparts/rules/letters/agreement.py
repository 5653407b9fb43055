"""Whether the patient agrees: asked of the clinician each time, with nothing chosen beforehand.

Nobody having asked is not agreement, and a letter against the patient's will needs a reason that
stands in the letter itself.
"""

from imparts.rules.letters.definition import LetterRefused
from imparts.rules.letters.text import one_line, sentence

AGREED, DID_NOT, NOT_ASKED = "agreed", "did_not", "not_asked"
CHOICES = (
    (AGREED, "The patient agrees"),
    (DID_NOT, "The patient does not agree"),
    (NOT_ASKED, "The patient was not asked"),
)
_SAID = {
    AGREED: "The patient agreed to {what}.",
    DID_NOT: "The patient did not agree to {what}. Reason for it all the same:",
    NOT_ASKED: "The patient was not asked about {what}. Reason for it all the same:",
}


def agreement_in_words(answer: str, why: str, *, what: str) -> str:
    """The line of the letter: "The patient agreed to this letter."; raises LetterRefused."""
    if answer not in _SAID:
        raise LetterRefused(f"Choose whether the patient agrees to {what}.")
    said = _SAID[answer].format(what=what)
    if answer == AGREED:
        return said
    if not one_line(why):
        raise LetterRefused(
            f"Without the patient's agreement, {what} needs a reason. Write it, or do not make it."
        )
    return f"{said} {sentence(why)}"
